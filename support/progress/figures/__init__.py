"""Figures of a programme, and of all programmes of an alliance, as far as a reader is told them."""

from support.progress.figures.measures import Board, Followed, Told, board_of
from support.progress.figures.pictures import Picture, picture_of, spark_line

__all__ = ["Board", "Followed", "Picture", "Told", "board_of", "picture_of", "spark_line"]
