"""Cycles of review days: who visits whom, on which day."""
