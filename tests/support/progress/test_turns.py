from datetime import timedelta

import pytest

from support.programmes.models import Programme
from support.programmes.permissions import rights_in
from support.progress.models import Held, Plan
from support.progress.parts.turns import turn
from tests.factories.progress import (
    ConcernFactory,
    EndingFactory,
    FinalViewFactory,
    SustainCheckFactory,
    TermReviewFactory,
    TermViewFactory,
    VisitFactory,
    VisitNoteFactory,
)
from tests.support.progress.begun import NOW, TODAY, make_begun
from tests.support.progress.planned import adds, agrees, begins

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made():
    return make_begun()


@pytest.fixture
def agreed(made):
    begins(made)
    adds(made)
    agrees(made)
    return made


def waits(made, person):
    """The end of the address that leads to what waits, and whether it is late."""
    programme = Programme.objects.get(pk=made.programme.pk)
    part = turn(rights_in(person, programme, TODAY), NOW)
    if part is None:
        return None
    step = part.nouns["turn"]
    return step.url.removeprefix(f"/support/{programme.pk}/"), step.is_late


def test_both_heads_begin_the_plan_and_then_the_other_one_agrees(made):
    begin = ("plan/", False)
    assert [waits(made, each) for each in (made.head, made.supporting_head)] == [begin, begin]
    assert waits(made, made.director) is None

    begins(made)
    adds(made)
    assert waits(made, made.head) is None
    assert waits(made, made.supporting_head) == ("plan/", False)

    Plan.objects.update(agree_by=NOW - DAY)
    assert waits(made, made.supporting_head) == ("plan/", True)
    agrees(made)
    assert waits(made, made.supporting_head) is None


def test_whoever_came_writes_her_note_and_the_head_checks_it(agreed):
    held = {"programme": agreed.programme, "state": Held.HELD, "note_by": NOW - DAY}
    visit = VisitFactory(visitor=agreed.practitioner, **held)
    assert waits(agreed, agreed.practitioner) == (f"visits/{visit.pk}/note/", True)
    assert waits(agreed, agreed.head) is None

    VisitNoteFactory(visit=visit, given_at=NOW, check_by=NOW + DAY)
    visit.noted_at = NOW
    visit.save()
    assert waits(agreed, agreed.practitioner) is None
    assert waits(agreed, agreed.head) == (f"visits/{visit.pk}/note/check/", False)


def test_what_is_due_first_comes_first(agreed):
    TermReviewFactory(programme=agreed.programme, term=1, due_at=NOW + 3 * DAY)
    assert waits(agreed, agreed.head) == ("reviews/1/view/", False)

    note = VisitNoteFactory(
        visit__programme=agreed.programme, given_at=NOW - DAY, check_by=NOW + 2 * DAY
    )
    assert waits(agreed, agreed.head) == (f"visits/{note.visit_id}/note/check/", False)


def test_each_side_gives_its_view_once_and_then_talks_about_a_difference(agreed):
    review = TermReviewFactory(programme=agreed.programme, term=1, due_at=NOW + DAY)
    TermViewFactory(review=review, side="school", given_at=NOW)
    assert waits(agreed, agreed.head) is None
    assert waits(agreed, agreed.director) == ("reviews/1/view/", False)

    review.shown_at, review.differs = NOW, True
    review.save()
    assert waits(agreed, agreed.head) == ("reviews/1/", False)


def test_supported_head_alone_replies_to_a_concern(agreed):
    concern = ConcernFactory(programme=agreed.programme)

    assert waits(agreed, agreed.head) == (f"concerns/{concern.pk}/", False)
    assert waits(agreed, agreed.supporting_head) is None
    assert waits(agreed, agreed.practitioner) is None


def test_both_heads_look_back_and_later_the_school_says_what_lasts(agreed):
    EndingFactory(programme=agreed.programme, due_at=NOW + DAY)
    FinalViewFactory(programme=agreed.programme, side="school", given_at=NOW)
    assert waits(agreed, agreed.head) is None
    assert waits(agreed, agreed.supporting_head) == ("end/view/", False)

    Programme.objects.filter(pk=agreed.programme.pk).update(state="followed")
    check = SustainCheckFactory(programme=agreed.programme, due_at=NOW + 40 * DAY)
    assert waits(agreed, agreed.head) is None

    check.due_at = NOW - DAY
    check.save()
    assert waits(agreed, agreed.head) == ("end/checks/1/", True)
    assert waits(agreed, agreed.supporting_head) is None


def test_paused_programme_waits_on_whoever_may_let_it_go_on(made):
    Programme.objects.filter(pk=made.programme.pk).update(state="paused")

    assert waits(made, made.director) == ("go-on/", False)
    assert waits(made, made.head) is None
