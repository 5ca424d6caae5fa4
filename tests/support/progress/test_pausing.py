from datetime import timedelta

import pytest
import time_machine

from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from support.programmes.models import Programme, Strand
from support.programmes.permissions import rights_in
from support.progress.duties.pauses import LOOK_AT_PAUSE
from support.progress.models import Held, Pause
from support.progress.services import (
    NotGoingOn,
    NotPaused,
    NotUnderWay,
    add_measure,
    pause_programme,
    plan_visit,
    resume_programme,
    stop_programme,
)
from tests.factories.progress import PlacementFactory, VisitFactory
from tests.support.progress.begun import NOW, TODAY, make_begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return make_begun()


def pauses(begun, **facts):
    told = {"because": "The head is away.", "look_again_at": NOW + timedelta(days=30)}
    return pause_programme(programme=begun.programme, by=begun.director, now=NOW, **(told | facts))


def state_of(begun):
    return Programme.objects.get(pk=begun.programme.pk).state


def visit_facts(begun):
    strand = Strand.objects.filter(programme=begun.programme).first()
    return {
        "visitor": strand.practitioner.person,
        "strand": strand,
        "purpose": "Books",
        "place": "",
        "starts_at": NOW + timedelta(days=3),
        "ends_at": NOW + timedelta(days=3, hours=3),
        "days": 1,
    }


def test_paused_support_is_read_and_not_changed(begun):
    pauses(begun)

    with pytest.raises(NotGoingOn):
        plan_visit(programme=begun.programme, facts=visit_facts(begun), by=begun.director, now=NOW)
    with pytest.raises(NotGoingOn):
        add_measure(programme=begun.programme, facts={}, by=begun.head, now=NOW)
    begun.programme.refresh_from_db()
    rights = rights_in(begun.director, begun.programme, TODAY)
    assert not rights.may_direct


def test_pausing_twice_and_going_on_twice_are_refused(begun):
    pauses(begun)
    with pytest.raises(NotUnderWay):
        pauses(begun)

    told = {"programme": begun.programme, "words": "She is back.", "by": begun.director}
    resume_programme(**told, now=NOW)
    assert state_of(begun) == "open"
    assert Pause.objects.get().resumed_words == "She is back."
    with pytest.raises(NotPaused):
        resume_programme(**told, now=NOW)


def test_director_is_asked_to_look_again_as_long_as_it_rests(begun):
    pauses(begun)
    window = DutyWindow(person_ids=[begun.director.pk], kinds=[LOOK_AT_PAUSE], now=NOW)

    (duty,) = (Duty(*row) for row in all_duties(window))
    assert duty.due_at == NOW + timedelta(days=30)
    assert str(begun.programme.school) not in f"{duty.title} {duty.line}"

    resume_programme(programme=begun.programme, words="", by=begun.director, now=NOW)
    assert list(all_duties(window)) == []


def test_ending_early_calls_off_what_is_planned_and_says_why(begun):
    past = VisitFactory(programme=begun.programme, starts_at=NOW - timedelta(days=2))
    coming = VisitFactory(programme=begun.programme, starts_at=NOW + timedelta(days=2))
    placement = PlacementFactory(programme=begun.programme)
    pauses(begun)

    stop_programme(programme=begun.programme, because="Joined a trust.", by=begun.director, now=NOW)

    for each in (past, coming, placement):
        each.refresh_from_db()
    assert (past.state, coming.state, placement.state) == (
        Held.PLANNED,
        Held.CANCELLED,
        Held.CANCELLED,
    )
    begun.programme.refresh_from_db()
    assert (begun.programme.state, begun.programme.ended_because) == ("stopped", "Joined a trust.")
    assert not Pause.objects.filter(resumed_at=None).exists()
    with pytest.raises(NotUnderWay):
        stop_programme(programme=begun.programme, because="", by=begun.director, now=NOW)


@time_machine.travel(NOW, tick=False)
def test_director_pauses_and_resumes_on_the_pages(client, begun):
    page = f"/support/{begun.programme.pk}/"
    client.force_login(begun.director)

    past = {"because": "Away.", "look_again_on_0": "1", "look_again_on_1": "9"}
    answered = client.post(f"{page}pause/", past | {"look_again_on": "2026-09-01"})
    assert "still to come" in answered.text

    client.post(f"{page}pause/", {"because": "The head is away.", "look_again_on": "2027-01-11"})
    assert state_of(begun) == "paused"
    assert "The head is away." in client.get(page).text

    client.force_login(begun.head)
    shown = client.get(page).text
    assert "Monday 11 January 2027" in shown
    assert "Let it go on" not in shown
    assert client.post(f"{page}go-on/", {"words": ""}).status_code == 403

    client.force_login(begun.director)
    client.post(f"{page}go-on/", {"words": "She is back."})
    assert state_of(begun) == "open"


@time_machine.travel(NOW, tick=False)
def test_beginning_of_a_paused_programme_rests_too(client):
    early = make_begun(sent_at=None, signed_at=None)
    pause_programme(
        programme=early.programme,
        because="Away.",
        look_again_at=NOW + timedelta(days=9),
        by=early.director,
        now=NOW,
    )
    page = f"/support/{early.programme.pk}/"

    client.force_login(early.director)
    for address in ("agreement/edit/", "agreement/send/", "match/found/", "diligence/"):
        client.post(f"{page}{address}", {})
    client.force_login(early.head)
    for address in ("interests/", "withdraw/", "review/own/", "review/reply/"):
        client.post(f"{page}{address}", {"because": "x", "reply": "x", "has_conflict": "no"})

    after = Programme.objects.get(pk=early.programme.pk)
    assert (after.state, after.sent_at, after.version) == ("paused", None, 2)
    assert not after.agreements.filter(state="draft").exists()


@time_machine.travel(NOW, tick=False)
def test_form_opened_before_a_pause_is_refused_for_the_pause_and_what_was_typed_is_kept(
    client, begun
):
    visit = VisitFactory(programme=begun.programme, visitor=begun.practitioner)
    pauses(begun)
    page = begun.programme.get_absolute_url()

    client.force_login(begun.head)
    refused = client.post(f"{page}visits/plan/", {"purpose": "Books of Year 6"})
    client.force_login(begun.practitioner)
    draft = client.post(f"{page}visits/{visit.pk}/note/draft/", {"part": "seen", "text": "Calm."})

    assert refused.status_code == 403
    assert "The support is paused: nothing in it can be changed until it goes on." in refused.text
    assert '<input type="hidden" name="purpose" value="Books of Year 6">' in refused.text
    assert "somebody else" not in refused.text
    assert draft.status_code == 409
    assert draft.json()["refused"].startswith("The support is paused")
