"""Workhubs: groups of schools on one priority; training and the library come with later issues."""
