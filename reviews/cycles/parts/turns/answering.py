"""Once the rota is published, whoever is asked answers; organisers fill the places of who can't go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.spoken_dates import spoken_day
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, CycleHost, DayPlace, ReviewDay, RotaChange, RotaDraft
from reviews.cycles.parts.turns.turn import Turn
from reviews.cycles.permissions import CycleRights

Answer = DayPlace.Answer
NO_DAY = "A school has no day yet. Draw up another draft, or take the school out of the cycle."
PLANNED_AGAIN = "The rota is planned again. Look at who is affected, then publish it."


def answer_and_fill(rights: CycleRights, now: datetime) -> Turn | None:
    """Her own answer first, then a rota that is planned again, then places of who can’t go."""
    cycle = rights.cycle
    if cycle.state != Cycle.State.PUBLISHED or not (rights.is_reviewer or rights.is_organiser):
        return None
    told = {"cycle": cycle.pk, "person": rights.person, "now": now}
    (waits,) = answer(_what_waits, **told)
    own_day, on, answer_by, open_day, fill_by, replan, has_no_day = waits
    if own_day is not None:
        said = f"You are asked to review on {spoken_day(on)}. Say whether you can."
        url = address("cycles:day_detail", own_day)
        return Turn(said, "Accept or decline", url, answer_by < now)
    if replan is not None and rights.may_organise:
        url = address("cycles:draft_detail", cycle.pk, replan)
        return Turn(PLANNED_AGAIN, f"Look at draft {replan}", url)
    if open_day is not None and rights.may_organise:
        said = "Somebody can’t go on a review day. Ask somebody else."
        url = address("cycles:day_team", open_day)
        return Turn(said, "Look at who could", url, fill_by is not None and fill_by < now)
    if has_no_day and rights.may_organise:
        return Turn(NO_DAY, "Draw up a rota", address("cycles:draft_new", cycle.pk))
    return None


def _what_waits(*, cycle: int, person: Person, now: datetime) -> QuerySet[Cycle, Any]:
    places = DayPlace.objects.filter(
        day__cycle=OuterRef("pk"),
        day__state=ReviewDay.State.PLANNED,
        day__ends_at__gt=now,
        ended_at=None,
    ).order_by("day__day", "pk")
    own = places.filter(person=person, answer=Answer.NONE)
    declined = places.filter(answer=Answer.DECLINED)
    since = RotaChange.objects.filter(cycle=OuterRef("cycle"), made_at__gt=OuterRef("began_at"))
    drafts = RotaDraft.objects.filter(
        ~Exists(since), cycle=OuterRef("pk"), state=RotaDraft.State.FOUND, is_replan=True
    ).order_by("-number")
    hosts = CycleHost.objects.filter(cycle=OuterRef("pk"), left_at=None)
    days = ReviewDay.objects.standing().filter(host=OuterRef("pk"))
    return Cycle.objects.filter(pk=cycle).values_list(
        Subquery(own.values("day")[:1]),
        Subquery(own.values("day__day")[:1]),
        Subquery(own.values("answer_by")[:1]),
        Subquery(declined.values("day")[:1]),
        Subquery(declined.values("fill_by")[:1]),
        Subquery(drafts.values("number")[:1]),
        Exists(hosts.filter(~Exists(days))),
    )
