"""What the directory waits for: a head's consent, and a practitioner's own look at her entry."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import DutyKind, DutyWindow, duty_rows
from support.directory.models import Practitioner

CONSENT = "directory.consent"
CONFIRM = "directory.confirm"


def consents_to_give(window: DutyWindow) -> QuerySet[Any, Any]:
    """Each head of the home school of whoever offers days; once however many posts she has."""
    today = window.today
    heads = SchoolPost.objects.on(today).of_heads()
    before = heads.filter(
        school=OuterRef("school"), person=OuterRef("person"), pk__lt=OuterRef("pk")
    )
    entry = "school__practitioners__"
    posts = heads.filter(
        ~Exists(before),
        person__is_active=True,
        **{f"{entry}consent_due_at__isnull": False},
        **{f"{entry}pk__in": Practitioner.objects.on(today).values("pk")},
    )
    return duty_rows(
        posts,
        window,
        kind=CONSENT,
        person="person",
        thing=f"{entry}pk",
        subject=f"{entry}person__name",
        page=f"{entry}pk",
        detail=f"{entry}alliance__name",
        asked_at=f"{entry}consent_asked_at",
        due_at=f"{entry}consent_due_at",
        school="school",
        alliance=f"{entry}alliance",
        sender=f"{entry}alliance__name",
        done_at=f"{entry}consent_answered_at",
    )


def entries_to_confirm(window: DutyWindow) -> QuerySet[Any, Any]:
    """Each practitioner whose entry somebody else wrote."""
    entries = Practitioner.objects.on(window.today)
    entries = entries.filter(confirm_due_at__isnull=False, person__is_active=True)
    return duty_rows(
        entries,
        window,
        kind=CONFIRM,
        person="person",
        subject="alliance__name",
        due_at="confirm_due_at",
        alliance="alliance",
        sender="alliance__name",
        done_at="confirmed_at",
    )


DUTIES = (
    DutyKind(
        key=CONSENT,
        words="Agree to a colleague’s days of support, or don’t",
        due="two weeks after you are asked",
        offsets=(-7, -2, 1, 7),
        goes_up_after=None,
        goes_up_to="",
        rows=consents_to_give,
        title=lambda duty: f"May {duty.subject} support other schools?",
        line=lambda duty: f"Directory of support, {duty.detail}",
        url=lambda duty: address("directory:consent_give", int(duty.page)),
        action="Answer",
        why=lambda duty: (
            f"You have this because you are head of the school where {duty.subject} works."
        ),
        in_alliance=True,
    ),
    DutyKind(
        key=CONFIRM,
        words="Confirm your entry in a directory of support",
        due="two weeks after you are listed",
        offsets=(-7, 1),
        goes_up_after=None,
        goes_up_to="",
        rows=entries_to_confirm,
        title=lambda _duty: "Is your entry in the directory of support right?",
        line=lambda duty: duty.subject,
        url=lambda duty: address("directory:practitioner_detail", int(duty.page)),
        action="Look and confirm",
        why=lambda _duty: (
            "You have this because you are listed among those who support other schools."
        ),
        in_alliance=True,
    ),
)
