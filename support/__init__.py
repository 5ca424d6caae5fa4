"""School-to-school support: the directory and programmes come with later issues."""
