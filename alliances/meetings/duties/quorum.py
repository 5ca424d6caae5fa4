"""Too few are coming: whoever called the meeting hears of it a week before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from alliances.meetings.duties.pages import meeting_url
from alliances.meetings.models import Body, Meeting, MeetingReply, Seat
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows, text
from partnership.toolkit.spoken_dates import spoken_moment

QUORUM = "meetings.find_quorum"
WEEK = timedelta(days=7)
FRACTIONS = {value: value.split("/") for value in Body.Fraction.values}


def _part(place: int) -> Case:
    """The number above or below the line of the body's fraction."""
    whens = (
        When(body__quorum_fraction=value, then=Value(int(numbers[place])))
        for value, numbers in FRACTIONS.items()
    )
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _counted(replies: QuerySet[MeetingReply]) -> Coalesce:
    counts = replies.order_by().values("meeting").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counts, output_field=IntegerField()), Value(0))


def _to_find(window: DutyWindow) -> QuerySet[Any, Any]:
    """Meetings that are a week away at most and would not be quorate; what is past is not owed."""
    seats = Seat.objects.on(window.today).filter(body=OuterRef("meeting__body"))
    has_seat = Exists(seats.filter(school=OuterRef("school"))) | Exists(
        seats.filter(school=None, person=OuterRef("person"))
    )
    places = MeetingReply.objects.filter(has_seat, meeting=OuterRef("pk"), ended_at=None)
    coming = places.filter(Q(answer="yes") | Q(answer="no") & ~Q(substitute=""))
    a_week_before = ExpressionWrapper(F("starts_at") - WEEK, output_field=DateTimeField())
    meetings = (
        Meeting.objects.filter(state=Meeting.State.CALLED, starts_at__gt=window.moment)
        .exclude(body__quorum_number=None, body__quorum_fraction="")
        .annotate(week_before=a_week_before, asked=Coalesce("moved_at", "called_at"))
        .annotate(
            owed_from=Case(
                When(asked__gt=F("week_before"), then=F("answer_by")),
                default=F("week_before"),
                output_field=DateTimeField(),
            ),
            coming=_counted(coming),
            wanted=_counted(places) * _part(0),
        )
        .annotate(filled=F("coming") * _part(1))
        .filter(owed_from__lte=window.moment)
        .filter(
            Q(body__quorum_number__gt=F("coming"))
            | ~Q(body__quorum_fraction="") & Q(wanted__gt=F("filled"))
        )
    )
    return duty_rows(
        meetings,
        window,
        kind=QUORUM,
        person="called_by",
        subject="title",
        page=text("pk"),
        detail=text("coming"),
        happens_at="starts_at",
        asked_at="called_at",
        due_at="owed_from",
        alliance="body__alliance",
        sender="body__alliance__name",
    )


def _so_far(duty: Duty) -> str:
    coming = {"0": "Nobody is", "1": "One is"}.get(duty.detail, f"{duty.detail} are")
    when = spoken_moment(duty.happens_at) if duty.happens_at else ""
    return f"{coming} coming so far, on {when}"


QUORUMS = (
    DutyKind(
        key=QUORUM,
        words="Find who is missing for the quorum",
        due="a week before the meeting, or when answers are due if it is called or moved later",
        offsets=(0, 4),
        goes_up_after=None,
        goes_up_to="",
        rows=_to_find,
        title=lambda duty: f"Too few are coming: {duty.subject}",
        line=_so_far,
        url=meeting_url,
        action="See who is missing",
        why=lambda duty: "You have this because you called a meeting that would not be quorate.",
        in_alliance=True,
    ),
)
