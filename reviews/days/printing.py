"""The pack for the day on paper: what host and team take along, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.spoken_dates import spoken_clock, spoken_moment, spoken_span
from partnership.toolkit.statements import answer
from reviews.cycles.models import Theme
from reviews.days.models import Review, ReviewFile
from reviews.days.parts.preparation import TeamLine, files_of, team_lines
from reviews.days.parts.timetable import timetable_of
from reviews.days.permissions import ReviewRights

SAFEGUARDING = (
    "A child may be at risk? Nothing of it belongs in the portal or on this paper. In danger: 999. "
    "Else ring the safeguarding lead at once."
)


@dataclass(frozen=True)
class Pack:
    """All that belongs to one review day, as host and team may read it."""

    review: Review
    entries: list[Any]
    team: list[TeamLine]
    files: list[ReviewFile]
    themes: list[Theme]

    @property
    def when(self) -> str:
        """From its first morning to its last afternoon."""
        day = self.review.day
        return spoken_span(day.starts_at, day.ends_at) if day is not None else ""

    @property
    def planning(self) -> str:
        """When host and team planned it, and where."""
        review = self.review
        if review.planning_starts_at is None:
            return ""
        when = spoken_span(review.planning_starts_at, review.planning_ends_at)
        return ", ".join(part for part in (when, review.planning_place) if part)

    @property
    def contacts(self) -> list[tuple[str, str]]:
        """Whom to ring, those that are named."""
        review = self.review
        lead = ", ".join(part for part in (review.contact_name, review.contact_telephone) if part)
        found = (
            ("Safeguarding lead", lead),
            ("Deputy safeguarding lead", review.deputy_contact),
            ("Chair of governors", review.chair_contact),
            ("Local authority’s designated officer (LADO)", review.lado_contact),
        )
        return [(words, said) for words, said in found if said]


def _themes(*, framework: int) -> QuerySet[Theme]:
    return Theme.objects.filter(framework=framework).order_by("place", "pk")


def pack_of(rights: ReviewRights) -> Pack:
    """The pack of a review whose preparation she may read."""
    review = rights.review
    framework = review.cycle.framework_id
    return Pack(
        review=review,
        entries=timetable_of(review),
        team=team_lines(rights),
        files=files_of(review),
        themes=answer(_themes, framework=framework) if framework is not None else [],
    )


def pack_facts(pack: Pack, *, now: datetime) -> dict[str, Any]:
    """The same for the PDF."""
    review = pack.review
    return {
        "title": f"Review day at {review.school.name}",
        "head": f"{review.cycle.alliance.name} · {review.cycle.name}",
        "foot": f"Between host and team, printed on {spoken_moment(now)}",
        "facts": [pair for pair in _facts(pack) if pair[1]],
        "safeguarding": SAFEGUARDING,
        "contacts": pack.contacts,
        "focus": review.focus,
        "lines": review.enquiries,
        "agreed": [line.strip() for line in review.planning_agreed.split("\n") if line.strip()],
        "days": list(_days(pack.entries)),
        "team": [(line.person, line.school, "Leads" if line.is_lead else "") for line in pack.team],
        "files": [(file.title, "Yes" if file.is_reading else "No") for file in pack.files],
        "themes": [{"name": theme.name, "prompts": theme.prompt_lines} for theme in pack.themes],
    }


def _facts(pack: Pack) -> list[tuple[str, str]]:
    return [
        ("When", pack.when),
        ("Where", pack.review.school.address),
        ("Planning meeting", pack.planning),
    ]


def _days(entries: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """The timetable, day by day."""
    by_number: dict[int, list[tuple[str, str, str, str]]] = {}
    for entry in entries:
        hours = f"{spoken_clock(entry.starts_time)} to {spoken_clock(entry.ends_time)}"
        what = f"{entry.title}, {entry.place}" if entry.place else entry.title
        partner = entry.partner or ("Nobody yet" if entry.needs_partner else "–")
        by_number.setdefault(entry.number, []).append((hours, what, entry.who, partner))
    for number, lines in by_number.items():
        heading = "Timetable" if len(by_number) == 1 else f"Timetable of day {number}"
        yield {"heading": heading, "lines": lines}
