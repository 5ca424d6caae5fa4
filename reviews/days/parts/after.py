"""What came after a report: its areas for development, with actions and what changed in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from partnership.toolkit.statements import answer
from reviews.days.models import (
    CheckBack,
    CheckBackAnswer,
    Meaning,
    ReportPart,
    Review,
    ReviewAction,
    Workshop,
)

TONES: dict[str, str] = {
    CheckBackAnswer.Extent.MUCH: "done",
    CheckBackAnswer.Extent.SOME: "note",
    CheckBackAnswer.Extent.NOTHING: "soon",
}


@dataclass(frozen=True)
class Area:
    """An area for development, by what it is called in a list, and what is said to have changed."""

    part: ReportPart
    name: str
    answer: CheckBackAnswer | None = None

    @property
    def tone(self) -> str:
        """How its extent looks."""
        return TONES.get(self.answer.extent, "plain") if self.answer is not None else "soon"


@dataclass(frozen=True)
class ActionLine:
    """An action, the area that it belongs to, and whether it should be done by now."""

    action: ReviewAction
    area: str
    now: datetime

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        due_at = self.action.due_at
        return self.action.done_at is None and due_at is not None and due_at < self.now

    @property
    def who(self) -> str:
        """Whose it is."""
        owner = self.action.owner
        return str(owner) if owner is not None else self.action.owner_words


def _areas(*, review: int) -> QuerySet[ReportPart]:
    parts = ReportPart.objects.filter(report__review=review, meaning=Meaning.DEVELOPMENT)
    return parts.select_related("theme").order_by("place", "pk")


def _answers(*, review: int) -> QuerySet[CheckBackAnswer]:
    return CheckBackAnswer.objects.filter(check_back__review=review).order_by("pk")


def _actions(*, review: int) -> QuerySet[ReviewAction]:
    actions = ReviewAction.objects.filter(review=review).select_related("owner")
    return actions.order_by("due_at", "pk")


def areas_of(review: Review) -> list[Area]:
    """In the report's order; those of one theme are told apart by their numbers."""
    parts: list[ReportPart] = answer(_areas, review=review.pk)
    return [Area(part, _named(part, number)) for number, part in enumerate(parts, start=1)]


def _named(part: ReportPart, number: int) -> str:
    return f"{number}. {part.theme}" if part.theme is not None else f"Area {number}"


def areas_with_answers(review: Review) -> list[Area]:
    """The same, each with what is said to have changed."""
    answers = {found.part_id: found for found in answer(_answers, review=review.pk)}
    return [Area(area.part, area.name, answers.get(area.part.pk)) for area in areas_of(review)]


def actions_of(review: Review, areas: list[Area], now: datetime) -> list[ActionLine]:
    """What is to be done first, first."""
    names = {area.part.pk: area.name for area in areas}
    found: list[ReviewAction] = answer(_actions, review=review.pk)
    return [
        ActionLine(action, names.get(action.part_id or 0, ""), now)
        for action in sorted(found, key=lambda each: each.done_at is not None)
    ]


def workshop_if_begun(review: Review) -> Workshop | None:
    """The workshop of a review that was loaded with it."""
    return getattr(review, "workshop", None)


def check_back_if_begun(review: Review) -> CheckBack | None:
    """The check-back of a review that was loaded with it."""
    return getattr(review, "check_back", None)
