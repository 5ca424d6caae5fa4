"""The swift review on the programme's page: both views side by side, the reply, the judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from partnership.toolkit.statements import answer
from support.programmes.models import (
    MEANINGS,
    Programme,
    Rating,
    ReviewView,
    Stage,
    SwiftReview,
)
from support.programmes.parts.part import Part
from support.programmes.permissions import Rights

Side = ReviewView.Side
IN_SHORT = {Side.SCHOOL.value: "School", Side.ASSESSOR.value: "Assessor"}
RATED = {
    "capacity": "Capacity to improve",
    "leadership": "Readiness of leadership",
    "early_years": "Potential in early years",
    "year_2": "Potential in Year 2",
    "year_6": "Potential in Year 6",
    "disadvantaged": "Potential for disadvantaged pupils",
}
TONES: dict[str, tuple[str, str]] = {
    Rating.SECURE: ("done", "Secure"),
    Rating.GROWING: ("soon", "Growing"),
    Rating.FRAGILE: ("late", "Fragile"),
    Rating.NOT_KNOWN: ("plain", "Not known"),
    "": ("plain", "Not said yet"),
}


PARTS_OF_REVIEW = ("assessor", "replied_by", "judged_by")


class Needed(NamedTuple):
    """One need by area in a view, in words."""

    area_id: int
    area: str
    words: str


@dataclass(frozen=True)
class ShownView:
    """One side's view as somebody may read it."""

    view: ReviewView
    needs: list[Needed]

    @property
    def is_draft(self) -> bool:
        """Whether it isn't given yet."""
        return self.view.submitted_at is None


def meanings() -> list[tuple[str, str]]:
    """Each word of a rating with what it means."""
    return [(Rating(code).label, words) for code, words in MEANINGS.items()]


def _views(*, programme: Programme) -> QuerySet[ReviewView]:
    """Each view once for every need that it names, or once with none."""
    views = ReviewView.objects.filter(review__programme=programme)
    named = {
        "area": F("needs__area"),
        "area_name": F("needs__area__name"),
        "words": F("needs__words"),
    }
    people = [f"review__{part}" for part in PARTS_OF_REVIEW]
    joined = views.annotate(**named).select_related("written_by", *people)
    return joined.order_by("-side", "pk", "needs__pk")


def _reviews(*, programme: Programme) -> QuerySet[SwiftReview]:
    reviews = SwiftReview.objects.filter(programme=programme)
    return reviews.select_related(*PARTS_OF_REVIEW)


def views_for(rights: Rights) -> list[ShownView]:
    """Both sides' views, a draft only for whoever writes it."""
    drafts_of = {Side.SCHOOL.value: rights.is_of_school, Side.ASSESSOR.value: rights.is_of_alliance}
    found: dict[int, ShownView] = {}
    for view in answer(_views, programme=rights.programme):
        shown = found.setdefault(view.pk, ShownView(view, []))
        if view.area is not None:
            shown.needs.append(Needed(view.area, view.area_name, view.words))
    return [
        shown
        for shown in found.values()
        if not shown.is_draft or drafts_of[ReviewView.Side(shown.view.side)]
    ]


def ratings_of(views: Sequence[ShownView]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """A line for each rating: what it is of, and each side with what it says."""
    return [
        (
            label,
            [(IN_SHORT[shown.view.side], *TONES[getattr(shown.view, name)]) for shown in views],
        )
        for name, label in RATED.items()
    ]


def review(rights: Rights, now: datetime) -> Part | None:
    """What the review has found so far, for those who may read it."""
    programme = rights.programme
    if not rights.sees_review or programme.answered_at is None:
        return None
    views = views_for(rights)
    found = [views[0].view.review] if views else []
    if not views and programme.own_view_at is None:
        found = answer(_reviews, programme=programme)
    if not found:
        return None
    nouns: Mapping[str, Any] = {
        "programme": programme,
        "review": found[0],
        "views": views,
        "ratings": ratings_of(views) if views else [],
        "meanings": meanings(),
        "is_late": programme.judged_at is None and found[0].due_at < now,
        "act": turn_of(rights),
    }
    return Part("programmes/includes/_review.html", dict(nouns))


def turn_of(rights: Rights) -> tuple[str, str] | None:
    """The page where she does what the review waits for, and what the button says."""
    programme = rights.programme
    if programme.state == Programme.State.WATCHED and rights.is_of_alliance:
        return "programmes:review_again", "Look at it again"
    turns: dict[Stage, tuple[bool, str, str]] = {
        Stage.OWN_VIEW: (
            rights.may_write_for_school,
            "programmes:review_own_view",
            "Write your own view",
        ),
        Stage.ASSESSMENT: (
            rights.may_direct,
            "programmes:review_assess",
            "Write the assessor’s view",
        ),
        Stage.REPLY: (rights.may_write_for_school, "programmes:review_reply", "Reply"),
        Stage.JUDGEMENT: (rights.may_direct, "programmes:review_judge", "Decide the approach"),
    }
    is_hers, page, words = turns.get(programme.stage_now, (False, "", ""))
    return (page, words) if is_hers else None
