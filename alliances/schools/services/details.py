"""Schools are asked each year whether their details are right, and their heads answer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from alliances.schools.models import DetailsCheck, School, SchoolContact, SchoolPost
from alliances.schools.notices import DETAILS_WRONG
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock

ASKED_FROM, ASKED_UNTIL, DUE_ON = (9, 15), (6, 30), (10, 31)
DUE_HOUR = time(17)
LEAST_TIME = timedelta(days=28)


@transaction.atomic
def ask_for_details(*, now: datetime) -> int:
    """Ask every school that has a head here and wasn't asked this academic year; how many.

    From 15 September to the end of June; whoever comes later in the year has four weeks.
    """
    today = now.astimezone(UK).date()
    year = AcademicYear.containing(today)
    if not date(year.start, *ASKED_FROM) <= today <= date(year.start + 1, *ASKED_UNTIL):
        return 0
    heads = SchoolPost.objects.on(today).of_heads().filter(person__is_active=True)
    asked = DetailsCheck.objects.filter(school=OuterRef("pk"), year=year.start)
    schools = School.objects.filter(
        Exists(heads.filter(school=OuterRef("pk"))), ~Exists(asked)
    ).values_list("pk", flat=True)
    due_at = details_due_at(year, asked_at=now)
    checks = [
        DetailsCheck(school_id=pk, year=year.start, asked_at=now, due_at=due_at) for pk in schools
    ]
    DetailsCheck.objects.bulk_create(checks, ignore_conflicts=True, batch_size=1_000)
    return len(checks)


def details_due_at(year: AcademicYear, *, asked_at: datetime) -> datetime:
    """5pm on 31 October, and never sooner than four weeks after the asking."""
    four_weeks_on = asked_at.astimezone(UK).date() + LEAST_TIME
    due_on = max(date(year.start, *DUE_ON), four_weeks_on)
    return datetime.combine(due_on, DUE_HOUR, tzinfo=UK)


@transaction.atomic
def answer_details(
    *, school: School, is_right: bool, words: str = "", by: Person, now: datetime
) -> DetailsCheck:
    """Confirm what is held of the school, or say what is wrong, of which portal staff are told.

    A later answer in the same year takes the place of an earlier one.
    """
    lock(school)
    year = AcademicYear.containing(now.astimezone(UK).date())
    check, _is_new = DetailsCheck.objects.get_or_create(
        school=school,
        year=year.start,
        defaults={"asked_at": now, "due_at": details_due_at(year, asked_at=now)},
    )
    check.answered_at, check.answered_by = now, by
    check.is_right, check.words = is_right, "" if is_right else words
    check.save(update_fields=["answered_at", "answered_by", "is_right", "words"])
    record(
        "details confirmed" if is_right else "details said to be wrong",
        school,
        by=by,
        at=now,
        values={"year": str(year)},
        school_id=school.pk,
    )
    if not is_right:
        _tell_staff(check, now=now)
    return check


def _tell_staff(check: DetailsCheck, *, now: datetime) -> None:
    staff = Person.objects.who_may_sign_in().filter(is_staff=True)
    tell(
        recipients=staff.values_list("pk", flat=True),
        kind=DETAILS_WRONG,
        key=f"details-wrong:{check.pk}:{now:%Y-%m-%dT%H:%M:%S}",
        thing_id=check.pk,
        now=now,
    )


@transaction.atomic
def change_contact(
    *,
    school: School,
    changes: dict[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> SchoolContact:
    """Keep how the school wants to be reached."""
    made, _is_new = SchoolContact.objects.get_or_create(school=school)
    contact = lock(made, seen_version=seen_version)
    if changed := apply_changes(contact, changes):
        record(
            "contact details changed",
            school,
            by=by,
            at=now,
            fields=changed,
            school_id=school.pk,
        )
    return contact
