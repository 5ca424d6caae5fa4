"""The demo's review days: a trust's last year and this one, and a draft in which one school has no day."""

from __future__ import annotations

from django.db import transaction

from partnership.toolkit.registers import DemoClock
from reviews.cycles.demo.telling import CycleTeller
from reviews.cycles.models import Cycle, ReviewDay


@transaction.atomic
def load(clock: DemoClock) -> None:
    """Seven schools that visit one another, and eleven invented ones that plan to."""
    CycleTeller(clock, "four-oaks-learning-trust").tell_two_years()
    CycleTeller(clock, "example-schools-partnership").tell_a_draft()
    days = ReviewDay.objects.count()
    clock.say(f"{Cycle.objects.count()} cycles of review days with {days} days, and a draft")
