"""A programme in its first term, with a plan that both schools agreed to."""

from datetime import UTC, datetime, timedelta

from partnership.calendar.days import UK
from support.progress.services import keep_term_view, open_review
from tests.factories.progress import ObjectiveFactory, PlanFactory
from tests.support.progress.begun import TERMS, make_begun

LAST_DAY = TERMS[0][1]
BEFORE_END = datetime(2027, 3, 15, 10, tzinfo=UTC)
DUE = datetime(2027, 3, 25, 17, tzinfo=UK)
SIDES = ("school", "supporter", "director")


def make_planned(*, objectives=2, **facts):
    """As `make_begun`; `objectives` are its objectives in their order."""
    made = make_begun(**facts)
    PlanFactory(programme=made.programme, agreed_at=BEFORE_END - timedelta(days=30))
    made.objectives = [ObjectiveFactory(programme=made.programme) for _n in range(objectives)]
    return made


def make_reviewed(*, term=1, now=BEFORE_END, **facts):
    """As `make_planned`, with the review of a term open."""
    made = make_planned(**facts)
    made.review = open_review(programme=made.programme, term=term, by=None, now=now)
    return made


def people_of(made):
    return {"school": made.head, "supporter": made.supporting_head, "director": made.director}


def give(made, side, *courses, is_given=True, now=BEFORE_END, words="", **told):
    """One side's view: a course for each objective in their order."""
    courses = courses or ("on_course",) * len(made.objectives)
    ratings = {
        objective.pk: (course, f"{side} knows of {course}")
        for objective, course in zip(made.objectives, courses, strict=True)
    }
    return keep_term_view(
        review=made.review,
        side=side,
        ratings=ratings,
        overall="on_course",
        words=words or f"What {side} sees.",
        is_given=is_given,
        by=people_of(made)[side],
        now=now,
        **told,
    )


def give_all(made, *, now=BEFORE_END, **courses):
    for side in SIDES:
        give(made, side, *courses.get(side, ()), now=now)
    made.review.refresh_from_db()
    return made.review
