"""A meeting's agenda as somebody may read it: sections, times, papers and what is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.db.models import QuerySet

from alliances.meetings.models import AgendaItem, Meeting, Paper
from alliances.meetings.permissions import (
    Rights,
    can_read_confidential_items,
    minute_writer_id,
)
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import spoken_clock
from partnership.toolkit.statements import answer


@dataclass(frozen=True)
class AgendaLine:
    """An item with the time it begins at, and whether its paper is still missing.

    Each of its papers stands beside whether the reader may take it away. `news` is "New" or
    "Changed" for what happened to it since the agenda was published.
    """

    item: AgendaItem
    begins: str
    papers: list[tuple[Paper, bool]]
    can_add_paper: bool
    news: str
    is_first: bool
    is_last: bool

    @property
    def key(self) -> str:
        """The item as an address names it."""
        return str(self.item.pk)

    @property
    def misses_paper(self) -> bool:
        """Whether a paper was asked for and isn't there."""
        return self.item.paper_due_at is not None and not self.papers


@dataclass(frozen=True)
class Agenda:
    """The items that somebody may read, and how far all of them fill the meeting."""

    lines: list[AgendaLine]
    allotted: int
    length: int
    is_published: bool
    hidden: int = 0
    sections: list[tuple[str, list[AgendaLine]]] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Minutes that no item has; negative when there are too many."""
        return self.length - self.allotted

    @property
    def percent(self) -> int:
        """How full it is, 100 at most."""
        return min(100, self.allotted * 100 // self.length) if self.length else 0


def _items(*, meeting: Meeting) -> QuerySet[AgendaItem]:
    items = AgendaItem.objects.filter(meeting=meeting).order_by("position")
    return items.select_related("presenter", "carried_from__meeting")


def _papers(*, meeting: Meeting) -> QuerySet[Paper]:
    return Paper.objects.filter(item__meeting=meeting).order_by("added_at", "pk")


def _items_with_papers(meeting: Meeting) -> list[tuple[AgendaItem, list[Paper]]]:
    items = answer(_items, meeting=meeting)
    papers: dict[int, list[Paper]] = {}
    for paper in answer(_papers, meeting=meeting) if items else ():
        papers.setdefault(paper.item_id, []).append(paper)
    return [(item, papers.get(item.pk, [])) for item in items]


def agenda_of(meeting: Meeting, person: Person, rights: Rights, *, on: date) -> Agenda:
    """The agenda in its order: what is confidential for the body's members and who runs it alone.

    Until it is published those who are asked see what they present themselves.
    """
    items = _items_with_papers(meeting)
    is_published = meeting.agenda_published_at is not None
    sees_all = rights.may_run or person.pk in {meeting.chair_id, minute_writer_id(meeting)}
    sees_confidential = sees_all or (
        any(item.is_confidential for item, _papers in items)
        and can_read_confidential_items(person, meeting, on)
    )
    is_open = meeting.state in Meeting.OPEN_STATES
    begins, lines = meeting.starts_at, []
    for place, (item, papers) in enumerate(items, start=1):
        item.meeting = meeting
        is_shown = sees_all or (is_published and (sees_confidential or not item.is_confidential))
        if is_shown or item.presenter_id == person.pk:
            ends = (place == 1, place == len(items))
            may_add = is_open and (rights.may_run or item.presenter_id == person.pk)
            kept = _removable(papers, person, may_add=may_add, may_run=rights.may_run)
            begun = spoken_clock(begins)
            lines.append(AgendaLine(item, begun, kept, may_add, news_of(item), *ends))
        begins += timedelta(minutes=item.minutes)
    return Agenda(
        lines,
        sum(item.minutes for item, _papers in items),
        meeting.minutes,
        is_published,
        hidden=len(items) - len(lines),
        sections=[
            (name, list(of_it)) for name, of_it in groupby(lines, lambda line: line.item.section)
        ],
    )


def _removable(
    papers: list[Paper], person: Person, *, may_add: bool, may_run: bool
) -> list[tuple[Paper, bool]]:
    """Papers, each beside whether she may take it away: her own, or any if she runs the meeting."""
    return [(each, may_add and (may_run or each.added_by_id == person.pk)) for each in papers]


def news_of(item: AgendaItem) -> str:
    """What happened to an item since the agenda was published, in a word."""
    published_at = item.meeting.agenda_published_at
    if published_at is None:
        return ""
    if item.added_at is not None and item.added_at > published_at:
        return "New"
    return "Changed" if item.changed_at is not None and item.changed_at > published_at else ""
