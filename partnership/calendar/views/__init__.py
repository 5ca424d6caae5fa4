"""Pages of academic years."""
