"""The reviewers of an alliance: who comes in and ends, her limits, training, and schools she can’t review."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from alliances.membership.models import Alliance, Membership
from alliances.schools.models import School, SchoolPost
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import CannotReview, CycleReviewer, Reviewer, Training


class SchoolSaidAlready(Exception):
    """The school is on the list of those she can’t review."""


class StillSent(Exception):
    """She is a reviewer of a cycle that lives: she is taken out of it first."""


@transaction.atomic
def add_reviewers(
    *,
    alliance: Alliance,
    people: Collection[Person],
    by: Person,
    now: datetime,
    with_heads: bool = False,
) -> list[Reviewer]:
    """These review other schools from today on, with all heads of member schools if so wanted.

    Who is a reviewer already stays as she is. The school is the one that she heads, else any of the
    alliance in which she holds a post.
    """
    today = now.astimezone(UK).date()
    current = lock(alliance)
    homes = _homes(current, today)
    wanted = {person.pk for person in people}
    if with_heads:
        wanted |= {person for person, (_home, is_head) in homes.items() if is_head}
    known = Reviewer.objects.on_or_after(today).filter(alliance=current, person__in=wanted)
    coming = sorted(wanted - set(known.values_list("person", flat=True)))
    nowhere = (None, False)
    made = Reviewer.objects.bulk_create(
        Reviewer(
            alliance=current,
            person_id=person,
            school_id=homes.get(person, nowhere)[0],
            starts_on=today,
        )
        for person in coming
    )
    if made:
        values = {"reviewers": len(made)}
        record("reviewers added", current, by=by, at=now, values=values, alliance_id=current.pk)
    return made


def _homes(alliance: Alliance, today: date) -> dict[int, tuple[int | None, bool]]:
    """The school from which each person of the alliance comes, and whether she heads it."""
    members = Membership.objects.on(today).filter(alliance=alliance)
    posts = SchoolPost.objects.on(today).filter(
        school__in=members.values("school"), person__is_active=True
    )
    homes: dict[int, tuple[int | None, bool]] = {}
    for person, school, kind in posts.by_rank().values_list("person", "school", "kind"):
        homes.setdefault(person, (school, kind in SchoolPost.HEADS))
    return homes


@transaction.atomic
def end_reviewer(*, reviewer: Reviewer, by: Person, now: datetime) -> Reviewer:
    """She reviews no longer, from tomorrow on; who is in a cycle that lives is refused."""
    current = lock(reviewer)
    if CycleReviewer.objects.filter(reviewer=current, left_at=None, cycle__ended_at=None).exists():
        raise StillSent
    today = now.astimezone(UK).date()
    apply_changes(current, {"ends_on": max(current.starts_on, today)})
    _record("reviewer ended", current, by=by, now=now, fields=["ends_on"])
    return current


@transaction.atomic
def set_limits(
    *,
    reviewer: Reviewer,
    changes: dict[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Reviewer:
    """How many reviews she goes to in a year and in a half term, at most."""
    current = lock(reviewer, seen_version=seen_version)
    if changed := apply_changes(current, changes):
        _record("limits of a reviewer set", current, by=by, now=now, fields=changed)
    return current


@transaction.atomic
def add_training(
    *,
    reviewer: Reviewer,
    kind: str,
    trained_on: date,
    by: Person,
    now: datetime,
    expires_on: date | None = None,
    given_by: str = "",
) -> Training:
    """She was trained to review, or to lead, until a day or without end."""
    current = lock(reviewer)
    training = Training.objects.create(
        reviewer=current,
        kind=kind,
        trained_on=trained_on,
        expires_on=expires_on,
        given_by=given_by,
        entered_by=by,
        entered_at=now,
    )
    _record("training entered", current, by=by, now=now, values={"kind": kind})
    return training


@transaction.atomic
def remove_training(*, training: Training, by: Person, now: datetime) -> None:
    """It was entered in error."""
    current = lock(training.reviewer)
    kind = training.kind
    if Training.objects.filter(pk=training.pk).delete()[0]:
        _record("training removed", current, by=by, now=now, values={"kind": kind})


@transaction.atomic
def say_cannot_review(
    *,
    reviewer: Reviewer,
    school: School,
    by: Person,
    now: datetime,
    why: str = "",
    words: str = "",
    until: date | None = None,
) -> CannotReview:
    """She can’t review a school; the audit keeps that she said so, neither why nor which."""
    current = lock(reviewer)
    try:
        with transaction.atomic():
            said = CannotReview.objects.create(
                reviewer=current,
                school=school,
                why=why,
                words=words,
                until=until,
                said_by=by,
                said_at=now,
            )
    except IntegrityError as error:
        raise SchoolSaidAlready from error
    _record("school said that can’t be reviewed", current, by=by, now=now)
    return said


@transaction.atomic
def take_back_cannot_review(*, cannot: CannotReview, by: Person, now: datetime) -> None:
    """She can review it after all; the reason is gone with it."""
    current = lock(cannot.reviewer)
    if CannotReview.objects.filter(pk=cannot.pk).delete()[0]:
        _record("school said that can be reviewed", current, by=by, now=now)


def _record(
    action: str,
    reviewer: Reviewer,
    *,
    by: Person,
    now: datetime,
    fields: Collection[str] = (),
    values: dict[str, Any] | None = None,
) -> None:
    record(
        action,
        reviewer,
        by=by,
        at=now,
        title="A reviewer",
        fields=list(fields),
        values=values or {},
        alliance_id=reviewer.alliance_id,
    )
