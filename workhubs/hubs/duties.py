"""What people owe workhubs: an answer to an invitation."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat

from alliances.schools.models import Delegation, SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows
from workhubs.hubs.models import WorkhubSchool

ANSWER_INVITATION = "hubs.answer_invitation"
ANSWER_FOR_HEAD = "hubs.answer_for_head"


def invitations_to_answer(window: DutyWindow) -> QuerySet[Any, Any]:
    """Each head of an invited school, once however many posts make her its head."""
    today = window.today
    held = Q(
        Q(school__posts__starts_on__isnull=True) | Q(school__posts__starts_on__lte=today),
        Q(school__posts__ends_on__isnull=True) | Q(school__posts__ends_on__gte=today),
        school__posts__kind__in=SchoolPost.HEADS,
    )
    same_person_before = (
        SchoolPost.objects.on(today)
        .of_heads()
        .filter(
            school=OuterRef("school"),
            person=OuterRef("head"),
            pk__lt=OuterRef("head_post_id"),
        )
    )
    places = (
        WorkhubSchool.objects.filter(withdrawn_at__isnull=True)
        .annotate(head_post=FilteredRelation("school__posts", condition=held))
        .annotate(head=F("head_post__person"), head_post_id=F("head_post__pk"))
        .filter(~Exists(same_person_before))
    )
    return duty_rows(
        places,
        window,
        kind=ANSWER_INVITATION,
        person="head",
        subject="workhub_year__workhub__name",
        page=Concat(
            F("workhub_year__workhub__slug"),
            Value("/"),
            Cast("workhub_year__year", TextField()),
            output_field=TextField(),
        ),
        detail="school__name",
        asked_at="invited_at",
        due_at="answer_by",
        school="school",
        alliance="workhub_year__workhub__alliance",
        sender="workhub_year__workhub__alliance__name",
        goes_up_to="invited_by",
        done_at="answered_at",
    )


def invitations_to_answer_for_heads(window: DutyWindow) -> QuerySet[Any, Any]:
    """Each whom a head of an invited school lets answer for it."""
    held = Delegation.objects.on(window.today).filter(
        kind=Delegation.Kind.REPLIES, deputy__is_active=True
    )
    place = "school__workhub_places"
    year = f"{place}__workhub_year"
    rows = held.annotate(
        place_id=F(f"{place}__pk"), withdrawn_at=F(f"{place}__withdrawn_at")
    ).filter(place_id__isnull=False, withdrawn_at__isnull=True)
    return duty_rows(
        rows,
        window,
        kind=ANSWER_FOR_HEAD,
        person="deputy",
        thing="place_id",
        subject=f"{year}__workhub__name",
        page=Concat(
            F(f"{year}__workhub__slug"),
            Value("/"),
            Cast(f"{year}__year", TextField()),
            output_field=TextField(),
        ),
        detail="school__name",
        asked_at=f"{place}__invited_at",
        due_at=f"{place}__answer_by",
        school="school",
        alliance=f"{year}__workhub__alliance",
        sender=f"{year}__workhub__alliance__name",
        goes_up_to="given_by",
        done_at=f"{place}__answered_at",
    )


def _url(duty: Duty) -> str:
    slug, _, year = duty.page.partition("/")
    return address("hubs:workhub_year", slug, AcademicYear(int(year)))


DUTIES = (
    DutyKind(
        key=ANSWER_INVITATION,
        words="Answer a workhub’s invitation",
        due="5pm on the fourteenth day after the school is invited",
        offsets=(-7, -2, 1),
        goes_up_after=3,
        goes_up_to="whoever invited the school",
        rows=invitations_to_answer,
        title=lambda duty: f"Will your school join the workhub “{duty.subject}”?",
        line=lambda duty: duty.detail,
        url=_url,
        action="Answer",
        why=lambda duty: (
            f"You are head of {duty.detail}, which is invited into a workhub of {duty.sender}."
        ),
        answer_template="hubs/includes/_duty_place.html",
        in_alliance=True,
    ),
    DutyKind(
        key=ANSWER_FOR_HEAD,
        words="Answer a workhub’s invitation for a head",
        due="as for the head",
        offsets=(-7, -2),
        goes_up_after=None,
        goes_up_to="",
        rows=invitations_to_answer_for_heads,
        title=lambda duty: f"Will your school join the workhub “{duty.subject}”?",
        line=lambda duty: f"{duty.detail}; you answer for your head",
        url=_url,
        action="Answer",
        why=lambda duty: (
            f"You answer for the head of {duty.detail}, which is invited into a workhub "
            f"of {duty.sender}."
        ),
        answer_template="hubs/includes/_duty_place.html",
        in_alliance=True,
    ),
)
