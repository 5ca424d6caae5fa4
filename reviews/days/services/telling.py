"""Who is told of a review, and what the audit keeps of it: never a word of what is written there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from alliances.schools.models import Delegation, SchoolPost
from partnership.audit.services import record
from partnership.notices.services import tell
from partnership.people.models import Person
from reviews.cycles.models import DayPlace
from reviews.cycles.services.telling import heads_of
from reviews.days.models import Review, ReviewPerson


def host_people(review: Review, *, on: date) -> set[int]:
    """The host’s head, and who acts for her in reviews."""
    acting = Delegation.objects.on(on).filter(school=review.school_id, kind=Delegation.Kind.REVIEWS)
    return heads_of([review.school_id], on=on) | set(acting.values_list("deputy", flat=True))


def team_people(review: Review, *, only_lead: bool = False) -> set[int]:
    """Who has accepted a place in the team, or its lead."""
    places = DayPlace.objects.filter(
        day=review.day_id, ended_at=None, answer=DayPlace.Answer.ACCEPTED
    )
    if only_lead:
        places = places.filter(is_lead=True)
    return set(places.values_list("person", flat=True))


def everybody_of(review: Review, *, on: date) -> set[int]:
    """The host’s side with whom its head named, and the team, in one query."""
    heads = SchoolPost.objects.on(on).of_heads().filter(school=review.school_id)
    acting = Delegation.objects.on(on).filter(school=review.school_id, kind=Delegation.Kind.REVIEWS)
    named = ReviewPerson.objects.on(on).filter(review=review)
    places = DayPlace.objects.filter(
        day=review.day_id, ended_at=None, answer=DayPlace.Answer.ACCEPTED
    )
    first, *rest = (
        rows.order_by().values_list(column)
        for rows, column in (
            (heads, "person"),
            (acting, "deputy"),
            (named, "person"),
            (places, "person"),
        )
    )
    return {key for (key,) in first.union(*rest)}


def tell_of(
    review: Review, people: Iterable[int], *, kind: str, what: str, by: Person | None, now: datetime
) -> None:
    """Write to these people but for whoever did it; `what` makes the notice one of its kind."""
    tell(
        recipients=set(people) - ({by.pk} if by is not None else set()),
        kind=kind,
        key=f"{kind}:{review.pk}:{what}",
        thing_id=review.pk,
        alliance_id=review.cycle.alliance_id,
        now=now,
    )


def record_of(
    action: str,
    review: Review,
    *,
    by: Person | None,
    now: datetime,
    fields: Iterable[str] = (),
    values: dict[str, Any] | None = None,
) -> None:
    """Keep that something happened; `values` hold dates and counts, never what was written."""
    record(
        action,
        review,
        by=by,
        at=now,
        title="A review",
        fields=list(fields),
        values=values or {},
        alliance_id=review.cycle.alliance_id,
    )
