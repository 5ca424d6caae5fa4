"""Every host's review beside its day: made, moved and left without a day as the rota is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from alliances.schools.owners import references
from partnership.calendar.calendars import dates_of
from partnership.calendar.dates import TermDates
from partnership.calendar.days import school_days_after, school_days_before
from partnership.toolkit.registers import GoneFurther
from reviews.cycles.models import ReviewDay
from reviews.days.course.opening import opens_at
from reviews.days.models import Review, TeamStep

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
    Raises GoneFurther where findings that are agreed would have no day any more. The reviews are
    locked before their days are read, so that a day that is called off meanwhile doesn't come back.
    """
    hosts = set(ReviewDay.objects.filter(pk__in=days).values_list("host", flat=True))
    reviews = _locked(hosts)
    standing = _standing(hosts)
    if _make_missing(standing, hosts - {review.host_id for review in reviews}):
        reviews = _locked(hosts)
        standing = _standing(hosts)
    calendars = _calendars({day.school_id for day in standing.values()})
    ahead = {host for host, day in standing.items() if now < opens_at(day.starts_at)}
    moved = [review for review in reviews if _has_moved(review, standing.get(review.host_id))]
    _begin_anew([review for review in moved if review.host_id in ahead])
    for review in reviews:
        _date(review, standing.get(review.host_id), calendars)


def _locked(hosts: Collection[int]) -> list[Review]:
    reviews = Review.objects.select_for_update(of=("self",)).filter(host__in=hosts)
    return list(reviews.order_by("pk"))


def _standing(hosts: Collection[int]) -> dict[int, ReviewDay]:
    days = ReviewDay.objects.standing().filter(host__in=hosts).select_related("host")
    return {day.host_id: day for day in days}


def _make_missing(standing: dict[int, ReviewDay], hosts: Collection[int]) -> bool:
    """The reviews of hosts that have none; answers whether there was one to make."""
    missing = [standing[host] for host in sorted(hosts) if host in standing]
    Review.objects.bulk_create(
        (
            Review(host=day.host, cycle_id=day.cycle_id, school_id=day.school_id, day=day)
            for day in missing
        ),
        ignore_conflicts=True,
    )
    return bool(missing)


def _calendars(schools: Collection[int]) -> dict[int, TermDates]:
    found = references(schools)
    dates = dates_of(set(found.values()))
    return {school: dates[reference] for school, reference in found.items()}


def _begin_anew(reviews: Collection[Review]) -> None:
    """Their day is still to come: nobody has given a view of it, and everybody is waited for.

    What somebody wrote where the team had begun on another day stays hers, and she says anew when
    her view is complete; notes are open again where those of that day are deleted.
    """
    begun = Q(views_at__isnull=False) | Q(excused_at__isnull=False)
    keys = [review.pk for review in reviews]
    if keys:
        TeamStep.objects.filter(begun, review__in=keys).update(
            views_at=None, excused_at=None, excused_by=None, version=F("version") + 1
        )
        closed = Review.objects.filter(pk__in=keys, notes_deleted_at__isnull=False)
        closed.update(notes_deleted_at=None)


def _has_moved(review: Review, day: ReviewDay | None) -> bool:
    return day is not None and review.dated_for != day.starts_at


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
