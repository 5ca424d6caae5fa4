"""The demo's boards and heads' groups, with a year of meetings around today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from alliances.meetings.models import AgendaItem, Body, Meeting, MeetingReply
from alliances.meetings.services import (
    add_item,
    add_paper,
    answer_meeting,
    call_meeting,
    cancel_meeting,
    found_body,
    hold_meeting,
    move_item,
    move_meeting,
    prepare_meeting,
    take_seat,
)
from alliances.membership.models import Alliance, AlliancePost
from partnership.calendar.days import next_school_day
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from partnership.toolkit.uploads import checked

BOARD_SCHOOLS = 8
PAST_PATTERN = ("yes", "yes", "yes", "no", "yes", "yes", "maybe", "yes", "", "yes")
COMING_PATTERN = ("yes", "", "yes", "no", "", "yes", "maybe", "", "yes", "")
HEAD = "head@demo.example"
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 66>>stream\nBT /F1 18 Tf 72 760 Td (Notes of the last meeting) Tj ET"
    b"\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True)
class Plan:
    """A meeting as the demo tells it, in days from today."""

    title: str
    days: int
    hour: int
    minutes: int
    place: str
    called_days_before: int = 28
    answer_days: int | None = None


def load(clock: DemoClock) -> None:
    """Every alliance's board and heads' group, and their meetings."""
    meetings = 0
    for alliance in Alliance.objects.order_by("pk"):
        meetings += _alliance_year(clock, alliance)
    clock.say(f"{meetings} meetings of boards and heads’ groups")


def _alliance_year(clock: DemoClock, alliance: Alliance) -> int:
    posts = AlliancePost.objects.filter(alliance=alliance).select_related("person").order_by("pk")
    office = {post.kind: post.person for post in posts}
    by = office.get(AlliancePost.Kind.CHAIR) or office.get(AlliancePost.Kind.DIRECTOR)
    if by is None:
        return 0
    schools = [
        membership.school
        for membership in alliance.memberships.filter(ends_on=None)
        .select_related("school")
        .order_by("pk")
        if membership.starts_on <= clock.now.date()
    ]
    founded = clock.at(-420, 9)
    heads = found_body(
        alliance=alliance, name="Heads’ group", kind=Body.Kind.HEADS, by=by, now=founded
    )
    board = found_body(
        alliance=alliance, name="Strategic board", kind=Body.Kind.BOARD, by=by, now=founded
    )
    for school in schools:
        take_seat(body=heads, school=school, starts_on=founded.date(), by=by, now=founded)
    for school in schools[:BOARD_SCHOOLS]:
        take_seat(body=board, school=school, starts_on=founded.date(), by=by, now=founded)
    for person in dict.fromkeys(office.values()):
        take_seat(body=board, person=person, starts_on=founded.date(), by=by, now=founded)
    return _heads_year(clock, heads, by) + _board_year(clock, board, by)


def _moment(clock: DemoClock, plan: Plan) -> datetime:
    wished = clock.at(plan.days, plan.hour)
    day = next_school_day(wished.date())
    return wished + timedelta(days=(day - wished.date()).days)


def _answer_by(clock: DemoClock, days: int) -> datetime:
    """5pm of that day; of a coming one, of the next school day."""
    wished = clock.at(days, 17)
    if days <= 0:
        return wished
    return wished + timedelta(days=(next_school_day(wished.date()) - wished.date()).days)


def short_name(alliance: Alliance) -> str:
    """What people call an alliance: its first word, or two of them."""
    words = alliance.name.split()
    return " ".join(words[:2]) if words[0] == "Four" else words[0]


def _prepared(clock: DemoClock, body: Body, plan: Plan, by: Person) -> Meeting:
    starts_at = _moment(clock, plan)
    prepared = min(starts_at - timedelta(days=plan.called_days_before + 2), clock.now)
    answer_by = None if plan.answer_days is None else _answer_by(clock, plan.answer_days)
    return prepare_meeting(
        body=body,
        title=plan.title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=plan.minutes),
        place=plan.place,
        answer_by=answer_by,
        by=by,
        now=prepared,
    )


def _with_agenda(meeting: Meeting, by: Person, now: datetime, *items: tuple[str, str, int]) -> None:
    for title, purpose, minutes in items:
        add_item(
            meeting=meeting,
            title=title,
            purpose=purpose,
            presenter=by,
            minutes=minutes,
            by=by,
            now=now,
        )


def _called(meeting: Meeting, plan: Plan, by: Person) -> Meeting:
    called_at = meeting.starts_at - timedelta(days=plan.called_days_before)
    return call_meeting(meeting=meeting, by=by, now=called_at)


def _answered(meeting: Meeting, pattern: tuple[str, ...], now: datetime) -> None:
    """Answers of all but the people whose desks the demo shows, as the pattern says."""
    replies = meeting.replies.filter(answer="").select_related("person").order_by("pk")
    for place, reply in enumerate(replies):
        answer = pattern[place % len(pattern)]
        if answer and reply.person.email != HEAD:
            answer_meeting(
                reply=reply,
                answer=MeetingReply.Answer(answer),
                apologies="A governors’ meeting of our own" if answer == "no" else None,
                by=reply.person,
                now=now,
            )


def _past(clock: DemoClock, body: Body, plan: Plan, by: Person) -> None:
    meeting = _prepared(clock, body, plan, by)
    prepared = meeting.starts_at - timedelta(days=plan.called_days_before + 1)
    _with_agenda(
        meeting,
        by,
        prepared,
        ("Welcome and apologies", AgendaItem.Purpose.INFORMATION, 5),
        ("What we agreed last time", AgendaItem.Purpose.INFORMATION, 15),
        ("Priorities of the coming half term", AgendaItem.Purpose.DISCUSSION, 40),
        ("Any other business", AgendaItem.Purpose.INFORMATION, 10),
    )
    upload = SimpleUploadedFile("notes.pdf", PAPER)
    item = meeting.items.get(position=2)
    add_paper(
        item=item,
        upload=upload,
        checked=checked(upload, max_bytes=len(PAPER)),
        title="Notes of the last meeting",
        by=by,
        now=prepared,
    )
    meeting = _called(meeting, plan, by)
    answered_at = meeting.starts_at - timedelta(days=5)
    _answered(meeting, PAST_PATTERN, answered_at)
    for reply in meeting.replies.filter(person__email=HEAD, answer="").select_related("person"):
        answer_meeting(
            reply=reply, answer=MeetingReply.Answer.YES, by=reply.person, now=answered_at
        )
    hold_meeting(meeting=meeting, by=by, now=meeting.ends_at + timedelta(hours=1))


def _coming(clock: DemoClock, body: Body, plan: Plan, by: Person) -> Meeting:
    meeting = _prepared(clock, body, plan, by)
    called_at = meeting.starts_at - timedelta(days=plan.called_days_before)
    _with_agenda(
        meeting,
        by,
        called_at,
        ("Welcome, apologies and declarations", AgendaItem.Purpose.INFORMATION, 5),
        ("Review days: who visits whom next term", AgendaItem.Purpose.DECISION, 25),
        ("Attendance after half term", AgendaItem.Purpose.DISCUSSION, 20),
        ("Any other business", AgendaItem.Purpose.INFORMATION, 10),
    )
    meeting = _called(meeting, plan, by)
    answered_at = min(called_at + timedelta(days=2), clock.now - timedelta(hours=2))
    _answered(meeting, COMING_PATTERN, answered_at)
    return meeting


def _hosted(body: Body, room: str, *, by_number: int) -> str:
    """A room in one of the body's schools."""
    seats = body.seats.exclude(school=None).select_related("school").order_by("pk")
    school = seats[by_number].school
    return f"{room}, {school}, {school.postcode}" if school else room


