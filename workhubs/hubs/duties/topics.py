"""Whoever leads a workhub answers what schools propose; titles and lines name neither."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alliances.membership.models import AlliancePost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows
from workhubs.hubs.models import TopicProposal

ANSWER_TOPIC = "hubs.answer_topic"
ANSWER_TOPIC_AS_DEPUTY = "hubs.answer_topic_as_deputy"


def _rows(window: DutyWindow, *, kind: str, person: str) -> QuerySet[Any, Any]:
    directors = AlliancePost.objects.on(window.today).filter(
        alliance=OuterRef("workhub_year__workhub__alliance"), kind=AlliancePost.Kind.DIRECTOR
    )
    director = Subquery(directors.order_by("pk").values("person")[:1])
    topics = TopicProposal.objects.filter(withdrawn_at__isnull=True).annotate(
        director=director,
        leads=Coalesce("workhub_year__lead", director, output_field=BigIntegerField()),
    )
    return duty_rows(
        topics,
        window,
        kind=kind,
        person=person,
        subject="workhub_year__workhub__name",
        asked_at="proposed_at",
        due_at="answer_by",
        alliance="workhub_year__workhub__alliance",
        sender="workhub_year__workhub__alliance__name",
        goes_up_to="director",
        done_at="answered_at",
    )


def topics_to_answer(window: DutyWindow) -> QuerySet[Any, Any]:
    """The lead of the workhub; while it has none, a director of the alliance."""
    return _rows(window, kind=ANSWER_TOPIC, person="leads")


def topics_to_answer_as_deputy(window: DutyWindow) -> QuerySet[Any, Any]:
    """The deputy, who may answer as the lead does."""
    return _rows(window, kind=ANSWER_TOPIC_AS_DEPUTY, person="workhub_year__deputy")


def _title(duty: Duty) -> str:
    return f"Will the workhub “{duty.subject}” take up a topic?"


def _url(duty: Duty) -> str:
    return address("hubs:topic_answer", duty.thing_id)


TOPIC_DUTIES = (
    DutyKind(
        key=ANSWER_TOPIC,
        words="Answer a proposed topic",
        due="5pm on the fourteenth day after the school proposes it",
        offsets=(-7, -2, 1),
        goes_up_after=3,
        goes_up_to="the director of the alliance",
        rows=topics_to_answer,
        title=_title,
        line=lambda _duty: "A school proposes it",
        url=_url,
        action="Answer",
        why=lambda duty: f"You answer for this workhub of {duty.sender}.",
        in_alliance=True,
    ),
    DutyKind(
        key=ANSWER_TOPIC_AS_DEPUTY,
        words="Answer a proposed topic as deputy",
        due="as for the lead",
        offsets=(-7, -2),
        goes_up_after=None,
        goes_up_to="",
        rows=topics_to_answer_as_deputy,
        title=_title,
        line=lambda _duty: "A school proposes it; you are deputy",
        url=_url,
        action="Answer",
        why=lambda duty: f"You are deputy of this workhub of {duty.sender}.",
        in_alliance=True,
    ),
)
