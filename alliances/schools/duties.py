"""What schools owe the partnership: a look at their details once a year."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from alliances.schools.models import SchoolPost
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows

CONFIRM_DETAILS = "schools.confirm_details"


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


def _url(duty: Duty) -> str:
    return reverse("schools:details_confirm", args=[duty.page])


DUTIES = (
    DutyKind(
        key=CONFIRM_DETAILS,
        words="Confirm your school’s details",
        due="5pm on 31 October, or four weeks after a later asking",
        offsets=(-14, -3, 1, 7),
        goes_up_after=None,
        goes_up_to="nobody",
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
)
