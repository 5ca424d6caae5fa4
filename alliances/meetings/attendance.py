"""Who is asked to a meeting, what they answered, and who came: for its pages and its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from alliances.meetings.models import Attendance, Body, Meeting, MeetingReply, Seat
from alliances.meetings.quorum import Forecast, Presence, needed_in
from alliances.membership.models import AlliancePost
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer

State = Attendance.State
HERE = (State.PRESENT, State.LATE, State.SUBSTITUTE)
REPLY_COLUMNS = (
    "meeting_id",
    "person_id",
    "school_id",
    "answer",
    "answered_at",
    "asked_at",
    "apologies",
    "substitute",
    "asking",
    "ended_at",
    "person__name",
    "school__name",
)


def _asked(
    needs_places: bool,  # noqa: FBT001 a shape of the statement
    needs_marks: bool,  # noqa: FBT001 a shape of the statement
    *,
    meeting: Meeting,
    body: int,
    alliance: int,
    day: date,
    on: date,
) -> QuerySet[MeetingReply]:
    posts = AlliancePost.objects.on(on).filter(person=OuterRef("person"), alliance=alliance)
    marks = Attendance.objects.filter(reply=OuterRef("pk"))
    return (
        MeetingReply.objects.filter(meeting=meeting, ended_at=None)
        .select_related("person", "school")
        .annotate(
            post_kind=Subquery(posts.order_by("pk").values("kind")[:1]),
            came=_marked(marks, "state") if needs_marks else Value(""),
            came_instead=_marked(marks, "substitute") if needs_marks else Value(""),
            is_place=_holds_seat(body, day) if needs_places else Value(value=True),
        )
        .only(*REPLY_COLUMNS)
        .by_name()
    )


def _marked(marks: QuerySet[Attendance], name: str) -> Combinable:
    return Coalesce(Subquery(marks.values(name)[:1]), Value(""))


def _holds_seat(body: int, day: date) -> Combinable:
    """Whether a seat is answered for; the lead who has none is asked too, but fills no place."""
    seats = Seat.objects.on(day).filter(body=body)
    of_school = Exists(seats.filter(school=OuterRef("school")))
    own = Exists(seats.filter(school=None, person=OuterRef("person")))
    return ExpressionWrapper(Q(of_school) | Q(own), output_field=BooleanField())


def _asked_as_seen(*needs: bool, person: Person, **told: Any) -> QuerySet[MeetingReply]:
    asked = _asked(*needs, **told)
    for_heads = MeetingReply.objects.answered_for_heads(person, on=told["on"])
    return asked.annotate(is_for_head=Exists(for_heads.filter(pk=OuterRef("pk"))))


def replies_of(meeting: Meeting, person: Person, *, on: date) -> list[Any]:
    """Everybody asked, by name; `post` is what she is in the alliance, for who has no school.

    `is_for_head` says whether the reader answers it for a head, `came` what the register says,
    and `is_place` whether it counts for the quorum.
    """
    needs = _needs(meeting)
    replies = answer(_asked_as_seen, *needs, person=person, **_told(meeting, on))
    return _with_posts(meeting, replies)


def _needs(meeting: Meeting) -> tuple[bool, bool]:
    """Whether places are counted, and whether there can be a register."""
    has_begun = meeting.state in {Meeting.State.IN_SESSION, Meeting.State.HELD}
    return has_quorum(meeting.body), has_begun


def _told(meeting: Meeting, on: date) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "body": meeting.body_id,
        "alliance": meeting.body.alliance_id,
        "day": london_day(meeting.starts_at),
        "on": on,
    }


def _with_posts(meeting: Meeting, replies: list[Any]) -> list[Any]:
    for reply in replies:
        reply.meeting = meeting
        reply.post = AlliancePost.Kind(reply.post_kind).label if reply.post_kind else ""
    return replies


def has_quorum(body: Body) -> bool:
    """Whether a body asks for one."""
    return body.quorum_number is not None or bool(body.quorum_fraction)


def forecast_of(meeting: Meeting, replies: list[Any]) -> Forecast | None:
    """Whether enough will come, by the answers so far; None where no quorum is asked for."""
    if not has_quorum(meeting.body):
        return None
    places = [reply for reply in replies if reply.is_place]
    said = [reply.answer for reply in places]
    sends = [reply for reply in places if reply.answer == "no" and reply.substitute]
    return Forecast(
        needed=needed_in(meeting.body, len(places)) or 0,
        places=len(places),
        yes=said.count("yes"),
        substitutes=len(sends),
        maybe=said.count("maybe"),
        silent=tuple(dict.fromkeys(reply.person.name for reply in places if not reply.answer)),
    )


def presence_of(meeting: Meeting, replies: list[Any]) -> Presence:
    """Whether enough are here, by the register so far."""
    places = [reply for reply in replies if reply.is_place]
    here = sum(reply.came in HERE for reply in places)
    is_over = meeting.state == Meeting.State.HELD
    return Presence(needed_in(meeting.body, len(places)), here, is_over=is_over)


@dataclass(frozen=True)
class RegisterLine:
    """Somebody who was asked, or a guest, and whether she came."""

    name: str
    place: str
    state: str
    words: str
    substitute: str = ""


@dataclass(frozen=True)
class Register:
    """Who came to a meeting, by name, and its guests."""

    lines: list[RegisterLine]
    guests: list[RegisterLine]
    presence: Presence

    @property
    def is_taken(self) -> bool:
        """Whether anybody was marked."""
        return bool(self.guests) or any(line.state for line in self.lines)

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """Who was present, late and so on, each by name; a substitute with whom she stood in for."""
        found = [(state.label, [_named(line) for line in self.by_state(state)]) for state in State]
        guests = [guest.name for guest in self.guests]
        return [(words, names) for words, names in [*found, ("Guests", guests)] if names]

    def by_state(self, state: str) -> list[RegisterLine]:
        """Those of whom the register says this."""
        return [line for line in self.lines if line.state == state]


def _named(line: RegisterLine) -> str:
    name = f"{line.substitute} for {line.name}" if line.substitute else line.name
    return f"{name} ({line.place})" if line.place else name


def guests_of(meeting: Meeting) -> list[Attendance]:
    """Guests by name, in the order in which they were written down."""
    guests: list[Attendance] = answer(_guests, meeting=meeting)
    return guests


def _guests(*, meeting: Meeting) -> QuerySet[Attendance]:
    return Attendance.objects.filter(meeting=meeting, reply=None).order_by("pk")


def register_of(meeting: Meeting) -> Register:
    """The register as it stands, for papers about the meeting."""
    told = _told(meeting, london_day(meeting.starts_at))
    replies = _with_posts(meeting, answer(_asked, *_needs(meeting), **told))
    return Register(
        [_line(reply) for reply in replies],
        [
            RegisterLine(guest.name, "Guest", guest.state, guest.get_state_display())
            for guest in guests_of(meeting)
        ],
        presence_of(meeting, replies),
    )


def _line(reply: Any) -> RegisterLine:
    place = reply.school.name if reply.school else reply.post
    words = State(reply.came).label if reply.came else "Not marked"
    return RegisterLine(reply.person.name, place, reply.came, words, reply.came_instead)
