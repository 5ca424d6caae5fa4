"""Telling a group's year by services: founded, called, answered, held, minuted, followed up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from alliances.meetings.demo.open_days import dates_in, open_day
from alliances.meetings.demo.stories import HEAD, SURE, Coming, Item, Past, Task
from alliances.meetings.models import Action, AgendaItem, Attendance, Body, Meeting, MeetingReply
from alliances.meetings.services import (
    add_item,
    add_paper,
    answer_meeting,
    call_meeting,
    prepare_meeting,
)
from alliances.meetings.services.actions import finish_action
from alliances.meetings.services.checking import check_minutes, give_to_chair
from alliances.meetings.services.minuting import Entry, NewAction, save_minutes
from alliances.meetings.services.registering import Mark, Marks, take_register
from alliances.schools.closures import next_open_days
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from partnership.toolkit.uploads import checked

Answer = MeetingReply.Answer
Came = Attendance.State
DAY = timedelta(days=1)
CAME = {Answer.YES: Came.PRESENT, Answer.MAYBE: Came.LATE, Answer.NO: Came.APOLOGIES}
APOLOGIES = "A governors’ meeting of our own"
SUBSTITUTE = "Our deputy headteacher"
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


class Teller:
    """Tells the meetings of one group; `by` calls them, and whoever takes its minutes does so."""

    def __init__(self, clock: DemoClock, body: Body, by: Person) -> None:
        self.clock = clock
        self.body = body
        self.by = by
        self.writer = body.minute_taker or by
        self.chair = body.lead or by
        self.dates = dates_in(body.alliance)

    def moment(self, days: int, hour: int) -> datetime:
        """That many days from today, on a school day: a past one before it, a coming one after."""
        wished = self.clock.at(days, hour)
        day = open_day(wished.date(), self.dates, is_ahead=days > 0)
        return wished + (day - wished.date())

    def prepare(self, story: Past | Coming, *, called_before: int) -> Meeting:
        """A draft with its agenda."""
        starts_at = self.moment(story.days, story.hour)
        now = min(starts_at - timedelta(days=called_before + 2), self.clock.now)
        meeting = prepare_meeting(
            body=self.body,
            title=story.title,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=story.minutes),
            place=self.body.usual_place,
            by=self.by,
            now=now,
        )
        self.put_on_agenda(meeting, story.items, now=now)
        return meeting

    def put_on_agenda(self, meeting: Meeting, items: Sequence[Item], *, now: datetime) -> None:
        """The items in their order; whoever calls the meeting presents what is presented."""
        for item in items:
            add_item(
                meeting=meeting,
                title=item.title,
                section=item.section,
                purpose=item.purpose,
                presenter=self.by if item.is_presented else None,
                minutes=item.minutes,
                is_confidential=item.is_confidential,
                by=self.by,
                now=now,
            )

    def coming(self, story: Coming) -> Meeting:
        """Called, and answered by some."""
        meeting = self.prepare(story, called_before=story.called_before)
        called_at = min(
            meeting.starts_at - timedelta(days=story.called_before), self.clock.now - 2 * DAY
        )
        meeting = call_meeting(meeting=meeting, by=self.by, now=called_at)
        answered_at = min(called_at + 2 * DAY, self.clock.now - timedelta(hours=2))
        self.answer(meeting, story.pattern, now=answered_at)
        return meeting

    def answer(self, meeting: Meeting, pattern: Sequence[str], *, now: datetime) -> None:
        """Answers of all but the head whose desk the demo shows, as the pattern says."""
        replies = meeting.replies.filter(answer="").select_related("person").order_by("pk")
        for place, reply in enumerate(replies.exclude(person__email=HEAD)):
            answer = Answer(pattern[place % len(pattern)])
            if answer == Answer.NONE:
                continue
            is_no = answer == Answer.NO
            answer_meeting(
                reply=reply,
                answer=answer,
                apologies=APOLOGIES if is_no else None,
                substitute=SUBSTITUTE if is_no and place // len(pattern) % 2 else None,
                by=reply.person,
                now=now,
            )

    def past(self, story: Past, *, with_paper: bool = False) -> Meeting:
        """Called four weeks before, held, and minuted as far as the story goes."""
        meeting = self.prepare(story, called_before=28)
        called_at = meeting.starts_at - 28 * DAY
        if with_paper:
            self.add_notes(meeting.items.get(position=2), now=called_at)
        meeting = call_meeting(meeting=meeting, by=self.by, now=called_at)
        self.answer(meeting, SURE, now=meeting.starts_at - 5 * DAY)
        self.head_comes(meeting, now=meeting.starts_at - 5 * DAY)
        if story.ends == "unheld":
            return meeting
        meeting = self.register(meeting)
        return meeting if story.ends == "none" else self.minute(meeting, story)

    def add_notes(self, item: AgendaItem, *, now: datetime) -> None:
        """A paper for an item."""
        upload = SimpleUploadedFile("notes.pdf", PAPER)
        add_paper(
            item=item,
            upload=upload,
            checked=checked(upload, max_bytes=len(PAPER)),
            title="Notes of the last meeting",
            by=self.by,
            now=now,
        )

    def head_comes(self, meeting: Meeting, *, now: datetime) -> None:
        """The head whose desk the demo shows has said yes."""
        for reply in meeting.replies.filter(person__email=HEAD).select_related("person"):
            answer_meeting(reply=reply, answer=Answer.YES, by=reply.person, now=now)

    def register(self, meeting: Meeting) -> Meeting:
        """Who came, as they had answered; of the silent every second one."""
        marks = {}
        for place, reply in enumerate(meeting.replies.filter(ended_at=None).order_by("pk")):
            silent = Came.PRESENT if place % 2 else Came.ABSENT
            state = CAME.get(Answer(reply.answer), silent)
            if reply.substitute:
                state = Came.SUBSTITUTE
            marks[reply.pk] = Mark(state, substitute=reply.substitute)
        return take_register(
            meeting=meeting,
            marks=Marks(replies=marks),
            then="hold",
            by=self.writer,
            now=meeting.ends_at + timedelta(minutes=10),
        )

    def minute(self, meeting: Meeting, story: Past) -> Meeting:
        """Written the day after, given to the chair, and checked unless the chair still has them."""
        written_at = meeting.starts_at + DAY
        people = self.people_of(meeting)
        entries = [
            self.entry(meeting, item, told, people)
            for item, told in zip(meeting.items.order_by("position"), story.items, strict=True)
        ]
        save_minutes(meeting=meeting, entries=entries, by=self.writer, now=written_at)
        for item in story.items:
            if item.task and item.task.done:
                self.finish(meeting, item.task)
        given_at = meeting.starts_at + 3 * DAY
        meeting = give_to_chair(meeting=meeting, by=self.writer, now=given_at)
        if story.ends == "checked":
            return check_minutes(meeting=meeting, by=self.chair, now=given_at + 2 * DAY)
        return meeting

    def people_of(self, meeting: Meeting) -> list[Person]:
        """Who was asked, each once."""
        replies = meeting.replies.select_related("person").order_by("pk")
        return list({reply.person_id: reply.person for reply in replies}.values())

    def entry(
        self, meeting: Meeting, item: AgendaItem, told: Item, people: Sequence[Person]
    ) -> Entry:
        """What is minuted under an item."""
        return Entry(
            item=item,
            text=told.said,
            decision=told.decided,
            action=self.given(meeting, told.task, people) if told.task else None,
        )

    def given(self, meeting: Meeting, task: Task, people: Sequence[Person]) -> NewAction:
        """An action under an item, due at five on a day on which the schools asked are open."""
        if isinstance(task.owner, int):
            owner = people[task.owner % len(people)]
        else:
            owner = next((one for one in people if one.email == task.owner), people[0])
        wished = (meeting.starts_at + timedelta(days=task.days)).replace(hour=17, minute=0)
        schools = meeting.replies.exclude(school=None).values_list("school", flat=True)
        days = next_open_days(schools, first=wished.date(), count=1)
        due_at = wished + (days[0] - wished.date())
        return NewAction(title=task.title, owner=owner, due_at=due_at)

    def finish(self, meeting: Meeting, task: Task) -> None:
        """Its owner has done it and says how."""
        action = Action.objects.select_related("owner").get(meeting=meeting, title=task.title)
        finish_action(
            action=action,
            note=task.done,
            by=action.owner,
            now=meeting.starts_at + timedelta(days=task.done_after),
        )
