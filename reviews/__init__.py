"""Review days: cycles and days come with later issues."""
