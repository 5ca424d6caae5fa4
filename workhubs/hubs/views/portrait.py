"""What a workhub's page shows of one year, gathered in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from alliances.meetings.models import Meeting, MeetingReply
from alliances.meetings.permissions import can_run_meetings_of
from alliances.schools.models import SchoolPost
from partnership.audit.history import History, history_of
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.statements import answer
from workhubs.hubs.models import (
    JoinRequest,
    Objective,
    Progress,
    Tally,
    WorkhubSchool,
    WorkhubYear,
)
from workhubs.hubs.permissions import can_edit_workhub, can_run_workhubs
from workhubs.hubs.views.around import Around, Line, around

NUMBERS = (
    "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
    "Twelve",
)  # fmt: skip


@dataclass(frozen=True)
class SchoolRow:
    """A school on the page: who speaks for it, and what the reader may do about it."""

    line: Line
    heads: str
    is_mine: bool
    may_answer: bool
    is_late: bool
    is_coming: bool


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective on the page, with the tone and sign of how it stands."""

    objective: Objective
    tone: str
    icon: str


@dataclass(frozen=True)
class MeetingRow:
    """A meeting on the page, and how many said yes."""

    meeting: Meeting
    coming: str


POST_COLUMNS = ("kind", "school_id", "person_id", "person__name", "school__name")
TONES = {
    Progress.NOT_STARTED: ("plain", "ring"),
    Progress.ON_TRACK: ("note", "done"),
    Progress.BEHIND: ("soon", "soon"),
    Progress.MET: ("done", "check"),
    Progress.NOT_MET: ("late", "late"),
}


def portrait(
    workhub_year: WorkhubYear,
    others: Sequence[WorkhubYear],
    person: Person,
    *,
    now: datetime,
    whole: bool,
) -> dict[str, Any]:
    """The page's nouns and flags for this person; `whole` shows all that ever happened."""
    today = timezone.localdate(now)
    is_open = not workhub_year.is_over(today)
    can_edit = can_edit_workhub(person, workhub_year, today)
    can_see_asked = can_edit or person.is_staff
    heads, works_at = heads_and_leads(workhub_year, on=today)
    found = around(workhub_year, person, on=today)
    places = [school_row(line, heads, person, now=now) for line in found.places]
    requests = [school_row(line, heads, person, now=now) for line in found.requests]
    standing = [row for row in places if row.line.stands(today)]
    asked = [row for row in places if row.line.is_unanswered] if is_open else []
    declined = [row for row in places if row.line.is_declined]
    objectives = objective_rows(workhub_year)
    return {
        "workhub_year": workhub_year,
        "workhub": workhub_year.workhub,
        "is_open": is_open,
        "is_coming": workhub_year.academic_year.first_day > today,
        "leads": leads_of(workhub_year, works_at),
        "schools_phrase": schools_phrase(len(standing)),
        "joined": standing,
        "people": found.people,
        "asked": asked if can_see_asked else [],
        "declined": declined if can_see_asked else [],
        "requests": requests if can_see_asked else [],
        "own_requests": [row for row in requests if row.may_answer],
        "to_answer": [row for row in asked + declined if row.may_answer and is_open],
        "to_leave": [row for row in standing if row.is_mine and row.line.ends_on is None],
        "may_ask_for": schools_to_ask_for(workhub_year, found, on=today) if is_open else [],
        "topics": topics_for(found, now, sees_all=can_edit),
        "may_propose": is_open and bool(found.mine),
        "objectives": objectives,
        "tally": Tally(Counter(row.objective.progress for row in objectives)),
        "meetings": meeting_rows(workhub_year, person, now=now),
        "other_years": others,
        "can_edit": can_edit,
        "can_change": can_edit and is_open,
        "can_call": is_open and can_call(workhub_year, person, can_edit=can_edit, on=today),
        "can_close": can_edit and may_close(workhub_year, person, on=today),
        "can_see_asked": can_see_asked,
        "history": history_of(workhub_year.workhub, whole=whole) if can_see_asked else History(),
    }


def can_call(workhub_year: WorkhubYear, person: Person, *, can_edit: bool, on: date) -> bool:
    """Whoever edits also calls the meetings, but for who leads a year that isn't the body's."""
    body = workhub_year.workhub.body
    if workhub_year.is_led_by(person) and person.pk not in {body.lead_id, body.deputy_id}:
        return can_run_meetings_of(person, body, on)
    return can_edit


def may_close(workhub_year: WorkhubYear, person: Person, *, on: date) -> bool:
    """Of those who edit, whoever does so by a post in the alliance's office."""
    return not workhub_year.is_led_by(person) or can_run_workhubs(person, workhub_year.workhub, on)


def leads_of(workhub_year: WorkhubYear, works_at: dict[int, str]) -> list[tuple[str, str]]:
    """Lead and deputy by name, each with the part and the school."""
    named = ((workhub_year.lead, "Lead"), (workhub_year.deputy, "Deputy"))
    return [
        (person.name, "; ".join(filter(None, (part, works_at.get(person.pk, "")))))
        for person, part in named
        if person is not None
    ]


def schools_to_ask_for(workhub_year: WorkhubYear, found: Around, *, on: date) -> list[Line]:
    """The reader's own schools that neither take part nor are asked, nor have asked."""
    if not workhub_year.takes_requests:
        return []
    known = {line.school_id for line in found.requests}
    known |= {line.school_id for line in found.places if line.is_unanswered or line.stands(on)}
    return [line for line in found.mine if line.school_id not in known]


