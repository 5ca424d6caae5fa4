"""A programme of which others should read, with the supported school's consent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.models import Programme
from support.programmes.services.telling import directors_of, heads_of, record_of, tell_change
from support.progress.models import Ending
from support.progress.services.going_on import NotGoingOn


class NamedAlready(Exception):
    """The programme is named for a case study."""


class NotNamed(Exception):
    """Nobody has named the programme for a case study."""


def _ended(programme: Programme) -> tuple[Programme, Ending]:
    """A programme whose terms are over, and its ending; both locked."""
    current = lock(programme)
    ending = Ending.objects.filter(programme=current, closed_at__isnull=False).first()
    if ending is None:
        raise NotGoingOn
    return current, lock(ending)


@transaction.atomic
def name_story(*, programme: Programme, because: str, by: Person, now: datetime) -> Ending:
    """Say why others should read of it; the supported head decides."""
    current, ending = _ended(programme)
    if ending.story_named_at is not None:
        raise NamedAlready
    named = {"story_because": because, "story_named_by": by, "story_named_at": now}
    apply_changes(ending, named)
    heads = heads_of([current.school_id], on=london_day(now))
    tell_change(current, heads, what="case-study", by=by, now=now)
    record_of("named for a case study", current, by=by, now=now)
    return ending


@transaction.atomic
def answer_story(*, programme: Programme, agrees: bool, by: Person, now: datetime) -> Ending:
    """The supported head agrees or refuses; she may change her mind at any time."""
    current, ending = _ended(programme)
    if ending.story_named_at is None:
        raise NotNamed
    if agrees:
        answer = {"story_agreed_by": by, "story_agreed_at": now, "story_refused_at": None}
    else:
        answer = {"story_agreed_by": None, "story_agreed_at": None, "story_refused_at": now}
    apply_changes(ending, answer)
    today = london_day(now)
    told = directors_of(current, on=today) | heads_of([current.supporting_school_id], on=today)
    tell_change(current, told, what="case-study-answer", by=by, now=now)
    record_of("case study agreed" if agrees else "case study refused", current, by=by, now=now)
    return ending
