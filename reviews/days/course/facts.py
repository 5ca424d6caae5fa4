"""All that the stages of reviews follow from, in one SELECT however many reviews there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from partnership.toolkit.statements import answer
from reviews.cycles.models import DayPlace, ReviewDay
from reviews.days.models import Review, TeamStep, TimetableEntry

Kind = TimetableEntry.Kind


class ReviewFacts(NamedTuple):
    """One review's rows, counted."""

    pk: int
    host: int
    day: int | None
    state: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    shared_at: datetime | None
    focus_at: datetime | None
    files_at: datetime | None
    planning_at: datetime | None
    timetable_at: datetime | None
    contact_at: datetime | None
    moderated_at: datetime | None
    released_at: datetime | None
    evaluation_by: datetime | None
    focus_by: datetime | None
    files_by: datetime | None
    planning_by: datetime | None
    timetable_by: datetime | None
    contact_by: datetime | None
    declare_by: datetime | None
    read_by: datetime | None
    views_by: datetime | None
    moderate_by: datetime | None
    report_by: datetime | None
    sent_at: datetime | None
    check_by: datetime | None
    checked_at: datetime | None
    answer_by: datetime | None
    answered_at: datetime | None
    release_by: datetime | None
    workshop_by: datetime | None
    workshop_at: datetime | None
    workshop_held_at: datetime | None
    check_back_by: datetime | None
    checked_back_at: datetime | None
    asked: int
    going: int
    declared: int
    has_read: int
    viewed: int
    parts: int = 0
    without_partner: int = 0

    @property
    def is_held(self) -> bool:
        """Whether somebody has said so."""
        return self.state == ReviewDay.State.HELD

    @property
    def all_views_are_in(self) -> bool:
        """Whether everybody who went has said what she thinks, or isn't waited for."""
        return self.going > 0 and self.viewed >= self.going

    @property
    def waits_for_answers(self) -> bool:
        """Whether a comment of the host's is open."""
        return self.answer_by is not None and self.answered_at is None and not self.released_at


@dataclass(frozen=True)
class _Counted:
    """How many rows of a kind stand beside a review."""

    rows: QuerySet[Any, Any]
    by: str = "review"
    outer: str = "pk"

    def as_column(self) -> Coalesce:
        """As a column of the review's row."""
        counted = self.rows.filter(**{self.by: OuterRef(self.outer)}).order_by().values(self.by)
        number = counted.annotate(number=Count("pk")).values("number")
        return Coalesce(Subquery(number), 0, output_field=IntegerField())


def _asked() -> QuerySet[DayPlace]:
    """Who goes, and who hasn’t answered yet."""
    return DayPlace.objects.filter(ended_at=None).exclude(answer=DayPlace.Answer.DECLINED)


def _going() -> QuerySet[DayPlace]:
    return DayPlace.objects.filter(ended_at=None, answer=DayPlace.Answer.ACCEPTED)


def _steps(steps: QuerySet[TeamStep]) -> QuerySet[TeamStep]:
    """Of those who go now; whoever left the team isn't counted."""
    places = _going().filter(day=OuterRef("review__day"), person=OuterRef("person"))
    return steps.filter(person__in=places.values("person"))


def counted(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Reviews with what their facts need beside their own columns, each as `fact_` and its name."""
    return _with(_beside() | _of_timetable(), reviews)


def _with(columns: dict[str, Any], reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.annotate(**{f"fact_{name}": value for name, value in columns.items()})


def _of_timetable() -> dict[str, Any]:
    lonely = TimetableEntry.objects.filter(partner="").exclude(
        kind__in=TimetableEntry.WITHOUT_PARTNER
    )
    return {
        "parts": _Counted(TimetableEntry.objects.all()).as_column(),
        "without_partner": _Counted(lonely).as_column(),
    }


def _beside() -> dict[str, Any]:
    """What stages and turns follow from, beside the review's own columns."""
    return {
        "state": F("day__state"),
        "starts_at": F("day__starts_at"),
        "ends_at": F("day__ends_at"),
        "sent_at": F("report__sent_at"),
        "check_by": F("report__check_by"),
        "checked_at": F("report__checked_at"),
        "answer_by": F("report__answer_by"),
        "answered_at": F("report__answered_at"),
        "release_by": F("report__release_by"),
        "workshop_by": F("workshop__hold_by"),
        "workshop_at": F("workshop__starts_at"),
        "workshop_held_at": F("workshop__held_at"),
        "check_back_by": F("check_back__due_at"),
        "checked_back_at": F("check_back__given_at"),
        "asked": _Counted(_asked(), by="day", outer="day").as_column(),
        "going": _Counted(_going(), by="day", outer="day").as_column(),
        "declared": _Counted(
            _steps(TeamStep.objects.filter(declared_at__isnull=False))
        ).as_column(),
        "has_read": _Counted(_steps(TeamStep.objects.having_read())).as_column(),
        "viewed": _Counted(
            _steps(TeamStep.objects.filter(Q(views_at__isnull=False) | Q(excused_at__isnull=False)))
        ).as_column(),
    }


def facts_in(review: Review) -> ReviewFacts:
    """Of a review that was read with `counted`."""
    found = vars(review)
    return ReviewFacts(
        *(
            found[f"fact_{name}"] if f"fact_{name}" in found else found[OWN.get(name, name)]
            for name in ReviewFacts._fields
        )
    )


OWN = {"pk": "id", "host": "host_id", "day": "day_id"}
FOR_STAGES = tuple(name for name in ReviewFacts._fields if name not in ReviewFacts._field_defaults)


def _one(*, review: int) -> QuerySet[Review]:
    return counted(Review.objects.filter(pk=review))


def _of_cycle(*, cycle: int) -> QuerySet[Review, Any]:
    return _columns(Review.objects.filter(cycle=cycle))


def _of_some(*, cycle: int, first: date, last: date, now: datetime) -> QuerySet[Review, Any]:
    is_asked = Q(day__day__gte=first, day__day__lte=last)
    return _columns(Review.objects.filter(is_asked | may_be_late(now), cycle=cycle))


def _columns(reviews: QuerySet[Review]) -> QuerySet[Review, Any]:
    own = {column.attname for column in Review._meta.concrete_fields}
    named = ((name, OWN.get(name, name)) for name in FOR_STAGES)
    columns = (column if column in own else f"fact_{name}" for name, column in named)
    return _with(_beside(), reviews.order_by()).values_list(*columns)


def may_be_late(now: datetime) -> Q:
    """Reviews of which something was due by now and isn't over; all that are late are among them.

    Before the report is released everything is due from the day of the first thing on.
    """
    is_released = Q(released_at__isnull=False)
    workshop = Q(workshop__hold_by__lte=now, workshop__held_at=None)
    check_back = Q(check_back__due_at__lte=now, check_back__given_at=None)
    return (~is_released & Q(evaluation_by__lte=now)) | workshop | check_back


def facts_of(review: Review) -> ReviewFacts:
    """Of one review, read anew."""
    return facts_in(answer(_one, review=review.pk)[0])


def facts_of_cycle(
    cycle_id: int, now: datetime, span: tuple[date, date] | None = None
) -> dict[int, ReviewFacts]:
    """Of the hosts of a cycle, by the key of the host; the parts of their timetables aren't counted.

    With a span of days: those of that span, and all that may be late.
    """
    told: dict[str, Any] = {"cycle": cycle_id}
    if span is None:
        rows = answer(_of_cycle, **told)
    else:
        rows = answer(_of_some, **told, first=span[0], last=span[1], now=now)
    return {facts.host: facts for facts in (ReviewFacts(*row) for row in rows)}
