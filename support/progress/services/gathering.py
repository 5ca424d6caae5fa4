"""A learning community begins from the plan of a programme, of which it says nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from support.programmes.models import Programme
from support.programmes.services.telling import record_of
from support.progress.models import LearningCommunity
from support.progress.services.going_on import running
from workhubs.hubs.models import Workhub
from workhubs.hubs.services import create_workhub


@transaction.atomic
def begin_community(
    *,
    programme: Programme,
    name: str,
    lead: Person,
    year: AcademicYear,
    priority: str,
    by: Person,
    now: datetime,
) -> LearningCommunity:
    """Found a workhub of the kind "learning community"; that it serves a plan only the plan says."""
    current = running(programme)
    founded = create_workhub(
        alliance=current.alliance,
        kind=Workhub.Kind.LEARNING_COMMUNITY,
        name=name,
        year=year,
        lead=lead,
        priority=priority,
        aims="",
        by=by,
        now=now,
    )
    community = LearningCommunity.objects.create(
        programme=current, workhub=founded.workhub, begun_by=by, begun_at=now
    )
    record_of("learning community begun", current, by=by, now=now)
    return community
