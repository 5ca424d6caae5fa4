"""Asking the heads of a home school, and telling what they answered."""

from __future__ import annotations

from datetime import datetime

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from support.directory.models import Practitioner
from support.directory.notices import CONSENT_ANSWERED, CONSENT_ASKED

ASKED = (
    "consent_asked_at",
    "consent_due_at",
    "consent_answered_at",
    "consent_refused_because",
)


def ask_heads(
    practitioner: Practitioner, *, due_at: datetime, now: datetime, quietly: bool = False
) -> None:
    """Ask whoever heads her school whether she may go; quietly where nobody is to be mailed."""
    practitioner.consent_asked_at = now
    practitioner.consent_due_at = due_at
    practitioner.consent_answered_at = None
    practitioner.consent_refused_because = ""
    practitioner.save(update_fields=ASKED)
    if quietly:
        return
    today = now.astimezone(UK).date()
    heads = SchoolPost.objects.on(today).of_heads().filter(school=practitioner.home_school)
    tell(
        recipients=heads.filter(person__is_active=True).values_list("person", flat=True),
        kind=CONSENT_ASKED,
        key=f"directory-consent:{practitioner.pk}:{now:%Y-%m-%dT%H:%M}",
        thing_id=practitioner.pk,
        alliance_id=practitioner.alliance_id,
        now=now,
    )


def tell_answer(practitioner: Practitioner, *, by: Person, now: datetime) -> None:
    """The practitioner and the directors hear that her head has answered, whatever the answer."""
    today = now.astimezone(UK).date()
    directors = AlliancePost.objects.on(today).filter(
        alliance=practitioner.alliance_id, kind=AlliancePost.Kind.DIRECTOR, person__is_active=True
    )
    people = set(directors.values_list("person", flat=True))
    if practitioner.person.is_active:
        people.add(practitioner.person_id)
    tell(
        recipients=people - {by.pk},
        kind=CONSENT_ANSWERED,
        key=f"directory-answer:{practitioner.pk}:{now:%Y-%m-%dT%H:%M}",
        thing_id=practitioner.pk,
        alliance_id=practitioner.alliance_id,
        now=now,
    )