def topics_for(found: Around, now: datetime, *, sees_all: bool) -> list[tuple[Line, bool]]:
    """Topics that wait, each with whether it is late: all of them, or her own schools'."""
    own = {line.school_id for line in found.mine}
    return [
        (line, line.answer_by is not None and line.answer_by < now)
        for line in found.topics
        if sees_all or line.school_id in own
    ]


def school_row(
    line: Line, heads: dict[int, dict[int, str]], person: Person, *, now: datetime
) -> SchoolRow:
    """A place or a request with who speaks for the school."""
    names = heads.get(line.school_id or 0, {})
    is_mine = person.pk in names
    is_late = line.is_unanswered and line.answer_by is not None and line.answer_by < now
    return SchoolRow(
        line=line,
        heads=", ".join(names.values()),
        is_mine=is_mine,
        may_answer=is_mine or line.is_for_head,
        is_late=is_late,
        is_coming=line.starts_on is not None and line.starts_on > timezone.localdate(now),
    )


def objective_rows(workhub_year: WorkhubYear) -> list[ObjectiveRow]:
    """The year's objectives in their order."""
    objectives = answer(_objectives, workhub_year=workhub_year)
    return [ObjectiveRow(each, *TONES[Progress(each.progress)]) for each in objectives]


def _objectives(*, workhub_year: WorkhubYear) -> QuerySet[Objective]:
    return Objective.objects.filter(workhub_year=workhub_year).order_by("position", "pk")


def schools_phrase(count: int) -> str:
    """Eleven schools."""
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} school" if count == 1 else f"{number} schools"


def _posts_around(
    *, workhub_year: WorkhubYear, lead: int, deputy: int, on: date
) -> QuerySet[SchoolPost]:
    """Heads of the schools in question, and whatever lead and deputy are."""
    places = WorkhubSchool.objects.filter(workhub_year=workhub_year).values("school")
    requests = JoinRequest.objects.open().filter(workhub_year=workhub_year).values("school")
    schools = places.union(requests, all=True)
    heads = SchoolPost.objects.of_heads().filter(school__in=schools).values("pk")
    leads = SchoolPost.objects.filter(person=lead).values("pk")
    deputies = SchoolPost.objects.filter(person=deputy).values("pk")
    posts = SchoolPost.objects.on(on).filter(pk__in=heads.union(leads, deputies, all=True))
    named = posts.select_related("person", "school").only(*POST_COLUMNS)
    return named.order_by("school__name", "pk")


def heads_and_leads(
    workhub_year: WorkhubYear, *, on: date
) -> tuple[dict[int, dict[int, str]], dict[int, str]]:
    """Today's heads of the schools in question, by school; and where lead and deputy work."""
    lead, deputy = workhub_year.lead_id or 0, workhub_year.deputy_id or 0
    posts = answer(_posts_around, workhub_year=workhub_year, lead=lead, deputy=deputy, on=on)
    heads: dict[int, dict[int, str]] = {}
    works_at: dict[int, dict[int, str]] = {}
    for post in posts:
        if post.kind in SchoolPost.HEADS:
            heads.setdefault(post.school_id, {})[post.person_id] = post.person.name
        if post.person_id in {lead, deputy}:
            works_at.setdefault(post.person_id, {})[post.school_id] = post.school.name
    return heads, {person: ", ".join(schools.values()) for person, schools in works_at.items()}


def _meetings(
    *, person: Person, body: int, starts_from: datetime, starts_until: datetime, on: date
) -> QuerySet[Meeting]:
    asked = MeetingReply.objects.filter(meeting=OuterRef("pk"), ended_at=None)
    return (
        Meeting.objects.visible_to(person, on=on)
        .filter(body=body, starts_at__gte=starts_from, starts_at__lt=starts_until)
        .annotate(asked=counted(asked), yes=counted(asked.filter(answer=MeetingReply.Answer.YES)))
        .order_by("starts_at", "pk")
    )


def counted(replies: QuerySet[MeetingReply]) -> Coalesce:
    """How many replies to a meeting there are, of those given."""
    counts = replies.order_by().values("meeting").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counts, output_field=IntegerField()), Value(0))


def meeting_rows(workhub_year: WorkhubYear, person: Person, *, now: datetime) -> list[MeetingRow]:
    """The year's meetings that she may see: coming ones first, then past ones, the newest first."""
    year = workhub_year.academic_year
    meetings = answer(
        _meetings,
        person=person,
        body=workhub_year.workhub.body_id,
        starts_from=datetime.combine(year.first_day, time.min, tzinfo=UK),
        starts_until=datetime.combine(year.next.first_day, time.min, tzinfo=UK),
        on=timezone.localdate(now),
    )
    coming = [meeting for meeting in meetings if meeting.starts_at >= now]
    past = [meeting for meeting in reversed(meetings) if meeting.starts_at < now]
    return [_meeting_row(meeting) for meeting in [*coming, *past]]


def _meeting_row(meeting: Any) -> MeetingRow:
    coming = f"{meeting.yes} of {meeting.asked}" if meeting.asked else "–"
    return MeetingRow(meeting=meeting, coming=coming)
