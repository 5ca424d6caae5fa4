"""On which days somebody may be sent, and whether she may lead on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reviews.cycles.models import Training


@dataclass(frozen=True)
class Trained:
    """The days on which somebody's training holds; where she leads, those on which she may lead."""

    days: frozenset[date]
    is_lead: bool
    is_cut_short: bool


def trained_on(trainings: Iterable[Training], days: Iterable[date]) -> Trained:
    """Who may lead on at least half of the days on which she may be sent is sent on these alone."""
    every, kept = frozenset(days), list(trainings)
    review = frozenset(day for day in every for each in kept if _holds(each, day))
    leading = [each for each in kept if each.kind == Training.Kind.LEAD]
    lead = frozenset(day for day in every for each in leading if _holds(each, day))
    is_lead = bool(lead) and 2 * len(lead) >= len(review)
    sent = lead if is_lead else review
    return Trained(sent, is_lead, is_cut_short=bool(sent) and sent != every)


def _holds(training: Training, day: date) -> bool:
    ends = training.expires_on
    return training.trained_on <= day and (ends is None or ends >= day)
