"""Bodies and their meetings: agenda, papers, replies."""
