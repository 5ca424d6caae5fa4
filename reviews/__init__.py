"""Review days: their cycles and rota; the days themselves come with later issues."""