def _heads_year(clock: DemoClock, heads: Body, by: Person) -> int:
    place = _hosted(heads, "Library", by_number=2)
    ours = f"{short_name(heads.alliance)} heads’ meeting"
    hers = heads.alliance.slug == "oldham-schools-alliance"
    for title, days in ((f"{ours}: the new year", -70), (f"{ours}: budgets", -33)):
        _past(clock, heads, Plan(title, days, 13, 90, place), by)
    title = f"{ours}: rota, attendance and supply"
    soon = Plan(title, 11 if hers else 9, 13, 120, place, 24, 0 if hers else -2)
    first = _coming(clock, heads, soon, by)
    if hers:
        _paper_from_head(clock, first, by)
    later = Plan(f"{ours}: the spring term", 44, 13, 90, place, 50, 30)
    coming = _coming(clock, heads, later, by)
    if hers:
        _head_says_yes(clock, coming)
    if heads.alliance.slug == "dovestone-learning-partnership":
        moved_to = _moment(clock, Plan("", 51, 14, 90, ""))
        move_meeting(
            meeting=coming,
            starts_at=moved_to,
            ends_at=moved_to + timedelta(minutes=90),
            place="Parish hall, next to the school",
            by=by,
            now=clock.now - timedelta(days=1),
        )
    if heads.alliance.slug == "four-oaks-learning-trust":
        cancel_meeting(
            meeting=coming,
            because="The review days of that week need everybody.",
            by=by,
            now=clock.now - timedelta(days=1),
        )
    return 4


def _head_says_yes(clock: DemoClock, meeting: Meeting) -> None:
    reply = meeting.replies.select_related("person").get(person__email=HEAD)
    yes = MeetingReply.Answer.YES
    answer_meeting(reply=reply, answer=yes, by=reply.person, now=clock.now - timedelta(hours=20))


def _paper_from_head(clock: DemoClock, meeting: Meeting, by: Person) -> None:
    head = Person.objects.get(email=HEAD)
    item = add_item(
        meeting=meeting,
        title="What absence costs us: figures of six schools",
        purpose=AgendaItem.Purpose.DISCUSSION,
        presenter=head,
        minutes=20,
        paper_due_at=clock.at(3, 17),
        by=by,
        now=clock.now - timedelta(days=6),
    )
    move_item(item=item, is_up=True, by=by, now=clock.now - timedelta(days=6))


def _board_year(clock: DemoClock, board: Body, by: Person) -> int:
    hers = board.alliance.slug == "oldham-schools-alliance"
    place = "Town hall, committee room 2" if hers else _hosted(board, "Staff room", by_number=1)
    ours = f"{short_name(board.alliance)} strategic board"
    _past(clock, board, Plan(f"{ours}: what we owe each other", -48, 16, 90, place), by)
    _coming(
        clock,
        board,
        Plan(f"{ours}: spring priorities", 18 if hers else 23, 16, 90, place, 21, 5),
        by,
    )
    _prepared(clock, board, Plan(f"{ours}: the year’s accounts", 80, 16, 90, place), by)
    return 3
