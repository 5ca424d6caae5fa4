"""People: who signs in, and how."""
