"""What people fill in about schools."""
