"""Who is named for a programme, and who watches it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from support.programmes.models import Programme, ProgrammePerson
from support.programmes.services.telling import record_of, tell_change


class NamedAlready(Exception):
    """The person is named on this side."""


@transaction.atomic
def name_person(
    *, programme: Programme, person: Person, side: str, by: Person, now: datetime
) -> ProgrammePerson:
    """Let somebody see the programme and work in it from today on; she is told."""
    today = now.astimezone(UK).date()
    current = lock(programme)
    if ProgrammePerson.objects.filter(
        programme=current, person=person, side=side, ends_on__isnull=True
    ).exists():
        raise NamedAlready
    named = ProgrammePerson.objects.create(
        programme=current, person=person, side=side, starts_on=today, named_by=by
    )
    tell_change(current, [person.pk], what="named", by=by, now=now)
    record_of("person named", current, by=by, now=now)
    return named


@transaction.atomic
def end_naming(*, named: ProgrammePerson, by: Person, now: datetime) -> None:
    """She takes part no longer, from this moment on."""
    today = now.astimezone(UK).date()
    current = lock(named.programme)
    if named.starts_on >= today:
        named.delete()
    else:
        named.ends_on = today - timedelta(days=1)
        named.save(update_fields=["ends_on"])
    record_of("person no longer named", current, by=by, now=now)


@transaction.atomic
def watch_programme(*, programme: Programme, by: Person, is_watched: bool) -> None:
    """Keep a programme on one's own watchlist, or no longer; nobody else learns of it."""
    if is_watched:
        programme.watchers.add(by)
    else:
        programme.watchers.remove(by)
