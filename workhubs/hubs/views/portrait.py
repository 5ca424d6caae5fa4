"""What a workhub's page shows of one year, gathered in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from alliances.meetings.models import Meeting, MeetingReply
from alliances.meetings.permissions import can_run_meetings_of
from alliances.schools.models import Delegation, SchoolPost
from partnership.audit.history import History, history_of
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.statements import answer
from workhubs.hubs.models import WorkhubSchool, WorkhubYear
from workhubs.hubs.permissions import can_edit_workhub

NUMBERS = (
    "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
    "Twelve",
)  # fmt: skip


@dataclass(frozen=True)
class PlaceRow:
    """A school on the page: who speaks for it, and what the reader may do about it."""

    place: WorkhubSchool
    heads: str
    is_mine: bool
    may_answer: bool
    is_late: bool


@dataclass(frozen=True)
class MeetingRow:
    """A meeting on the page, and how many said yes."""

    meeting: Meeting
    coming: str


POST_COLUMNS = ("kind", "school_id", "person_id", "person__name", "school__name")
PLACE_COLUMNS = (
    *(field.attname for field in WorkhubSchool._meta.concrete_fields),
    *("school__urn", "school__name", "school__town", "invited_by__name"),
)


def portrait(
    workhub_year: WorkhubYear, person: Person, *, now: datetime, whole: bool
) -> dict[str, Any]:
    """The page's nouns and flags for this person; `whole` shows all that ever happened."""
    today = timezone.localdate(now)
    can_edit = can_edit_workhub(person, workhub_year, today)
    can_see_asked = can_edit or person.is_staff
    heads, lead_works_at = heads_and_lead(workhub_year, on=today)
    places = place_rows(workhub_year, heads, person, now=now)
    joined = [row for row in places if row.place.is_joined(today)]
    asked = [row for row in places if row.place.is_unanswered]
    declined = [row for row in places if row.place.is_declined]
    return {
        "workhub_year": workhub_year,
        "workhub": workhub_year.workhub,
        "lead_works_at": lead_works_at,
        "schools_phrase": schools_phrase(len(joined)),
        "joined": joined,
        "asked": asked if can_see_asked else [],
        "declined": declined if can_see_asked else [],
        "to_answer": [row for row in asked + declined if row.may_answer],
        "to_leave": [row for row in joined if row.is_mine and row.place.left_on is None],
        "meetings": meeting_rows(workhub_year, person, now=now),
        "other_years": other_years(workhub_year),
        "can_edit": can_edit,
        "can_call": can_call(workhub_year, person, can_edit=can_edit, on=today),
        "can_see_asked": can_see_asked,
        "history": history_of(workhub_year.workhub, whole=whole) if can_see_asked else History(),
    }


def can_call(workhub_year: WorkhubYear, person: Person, *, can_edit: bool, on: date) -> bool:
    """Whoever edits also calls the meetings, but for the lead of a year that is over."""
    if workhub_year.lead_id == person.pk:
        return can_run_meetings_of(person, workhub_year.workhub.body, on)
    return can_edit


def schools_phrase(count: int) -> str:
    """Eleven schools."""
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} school" if count == 1 else f"{number} schools"


def place_rows(
    workhub_year: WorkhubYear, heads: dict[int, dict[int, str]], person: Person, *, now: datetime
) -> list[PlaceRow]:
    """Every place that stands or is asked for, by the school's name."""
    told = {"workhub_year": workhub_year, "person": person, "on": timezone.localdate(now)}
    rows = []
    for place in answer(_places, **told):
        names = heads.get(place.school_id, {})
        is_mine = person.pk in names
        rows.append(
            PlaceRow(
                place=place,
                heads=", ".join(names.values()),
                is_mine=is_mine,
                may_answer=is_mine or place.is_for_head,
                is_late=place.is_unanswered and place.answer_by < now,
            )
        )
    return rows


def _places(*, workhub_year: WorkhubYear, person: Person, on: date) -> QuerySet[WorkhubSchool]:
    held = Delegation.objects.held_by(person, Delegation.Kind.REPLIES, on=on)
    for_head = Exists(held.filter(school=OuterRef("school")))
    places = WorkhubSchool.objects.filter(workhub_year=workhub_year, withdrawn_at=None)
    rows = places.select_related("school", "invited_by").annotate(is_for_head=for_head)
    rows = rows.only(*PLACE_COLUMNS)
    return rows.order_by("school__name", "pk")


def _posts_around(*, workhub_year: WorkhubYear, lead: int, on: date) -> QuerySet[SchoolPost]:
    """Heads of the schools in question, and whatever the lead is."""
    places = WorkhubSchool.objects.filter(workhub_year=workhub_year).values("school")
    heads = SchoolPost.objects.of_heads().filter(school__in=places).values("pk")
    leads = SchoolPost.objects.filter(person=lead).values("pk")
    posts = SchoolPost.objects.on(on).filter(pk__in=heads.union(leads, all=True))
    named = posts.select_related("person", "school").only(*POST_COLUMNS)
    return named.order_by("school__name", "pk")


def heads_and_lead(workhub_year: WorkhubYear, *, on: date) -> tuple[dict[int, dict[int, str]], str]:
    """Today's heads of the schools in question, by school; and the schools where the lead works."""
    lead = workhub_year.lead_id or 0
    posts = answer(_posts_around, workhub_year=workhub_year, lead=lead, on=on)
    heads: dict[int, dict[int, str]] = {}
    works_at: dict[int, str] = {}
    for post in posts:
        if post.kind in SchoolPost.HEADS:
            heads.setdefault(post.school_id, {})[post.person_id] = post.person.name
        if post.person_id == workhub_year.lead_id:
            works_at[post.school_id] = post.school.name
    return heads, ", ".join(works_at.values())


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


def other_years(workhub_year: WorkhubYear) -> Iterable[WorkhubYear]:
    """The workhub's other years, the newest first."""
    years: list[WorkhubYear] = answer(_years, workhub=workhub_year.workhub_id)
    return [year for year in years if year.pk != workhub_year.pk]


def _years(*, workhub: int) -> QuerySet[WorkhubYear]:
    years = WorkhubYear.objects.filter(workhub=workhub)
    return years.select_related("workhub").order_by("-year")
