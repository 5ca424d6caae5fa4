"""Rows of the room's lists, with what each says of itself."""
