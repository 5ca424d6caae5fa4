"""Somebody leaves her school: the programmes that she looks after pass on, and her part ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Leaver, held_rows, offered
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.models import Programme, ProgrammePerson, Side
from support.programmes.services.telling import record_of

PROGRAMMES_DIRECTED = "programmes.directed"
PROGRAMMES_NAMED = "programmes.named"


def _directed_by(person: Person, leaver: Leaver) -> QuerySet[AlliancePost, Any]:
    posts = AlliancePost.objects.on(leaver.today)
    return posts.filter(person=person, kind=AlliancePost.Kind.DIRECTOR).values("alliance")


def programmes_directed(leaver: Leaver) -> QuerySet[Programme, Any]:
    """Those that she looks after, told to who directs the alliance; portal staff learn nothing."""
    hers = Programme.objects.standing().filter(
        director=leaver.person, alliance__in=_directed_by(leaver.by, leaver)
    )
    return held_rows(
        hers,
        kind=PROGRAMMES_DIRECTED,
        name="school__name",
        about="area__name",
        choices=offered(PASS, STAY),
    )


@transaction.atomic
def pass_on_programme(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows looks after it, if she directs the alliance; else who arranges it."""
    programme = Programme.objects.filter(pk=key, director=leaver.person).first()
    if programme is None:
        return 0
    current = lock(programme)
    follower = leaver.by
    if to is not None and _directed_by(to, leaver).filter(alliance=current.alliance_id).exists():
        follower = to
    apply_changes(current, {"director": follower})
    if current.assessed_at is None and hasattr(current, "review"):
        apply_changes(current.review, {"assessor": follower})
    record_of("programme passed on", current, by=leaver.by, now=now)
    return 1


def programmes_named(leaver: Leaver) -> QuerySet[ProgrammePerson, Any]:
    """Programmes of the school she leaves for which its head named her, told to its head."""
    heads = SchoolPost.objects.on(leaver.today).of_heads().filter(person=leaver.by)
    named = ProgrammePerson.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=leaver.last_day),
        person=leaver.person,
        side=Side.SCHOOL,
        programme__school=leaver.school,
        programme__school__in=heads.values("school"),
    )
    return held_rows(
        named,
        kind=PROGRAMMES_NAMED,
        name="programme__school__name",
        about="programme__area__name",
        choices=offered(END, STAY),
        until="ends_on",
    )


@transaction.atomic
def end_part(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Her part ends with her last day; nobody takes it over unnamed."""
    named = ProgrammePerson.objects.filter(pk=key, person=leaver.person).first()
    if named is None or to is not None:
        return 0
    current = lock(named.programme)
    named.ends_on = max(leaver.last_day, named.starts_on)
    named.save(update_fields=["ends_on"])
    record_of("part ends with a post", current, by=leaver.by, now=now)
    return 1


@transaction.atomic
def take_back_end(
    leaver: Leaver, key: int, *, to: Person | None, until: Any, since: datetime, now: datetime
) -> int:
    """She stays after all: her part goes on as it was."""
    named = ProgrammePerson.objects.filter(pk=key, person=leaver.person, ends_on=leaver.last_day)
    return named.update(ends_on=until)
