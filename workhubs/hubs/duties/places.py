"""What people owe workhubs: an answer to an invitation, and to a request to join."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from alliances.membership.models import AlliancePost
from alliances.schools.models import Delegation, SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows
from workhubs.hubs.models import JoinRequest, WorkhubSchool

ANSWER_INVITATION = "hubs.answer_invitation"
ANSWER_FOR_HEAD = "hubs.answer_for_head"
ANSWER_REQUEST = "hubs.answer_request"
ANSWER_REQUEST_AS_DEPUTY = "hubs.answer_request_as_deputy"


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
        page=year_page("workhub_year"),
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
        page=year_page(year),
        detail="school__name",
        asked_at=f"{place}__invited_at",
        due_at=f"{place}__answer_by",
        school="school",
        alliance=f"{year}__workhub__alliance",
        sender=f"{year}__workhub__alliance__name",
        goes_up_to="given_by",
        done_at=f"{place}__answered_at",
    )


def _with_director(window: DutyWindow) -> QuerySet[JoinRequest]:
    """Requests that weren't taken back, each with a director of the alliance."""
    directors = AlliancePost.objects.on(window.today).filter(
        alliance=OuterRef("workhub_year__workhub__alliance"), kind=AlliancePost.Kind.DIRECTOR
    )
    first = directors.order_by("pk").values("person")[:1]
    return JoinRequest.objects.filter(withdrawn_at__isnull=True).annotate(director=Subquery(first))


def _request_rows(
    rows: QuerySet[JoinRequest], window: DutyWindow, *, kind: str, person: str
) -> QuerySet[Any, Any]:
    return duty_rows(
        rows,
        window,
        kind=kind,
        person=person,
        subject="workhub_year__workhub__name",
        page=year_page("workhub_year"),
        detail="school__name",
        asked_at="requested_at",
        due_at="answer_by",
        alliance="workhub_year__workhub__alliance",
        sender="workhub_year__workhub__alliance__name",
        goes_up_to="director",
        done_at="answered_at",
    )


def requests_to_answer(window: DutyWindow) -> QuerySet[Any, Any]:
    """The lead of the workhub; while it has none, a director of the alliance."""
    answers = Coalesce("workhub_year__lead", "director", output_field=BigIntegerField())
    rows = _with_director(window).annotate(answers=answers)
    return _request_rows(rows, window, kind=ANSWER_REQUEST, person="answers")


def requests_to_answer_as_deputy(window: DutyWindow) -> QuerySet[Any, Any]:
    """The deputy, who may answer as the lead does."""
    rows = _with_director(window)
    return _request_rows(rows, window, kind=ANSWER_REQUEST_AS_DEPUTY, person="workhub_year__deputy")


def year_page(workhub_year: str) -> Concat:
    """What `year_url` makes the address of, as a column."""
    return Concat(
        F(f"{workhub_year}__workhub__slug"),
        Value("/"),
        Cast(f"{workhub_year}__year", TextField()),
        output_field=TextField(),
    )


def year_url(duty: Duty) -> str:
    """The page of the workhub’s year."""
    slug, _, year = duty.page.partition("/")
    return address("hubs:workhub_year", slug, AcademicYear(int(year)))


PLACE_DUTIES = (
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
        url=year_url,
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
        url=year_url,
        action="Answer",
        why=lambda duty: (
            f"You answer for the head of {duty.detail}, which is invited into a workhub "
            f"of {duty.sender}."
        ),
        answer_template="hubs/includes/_duty_place.html",
        in_alliance=True,
    ),
    DutyKind(
        key=ANSWER_REQUEST,
        words="Answer a request to join",
        due="5pm on the seventh day after the school asks",
        offsets=(-3, -1, 1),
        goes_up_after=3,
        goes_up_to="the director of the alliance",
        rows=requests_to_answer,
        title=lambda duty: f"May {duty.detail} join the workhub “{duty.subject}”?",
        line=lambda _duty: "The school asks to take part",
        url=year_url,
        action="Answer",
        why=lambda duty: (
            f"You answer for this workhub of {duty.sender}, and {duty.detail} asks to join it."
        ),
        answer_template="hubs/includes/_duty_request.html",
        in_alliance=True,
    ),
    DutyKind(
        key=ANSWER_REQUEST_AS_DEPUTY,
        words="Answer a request to join as deputy",
        due="as for the lead",
        offsets=(-3, -1),
        goes_up_after=None,
        goes_up_to="",
        rows=requests_to_answer_as_deputy,
        title=lambda duty: f"May {duty.detail} join the workhub “{duty.subject}”?",
        line=lambda _duty: "The school asks to take part; you are deputy",
        url=year_url,
        action="Answer",
        why=lambda duty: (
            f"You are deputy of this workhub of {duty.sender}, and {duty.detail} asks to join it."
        ),
        answer_template="hubs/includes/_duty_request.html",
        in_alliance=True,
    ),
)
