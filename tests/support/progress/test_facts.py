from datetime import timedelta

import pytest

from support.programmes.permissions import rights_in
from support.progress.course import facts_of, terms_of
from support.progress.models import Held
from tests.factories.progress import (
    MeasureFactory,
    ObjectiveFactory,
    PlanActionFactory,
    TermReviewFactory,
    TermViewFactory,
    VisitFactory,
    VisitNoteFactory,
)
from tests.support.progress.begun import NOW, TERMS, TODAY, make_begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return make_begun()


def facts(begun, person):
    return facts_of(rights_in(person, begun.programme, TODAY), NOW)


def test_nothing_is_done_at_the_start(begun):
    found = facts(begun, begun.head)

    assert (found.plan_version, found.objectives, found.visits_held, found.checks) == (
        None,
        0,
        0,
        0,
    )
    assert not found.is_plan_agreed
    assert not found.has_given("school")


def test_counts_are_of_this_programme_alone(begun):
    TermReviewFactory()
    for focus in ("teaching", "curriculum"):
        objective = ObjectiveFactory(programme=begun.programme, focus=focus)
        PlanActionFactory(objective=objective, due_at=NOW - timedelta(days=1))
    MeasureFactory(programme=begun.programme)
    ObjectiveFactory()

    found = facts(begun, begun.head)

    assert (found.objectives, found.at_least_one) == (2, 1)
    assert (found.open_actions, found.late_actions, found.measures) == (2, 2, 1)
    assert found.review_pk is None


def test_own_note_is_the_readers(begun):
    held = {"programme": begun.programme, "state": Held.HELD, "note_by": NOW}
    mine = VisitFactory(visitor=begun.practitioner, **held)
    VisitNoteFactory(visit=VisitFactory(visitor=begun.practitioner, **held), given_at=NOW)

    assert facts(begun, begun.practitioner).own_note == mine.pk
    begun.programme.__dict__.pop("facts_kept")
    other = facts(begun, begun.head)
    assert (other.own_note, other.notes_missing, other.notes_to_check) == (None, 1, 1)


def test_sides_are_those_of_the_latest_review(begun):
    first = TermReviewFactory(programme=begun.programme, term=1, shown_at=NOW)
    latest = TermReviewFactory(programme=begun.programme, term=2)
    TermViewFactory(review=first, side="director", given_at=NOW)
    TermViewFactory(review=latest, side="school", given_at=NOW)

    found = facts(begun, begun.head)

    assert (found.review_term, found.review_sides) == (2, 1)
    assert (found.has_given("school"), found.has_given("director")) == (True, False)


def test_terms_are_those_of_the_signed_agreement(begun):
    terms = terms_of(begun.programme)

    assert [(term.starts_on, term.ends_on) for term in terms.all] == TERMS
    assert terms.midpoint == 3
    assert terms.now(TODAY) is None
    assert terms.now(TERMS[1][0]).number == 2
    assert terms.now(TERMS[0][1] + timedelta(days=5)).number == 1
    assert terms.now(TERMS[4][1] + timedelta(days=5)) is None
    assert terms.numbered(1).name == "Spring term 2027"
