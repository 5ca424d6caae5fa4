"""Alliances, the schools that belong to them, and the posts in them."""
