"""What meetings said, decided and gave to do: for the pages of minutes and bodies, and for paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db.models import Q, QuerySet

from alliances.meetings.models import (
    Action,
    AgendaItem,
    Body,
    Decision,
    Meeting,
    Minute,
    MinuteDraft,
)
from alliances.meetings.models.actions import PUBLISHED
from alliances.meetings.permissions import can_read_confidential
from partnership.people.models import Person
from partnership.toolkit.statements import answer

MOST_ACTIONS = 100
DECISIONS_SHOWN = 10


@dataclass
class Part:
    """One item of the agenda, or the general part, with what was minuted under it."""

    item: AgendaItem | None
    number: int
    minute: Minute | None = None
    decisions: list[tuple[int, Decision]] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    draft: MinuteDraft | None = None

    @property
    def key(self) -> int:
        """The item's key; 0 is the general part."""
        return self.item.pk if self.item else 0

    @property
    def heading(self) -> str:
        """What stands above it."""
        return f"{self.number}. {self.item.title}" if self.item else "In general"

    @property
    def says_something(self) -> bool:
        """Whether anything was minuted under it."""
        return bool((self.minute and self.minute.text) or self.decisions or self.actions)


def _items(*, meeting: Meeting) -> QuerySet[AgendaItem]:
    return (
        AgendaItem.objects.filter(meeting=meeting).select_related("presenter").order_by("position")
    )


def _minutes(*, meeting: Meeting) -> QuerySet[Minute]:
    return Minute.objects.filter(meeting=meeting).select_related("written_by")


def _decisions(*, meeting: Meeting) -> QuerySet[Decision]:
    return Decision.objects.filter(meeting=meeting).order_by("pk")


def _given(*, meeting: Meeting) -> QuerySet[Action]:
    return Action.objects.filter(meeting=meeting).select_related("owner").order_by("pk")


def _drafts(*, meeting: Meeting, person: Person) -> QuerySet[MinuteDraft]:
    return MinuteDraft.objects.filter(meeting=meeting, person=person)


def parts_of(
    meeting: Meeting,
    *,
    with_confidential: bool,
    drafts_of: Person | None = None,
    given: Iterable[Action] | None = None,
) -> list[Part]:
    """The general part and each item in its place, in four queries, and one for drafts.

    Who has asked for the meeting's actions already gives them.

    Decisions are numbered through the meeting, those that a reader may not see counted too.
    """
    parts: dict[int | None, Part] = {None: Part(None, 0)}
    for number, item in enumerate(answer(_items, meeting=meeting), start=1):
        parts[item.pk] = Part(item, number)
    for minute in answer(_minutes, meeting=meeting):
        parts[minute.item_id].minute = minute
    numbers = count(1)
    for decision in answer(_decisions, meeting=meeting):
        parts[decision.item_id].decisions.append((next(numbers), decision))
    for action in answer(_given, meeting=meeting) if given is None else given:
        parts[action.item_id].actions.append(action)
    for draft in answer(_drafts, meeting=meeting, person=drafts_of) if drafts_of else ():
        parts[draft.item_id].draft = draft
    return [
        part
        for part in parts.values()
        if with_confidential or part.item is None or not part.item.is_confidential
    ]


def _around(*, body: int, meeting: Meeting, at: datetime) -> QuerySet[Action]:
    still = Q(done_at__isnull=True) | Q(done_at__gte=at)
    kept = Q(dropped_at__isnull=True) | Q(dropped_at__gte=at)
    before = still & kept & Q(given_at__lt=at)
    actions = Action.objects.filter(before | Q(meeting=meeting), body=body)
    return actions.select_related("owner", "meeting").order_by("due_at", "pk")[:MOST_ACTIONS]


@dataclass(frozen=True)
class Told:
    """What one reader is told of a meeting: its parts, and what earlier ones gave to do."""

    parts: list[Part]
    carried: list[Action]


def told_in(meeting: Meeting, person: Person, *, runs: bool, on: date) -> Told:
    """Its minutes as far as she may read them, in four queries; she may read the minutes already.

    What is confidential, and what earlier meetings gave, is for the body's members and who runs it.
    """
    told = {"body": meeting.body_id, "meeting": meeting, "at": meeting.starts_at}
    actions = answer(_around, **told)
    is_inside = runs or can_read_confidential(person, meeting, on)
    given = [action for action in actions if action.meeting_id == meeting.pk]
    carried = [
        action for action in actions if action not in given and (runs or is_published(action))
    ]
    parts = parts_of(meeting, with_confidential=is_inside, given=given)
    return Told(parts, carried if is_inside else [])


def is_published(action: Action) -> bool:
    """Whether members may see it: it comes from no meeting, or from minutes that were checked."""
    return action.meeting is None or action.meeting.minutes_state in PUBLISHED


def carried_to(meeting: Meeting, *, runs: bool) -> list[Action]:
    """Actions given before a meeting that were still to be done when it began.

    Those of minutes that nobody has checked yet are for who runs the body's meetings.
    """
    told = {"body": meeting.body_id, "meeting": meeting, "at": meeting.starts_at}
    return [
        action
        for action in answer(_around, **told)
        if action.meeting_id != meeting.pk and (runs or is_published(action))
    ]


@dataclass(frozen=True)
class Outcomes:
    """What a body has open, the next due first, and what it decided last."""

    actions: list[Action]
    decisions: list[Any]


def outcomes_of(body: Body, *, may_run: bool) -> Outcomes:
    """For the body's page, in two queries; its members and who runs it may read all of it."""
    return Outcomes(answer(_open, may_run, body=body), answer(_decided, body=body))


def _open(everything: bool, *, body: Body) -> QuerySet[Action]:  # noqa: FBT001 part of the statement's shape
    actions = Action.objects.open().filter(body=body)
    if not everything:
        actions = actions.filter(Q(meeting__isnull=True) | Q(meeting__minutes_state__in=PUBLISHED))
    return actions.select_related("owner").order_by("due_at", "pk")[:MOST_ACTIONS]


def _decided(*, body: Body) -> QuerySet[Decision]:
    decisions = Decision.objects.filter(meeting__body=body, meeting__minutes_state__in=PUBLISHED)
    latest = decisions.select_related("meeting").order_by("-meeting__starts_at", "-pk")
    return latest[:DECISIONS_SHOWN]
