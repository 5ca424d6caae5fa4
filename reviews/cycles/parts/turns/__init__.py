"""What may wait on somebody in a cycle, by who keeps it."""
