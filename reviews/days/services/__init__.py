"""What people do with a review."""
