"""A report on paper, as plain data: what stands there is what its readers see on the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from partnership.toolkit.spoken_dates import spoken_date, spoken_day, spoken_moment
from reviews.days.models import AgreedLabel, Report, ReportPart, Review
from reviews.days.parts.report import Section

DRAFT = "Draft. It isn’t released, and nobody but the team and the school’s headteacher reads it."
OWNER = "The school owns this report and decides who else reads it."


def report_facts(
    review: Review,
    report: Report,
    sections: Sequence[Section],
    labels: Sequence[AgreedLabel],
    *,
    now: datetime,
) -> dict[str, Any]:
    """What is printed: words and labels, and neither notes nor comments."""
    title = f"Review report: {review.school.name}"
    return {
        "title": title,
        "head": review.cycle.alliance.name,
        "foot": f"{title}, printed on {spoken_moment(now)}",
        "standing": _standing(review),
        "day": spoken_date(review.day.day) if review.day is not None else "",
        "opening": _paragraphs(report.opening),
        "sections": [
            {"heading": section.heading, "parts": [_part(part) for part in section.parts]}
            for section in sections
        ],
        "labels": [(str(label.theme), str(label.judgement)) for label in labels],
        "closing": _paragraphs(report.closing),
    }


def _part(part: ReportPart) -> dict[str, Any]:
    theme = str(part.theme) if part.theme is not None else ""
    return {"theme": theme, "lines": _paragraphs(part.words)}


def _standing(review: Review) -> str:
    if review.released_at is None:
        return DRAFT
    return f"Released to the school on {spoken_day(review.released_at)}. {OWNER}"


def _paragraphs(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
