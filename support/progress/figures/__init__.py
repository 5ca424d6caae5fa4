"""Figures of a programme, and of all programmes of an alliance, as far as a reader is told them."""

from support.progress.figures.measures import Board, Followed, Told, board_of

__all__ = ["Board", "Followed", "Told", "board_of"]
