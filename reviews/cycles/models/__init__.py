"""Frameworks, reviewers, cycles, drafts of rotas, and review days."""

from reviews.cycles.models.cycles import Cycle, CycleQuerySet, cycles_by_way
from reviews.cycles.models.days import DayPlace, ReviewDay, RotaChange
from reviews.cycles.models.drafts import RotaDraft
from reviews.cycles.models.frameworks import Framework, Judgement, Theme
from reviews.cycles.models.reviewers import BlockedDay, CannotReview, Reviewer, Training
from reviews.cycles.models.taking_part import (
    CycleHost,
    CyclePerson,
    CycleReviewer,
    PairRule,
)

__all__ = [
    "BlockedDay",
    "CannotReview",
    "Cycle",
    "CycleHost",
    "CyclePerson",
    "CycleQuerySet",
    "CycleReviewer",
    "DayPlace",
    "Framework",
    "Judgement",
    "PairRule",
    "ReviewDay",
    "Reviewer",
    "RotaChange",
    "RotaDraft",
    "Theme",
    "Training",
    "cycles_by_way",
]
