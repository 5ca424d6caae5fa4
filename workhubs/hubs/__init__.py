"""Workhubs: schools working on one priority, year by year."""
