"""What stands on the pages of a review."""
