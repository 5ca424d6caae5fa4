"""What schools owe the partnership: a look at their details once a year."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from alliances.schools.models import Delegation, SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows

CONFIRM_DETAILS = "schools.confirm_details"
CONFIRM_FOR_HEAD = "schools.confirm_for_head"


def details_to_confirm(window: DutyWindow) -> QuerySet[Any, Any]:
    """Each head of a school that is asked, once however many posts make her its head."""
    today = window.today
    heads = SchoolPost.objects.on(today).of_heads()
    before = heads.filter(
        school=OuterRef("school"), person=OuterRef("person"), pk__lt=OuterRef("pk")
    )
    posts = heads.annotate(check_id=F("school__details_checks__pk")).filter(
        ~Exists(before), check_id__isnull=False, person__is_active=True
    )
    return duty_rows(
        posts,
        window,
        kind=CONFIRM_DETAILS,
        person="person",
        thing="check_id",
        subject="school__name",
        page=Cast("school__urn", TextField()),
        asked_at="school__details_checks__asked_at",
        due_at="school__details_checks__due_at",
        school="school",
        done_at="school__details_checks__answered_at",
    )


def details_to_confirm_for_heads(window: DutyWindow) -> QuerySet[Any, Any]:
    """Each whom a head lets keep the details of a school that is asked."""
    held = Delegation.objects.on(window.today).filter(kind=Delegation.Kind.DETAILS)
    held = held.annotate(check_id=F("school__details_checks__pk"))
    return duty_rows(
        held.filter(check_id__isnull=False, deputy__is_active=True),
        window,
        kind=CONFIRM_FOR_HEAD,
        person="deputy",
        thing="check_id",
        subject="school__name",
        page=Cast("school__urn", TextField()),
        detail="given_by__name",
        asked_at="school__details_checks__asked_at",
        due_at="school__details_checks__due_at",
        school="school",
        goes_up_to="given_by",
        done_at="school__details_checks__answered_at",
    )


def _url(duty: Duty) -> str:
    return address("schools:details_confirm", duty.page)


DUTIES = (
    DutyKind(
        key=CONFIRM_DETAILS,
        words="Confirm your school’s details",
        due="5pm on 31 October, or four weeks after a later asking",
        offsets=(-14, -3, 1, 7),
        goes_up_after=None,
        goes_up_to="",
        rows=details_to_confirm,
        title=lambda duty: f"Are the details of {duty.subject} right?",
        line=lambda _duty: "Once in an academic year",
        url=_url,
        action="Look and confirm",
        why=lambda duty: (
            f"You have this because you are head of {duty.subject} and its details "
            "are not confirmed this year."
        ),
    ),
    DutyKind(
        key=CONFIRM_FOR_HEAD,
        words="Confirm a school’s details for its head",
        due="as for the head",
        offsets=(-14, -3, 1),
        goes_up_after=3,
        goes_up_to="the head who delegated it",
        rows=details_to_confirm_for_heads,
        title=lambda duty: f"Are the details of {duty.subject} right?",
        line=lambda duty: f"For {duty.detail}, once in an academic year",
        url=_url,
        action="Look and confirm",
        why=lambda duty: (
            f"You have this because {duty.detail} lets you keep the details of {duty.subject}, "
            "and they are not confirmed this year."
        ),
    ),
)
