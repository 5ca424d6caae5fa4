"""Figures of a programme, and of all programmes of an alliance, as far as a reader is told them."""

from support.progress.figures.alliance_money import KindMoney, money_of_alliance
from support.progress.figures.measures import board_of
from support.progress.figures.money import Money, StrandMoney, money_of
from support.progress.figures.pictures import (
    Headline,
    Picture,
    change_of,
    headline_of,
    picture_of,
    spark_line,
)
from support.progress.figures.shapes import Board, Followed, Told

__all__ = [
    "Board",
    "Followed",
    "Headline",
    "KindMoney",
    "Money",
    "Picture",
    "StrandMoney",
    "Told",
    "board_of",
    "change_of",
    "headline_of",
    "money_of",
    "money_of_alliance",
    "picture_of",
    "spark_line",
]
