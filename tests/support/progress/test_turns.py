from datetime import timedelta

import pytest
import time_machine

from support.programmes.permissions import rights_in
from support.progress.models import Held
from support.progress.parts.turns import turn
from tests.factories.progress import (
    ConcernFactory,
    EndingFactory,
    ObjectiveFactory,
    PauseFactory,
    PlanActionFactory,
    PlanFactory,
    SustainCheckFactory,
    TermReviewFactory,
    TermViewFactory,
    VisitFactory,
    VisitNoteFactory,
)
from tests.support.progress.begun import NOW, TODAY, make_begun

pytestmark = pytest.mark.django_db
AGREED = {"school_version": 1, "supporter_version": 1, "agreed_at": NOW}


@pytest.fixture
def begun():
    return make_begun()


def turn_of(person, programme):
    programme.__dict__.pop("facts_kept", None)
    part = turn(rights_in(person, programme, TODAY), NOW)
    return part.nouns["turn"] if part else None


def buttons(begun):
    people = (begun.head, begun.supporting_head, begun.practitioner, begun.director)
    steps = [turn_of(person, begun.programme) for person in people]
    return [step.button if step else "" for step in steps]


def test_plan_comes_first_and_waits_for_both_heads(begun):
    assert buttons(begun) == ["Begin the plan", "Begin the plan", "", ""]

    PlanFactory(programme=begun.programme, school_version=1)
    assert buttons(begun) == ["", "Read the plan", "", ""]


def test_action_waits_for_whose_it_is_from_a_week_before(begun):
    PlanFactory(programme=begun.programme, **AGREED)
    action = PlanActionFactory(
        objective__programme=begun.programme,
        owner=begun.supporting_head,
        due_at=NOW + timedelta(days=8),
    )
    assert buttons(begun) == ["", "", "", ""]

    action.due_at = NOW - timedelta(days=1)
    action.save()
    assert buttons(begun) == ["", "Say that it is done", "", ""]
    assert turn_of(begun.supporting_head, begun.programme).is_late


def test_note_waits_for_whoever_came_and_then_for_the_head(begun):
    PlanFactory(programme=begun.programme, **AGREED)
    visit = VisitFactory(
        programme=begun.programme, visitor=begun.practitioner, state=Held.HELD, note_by=NOW
    )
    assert buttons(begun) == ["", "", "Write the note", ""]

    visit.noted_at = NOW
    visit.save()
    VisitNoteFactory(visit=visit, given_at=NOW, check_by=NOW + timedelta(days=5))
    assert buttons(begun) == ["Read the note", "", "", ""]


def test_a_term_waits_for_three_views_then_a_talk_then_its_close(begun):
    PlanFactory(programme=begun.programme, **AGREED)
    review = TermReviewFactory(programme=begun.programme)
    assert buttons(begun) == ["Give your view"] * 4

    TermViewFactory(review=review, side="school", given_at=NOW)
    assert buttons(begun) == ["", *["Give your view"] * 3]

    review.shown_at, review.differs = NOW, True
    review.save()
    assert buttons(begun) == ["Look at the three views"] * 4

    review.talked_at = NOW
    review.save()
    assert buttons(begun) == ["", "", "", "Close the review"]


def test_the_end_waits_for_both_heads_and_what_lasts_for_the_school(begun):
    PlanFactory(programme=begun.programme, **AGREED)
    ending = EndingFactory(programme=begun.programme)
    assert buttons(begun) == ["Write the final review", "Write the final review", "", ""]

    ending.closed_at, ending.checkback_by = NOW, NOW + timedelta(days=90)
    ending.save()
    begun.programme.state = "followed"
    begun.programme.save()
    check = SustainCheckFactory(programme=begun.programme, due_at=NOW + timedelta(days=60))
    assert buttons(begun) == ["", "", "", ""]

    check.due_at = NOW + timedelta(days=10)
    check.save()
    assert buttons(begun) == ["Say what lasts", "", "", ""]


def test_a_concern_waits_for_the_supported_head_alone_and_what_is_late_comes_first(begun):
    PlanFactory(programme=begun.programme, **AGREED)
    ConcernFactory(programme=begun.programme, raised_by=begun.director)
    assert buttons(begun) == ["Reply to the concern", "", "", ""]

    TermReviewFactory(programme=begun.programme, due_at=NOW - timedelta(days=2))
    step = turn_of(begun.head, begun.programme)
    assert (step.button, step.is_late) == ("Give your view", True)


@time_machine.travel(NOW, tick=False)
def test_every_turn_leads_to_a_page_that_opens(client, begun):
    def opens(person):
        step = turn_of(person, begun.programme)
        client.force_login(person)
        page = client.get(f"/support/{begun.programme.pk}/").text
        assert step.button in page
        return client.get(step.url).status_code

    assert opens(begun.head) == 200
    PlanFactory(programme=begun.programme, **AGREED)
    ObjectiveFactory(programme=begun.programme)
    assert turn_of(begun.head, begun.programme) is None
    TermReviewFactory(programme=begun.programme)
    for person in (begun.head, begun.supporting_head, begun.practitioner, begun.director):
        assert opens(person) == 200
    VisitFactory(
        programme=begun.programme,
        visitor=begun.practitioner,
        starts_at=NOW - timedelta(days=2, hours=2),
        ends_at=NOW - timedelta(days=2),
        state=Held.HELD,
        note_by=NOW,
    )
    assert opens(begun.practitioner) == 200


def test_paused_programme_waits_on_the_director_once_the_day_to_look_again_has_come(begun):
    PlanFactory(programme=begun.programme, **AGREED)
    begun.programme.state = "paused"
    begun.programme.save()
    pause = PauseFactory(programme=begun.programme, look_again_at=NOW + timedelta(days=1))
    assert buttons(begun) == ["", "", "", ""]

    pause.look_again_at = NOW - timedelta(days=1)
    pause.save()

    assert buttons(begun) == ["", "", "", "Let it go on"]
