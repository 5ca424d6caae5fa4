"""Schools, the alliances they form, and how those meet."""
