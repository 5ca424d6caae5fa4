"""What is prepared for a review: documents, who has declared and read, who helps the host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from partnership.toolkit.statements import answer
from reviews.cycles.models import DayPlace
from reviews.days.models import Review, ReviewFile, ReviewPerson, TeamStep
from reviews.days.permissions import ReviewRights


@dataclass(frozen=True)
class TeamLine:
    """A reviewer's own steps; a connection is read by the host, the lead and herself."""

    person: str
    school: str
    is_lead: bool
    is_hers: bool
    declared_at: datetime | None
    connection: str
    read_at: datetime | None
    is_up_to_date: bool


def _files(*, review: int) -> QuerySet[ReviewFile]:
    return ReviewFile.objects.filter(review=review).order_by("added_at", "pk")


def _named(*, review: int) -> QuerySet[ReviewPerson]:
    named = ReviewPerson.objects.filter(review=review, ended_at=None).select_related("person")
    return named.order_by("person__search_name", "pk")


def _team(*, day: int) -> QuerySet[Any]:
    places = DayPlace.objects.filter(
        day=day, ended_at=None, answer=DayPlace.Answer.ACCEPTED
    ).select_related("person", "reviewer__reviewer__school")
    steps = TeamStep.objects.filter(review__day=OuterRef("day"), person=OuterRef("person"))
    read = TeamStep.objects.having_read().filter(
        review__day=OuterRef("day"), person=OuterRef("person")
    )
    return places.annotate(
        declared_at=Subquery(steps.values("declared_at")[:1]),
        connection=Subquery(steps.values("connection")[:1]),
        read_at=Subquery(steps.values("read_at")[:1]),
        up_to_date_at=Subquery(read.values("read_at")[:1]),
    ).order_by("-is_lead", "person__search_name", "pk")


def files_of(review: Review) -> list[ReviewFile]:
    """The documents, as they were added."""
    return answer(_files, review=review.pk)


def named_for(review: Review) -> list[ReviewPerson]:
    """Who helps the host's head."""
    return answer(_named, review=review.pk)


def team_lines(rights: ReviewRights) -> list[TeamLine]:
    """Who goes, the lead first, and what each has said."""
    sees_all = rights.is_host_side or rights.is_lead
    return [
        _line(place, rights.person.pk, sees_all=sees_all)
        for place in answer(_team, day=rights.review.day_id)
    ]


def _line(place: Any, reader: int, *, sees_all: bool) -> TeamLine:
    is_hers = place.person_id == reader
    return TeamLine(
        person=str(place.person),
        school=str(place.reviewer.reviewer.school or ""),
        is_lead=place.is_lead,
        is_hers=is_hers,
        declared_at=place.declared_at,
        connection=place.connection or "" if sees_all or is_hers else "",
        read_at=place.read_at,
        is_up_to_date=place.up_to_date_at is not None,
    )


def is_after_the_day(review: Review) -> bool:
    """Whether the planning meeting lies after the review has begun, as it may when a day is moved."""
    planned, begins = review.planning_ends_at, review.dated_for
    return planned is not None and begins is not None and planned > begins
