"""Every host's review beside its day: made, moved and left without a day as the rota is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from alliances.schools.owners import references
from partnership.calendar.calendars import dates_of
from partnership.calendar.dates import TermDates
from partnership.calendar.days import school_days_after, school_days_before
from partnership.toolkit.registers import GoneFurther
from reviews.cycles.models import ReviewDay
from reviews.days.models import Review

BEFORE = {
    "evaluation_by": 15,
    "focus_by": 10,
    "declare_by": 10,
    "files_by": 8,
    "planning_by": 7,
    "timetable_by": 5,
    "contact_by": 5,
    "read_by": 1,
}
AFTER = {"views_by": 1, "moderate_by": 2, "report_by": 10}
DUE = (*BEFORE, *AFTER)


@transaction.atomic
def keep_dates(days: Collection[int], now: datetime) -> None:
    """The reviews of these days, with their due dates; runs twice without harm.

    What the host prepared stays with it: a day that is called off takes its dates away alone.
    Raises GoneFurther where findings that are agreed would have no day any more.
    """
    rows = list(
        ReviewDay.objects.filter(pk__in=days).select_related("host").order_by("cancelled_at", "pk")
    )
    hosts = {row.host_id for row in rows}
    standing = {
        day.host_id: day
        for day in ReviewDay.objects.standing().filter(host__in=hosts).select_related("host")
    }
    _make_missing(standing, hosts)
    calendars = _calendars({day.school_id for day in standing.values()})
    reviews = Review.objects.select_for_update(of=("self",)).filter(host__in=hosts)
    for review in reviews.order_by("pk"):
        _date(review, standing.get(review.host_id), calendars)


def _make_missing(standing: dict[int, ReviewDay], hosts: Collection[int]) -> None:
    known = set(Review.objects.filter(host__in=hosts).values_list("host", flat=True))
    missing = [day for host, day in standing.items() if host not in known]
    Review.objects.bulk_create(
        (
            Review(host=day.host, cycle_id=day.cycle_id, school_id=day.school_id, day=day)
            for day in missing
        ),
        ignore_conflicts=True,
    )


def _calendars(schools: Collection[int]) -> dict[int, TermDates]:
    found = references(schools)
    dates = dates_of(set(found.values()))
    return {school: dates[reference] for school, reference in found.items()}


def _date(review: Review, day: ReviewDay | None, calendars: dict[int, TermDates]) -> None:
    """Set the day and what is worked back from it, if either differs."""
    if review.moderated_at is not None and (day is None or day.state == ReviewDay.State.PLANNED):
        raise GoneFurther
    due: dict[str, datetime | None] = dict.fromkeys(DUE)
    if day is not None:
        due.update(due_dates(day, calendars.get(day.school_id)))
    found = {
        "day_id": day.pk if day is not None else None,
        "dated_for": day.starts_at if day is not None else None,
        **due,
    }
    changed = [name for name, value in found.items() if getattr(review, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(review, name, found[name])
    review.version += 1
    review.save(update_fields=[*(name.removesuffix("_id") for name in changed), "version"])


def due_dates(day: ReviewDay, dates: TermDates | None) -> dict[str, datetime]:
    """Worked back from the first morning, and on from the last afternoon, over school days at 5pm."""
    before = {
        name: school_days_before(day.starts_at, count, dates=dates)
        for name, count in BEFORE.items()
    }
    after = {
        name: school_days_after(day.ends_at, count, dates=dates) for name, count in AFTER.items()
    }
    return before | after
