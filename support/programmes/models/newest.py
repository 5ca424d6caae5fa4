"""The newest programmes of somebody, without a look at the thousands behind them."""

from __future__ import annotations

from datetime import date

from django.db.models import Subquery

from partnership.people.models import Person
from support.programmes.models.programmes import (
    Programme,
    ProgrammeQuerySet,
    programmes_by_side,
)
from support.programmes.models.sides import sides_of


def newest_seen_by(person: Person, *, on: date, most: int) -> ProgrammeQuerySet:
    """So many at least of the newest that still stand and in which she has a part.

    Of the alliance that she directs, nearly always one, no more than that are looked at.
    """
    if not person.is_active:
        return Programme.objects.none()
    _alliance, posts, _its = sides_of(person, on=on)["post"]
    first = Subquery(posts.order_by("alliance").values("alliance")[:1])
    of_one = Programme.objects.filter(alliance=first).standing().order_by("-asked_at", "-pk")
    newest = Programme.objects.filter(pk__in=of_one.values("pk")[:most])
    others = posts.exclude(alliance=first).values("alliance")
    ways = programmes_by_side(person, on=on) | {
        "post": newest.order_by().values("pk"),
        "other posts": Programme.objects.filter(alliance__in=others).order_by().values("pk"),
    }
    way, *rest = ways.values()
    return Programme.objects.filter(pk__in=way.union(*rest, all=True)).standing()
