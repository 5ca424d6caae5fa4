"""Academic years, school days and the diary."""
