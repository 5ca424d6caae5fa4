"""Figures of groups of pupils: which may be told to whom, and how they stand against a plan."""

from support.progress.measuring.figures import FEWEST, Figure
from support.progress.measuring.hiding import hidden_figures
from support.progress.measuring.planning import evenly

__all__ = ["FEWEST", "Figure", "evenly", "hidden_figures"]
