from datetime import timedelta

import pytest

from support.programmes.permissions import rights_in
from support.progress.course import facts_of, terms_of
from support.progress.models import Held
from tests.factories.progress import (
    ConcernFactory,
    MeasureFactory,
    MeasureValueFactory,
    ObjectiveFactory,
    PauseFactory,
    PlacementFactory,
    PlanActionFactory,
    SustainCheckFactory,
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

    assert (found.plan_version, found.measures, found.visits_held, found.checks) == (None, 0, 0, 0)
    assert not found.is_plan_agreed
    assert not found.has_given("school")


def test_counts_are_of_this_programme_alone(begun):
    for factory in (TermReviewFactory, MeasureFactory, VisitFactory, PlacementFactory):
        factory()
    started = MeasureFactory(programme=begun.programme)
    MeasureFactory(programme=begun.programme, year_group="5")
    for measure, point in ((started, 0), (started, 1), (MeasureFactory(), 0)):
        MeasureValueFactory(measure=measure, point=point, actual=58)
    for state in (Held.PLANNED, Held.PLANNED, Held.HELD, Held.CANCELLED):
        VisitFactory(programme=begun.programme, state=state, note_by=NOW)
        PlacementFactory(programme=begun.programme, state=state)

    found = facts(begun, begun.head)

    assert (found.measures, found.baselines) == (2, 1)
    assert (found.visits_planned, found.visits_held, found.notes_missing) == (2, 1, 1)
    assert (found.placements, found.placements_held) == (3, 1)
    assert found.review_pk is None


def test_own_action_is_the_one_due_first_of_those_that_are_hers_and_open(begun):
    of_plan = {"objective": ObjectiveFactory(programme=begun.programme)}
    own = {**of_plan, "owner": begun.head}
    PlanActionFactory(due_at=NOW, **of_plan)
    PlanActionFactory(due_at=NOW, done_at=NOW, **own)
    PlanActionFactory(due_at=NOW + timedelta(days=3), **own)
    first = PlanActionFactory(due_at=NOW + timedelta(days=2), **own)

    found = facts(begun, begun.head)

    assert (found.own_action, found.own_action_due) == (first.pk, NOW + timedelta(days=2))


def test_what_waits_is_asked_for_as_long_as_it_can_wait(begun):
    ConcernFactory(programme=begun.programme, raised_by=begun.director)
    PauseFactory(programme=begun.programme, look_again_at=NOW)
    SustainCheckFactory(programme=begun.programme, number=1, due_at=NOW)

    seen = {}
    for state in ("open", "paused", "followed"):
        begun.programme.state = state
        for who in ("head", "director"):
            begun.programme.__dict__.pop("facts_kept", None)
            found = facts(begun, getattr(begun, who))
            seen[state, who] = (
                found.concern_to_reply is not None,
                found.look_again_at,
                found.check_due_at,
            )

    assert seen == {
        ("open", "head"): (True, None, None),
        ("open", "director"): (False, None, None),
        ("paused", "head"): (False, None, None),
        ("paused", "director"): (False, NOW, None),
        ("followed", "head"): (True, None, NOW),
        ("followed", "director"): (False, None, NOW),
    }


def test_own_note_is_the_readers(begun):
    held = {"programme": begun.programme, "state": Held.HELD, "note_by": NOW}
    mine = VisitFactory(visitor=begun.practitioner, **held)
    noted = VisitFactory(visitor=begun.practitioner, noted_at=NOW, **held)
    VisitNoteFactory(visit=noted, given_at=NOW, check_by=NOW)

    assert facts(begun, begun.practitioner).own_note == mine.pk
    begun.programme.__dict__.pop("facts_kept")
    other = facts(begun, begun.head)
    assert (other.own_note, other.notes_missing) == (None, 1)
    assert (other.note_to_check, other.note_check_by) == (noted.pk, NOW)


def test_sides_are_those_of_the_latest_review(begun):
    first = TermReviewFactory(programme=begun.programme, term=1, shown_at=NOW)
    latest = TermReviewFactory(programme=begun.programme, term=2)
    TermViewFactory(review=first, side="director", given_at=NOW)
    for side in ("school", "supporter"):
        TermViewFactory(review=latest, side=side, given_at=NOW)

    found = facts(begun, begun.head)

    assert (found.review_term, found.gave) == (2, {"school", "supporter"})
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
