from datetime import UTC, date, datetime

import pytest

from partnership.audit.models import Event
from reviews.cycles.models import RotaDraft
from reviews.cycles.problem.watching import Run, ask_to_stop, begin_run, heard_of
from reviews.cycles.services import searching
from reviews.cycles.services.drafting import (
    DrawingAlready,
    NotDead,
    NotRunning,
    Result,
    ask_for_draft,
    claim_draft,
    draw_up_again,
    give_up_draft,
    keep_result,
    stop_draft,
)
from reviews.cycles.tasks import draw_up_draft
from tests.factories.reviews import BlockedDayFactory, DayPlaceFactory, ReviewDayFactory
from tests.reviews.cycles.drawn import make_cycle

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 16, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 16, 20, tzinfo=UTC)
State = RotaDraft.State
NOTHING_FOUND = Result(status="infeasible", objective=0, bound=0, days=[])


@pytest.fixture(autouse=True)
def _at(time_machine, monkeypatch):
    time_machine.move_to(NOW)
    monkeypatch.setattr(searching, "MOST_WORKERS", 1)


@pytest.fixture
def made():
    return make_cycle()


def asked(made, **facts):
    told = {"cycle": made.cycle, "seconds": 1, "by": made.director, "now": NOW}
    return ask_for_draft(**told | facts)


def test_draft_is_drawn_up_once_and_its_audit_names_nobody(made):
    draft = asked(made)

    draw_up_draft(draft.pk)
    draw_up_draft(draft.pk)

    draft.refresh_from_db()
    assert (draft.state, draft.status, draft.unfilled) == (State.FOUND, "optimal", [])
    assert sorted(day["host"] for day in draft.days) == sorted(str(h.pk) for h in made.hosts)
    events = Event.objects.filter(action__startswith="draft").order_by("pk")
    assert [(each.action, each.values) for each in events] == [
        ("draft of the rota asked for", {"draft": 1}),
        ("draft of the rota drawn up", {"draft": 1, "days": 3, "without": 0}),
    ]


def test_alliance_has_one_rota_drawn_up_at_a_time(made):
    draft = asked(made)

    with pytest.raises(DrawingAlready):
        asked(made)

    give_up_draft(draft=draft, by=made.director, now=NOW)
    assert asked(made).number == 2
    with pytest.raises(NotRunning):
        stop_draft(draft=draft, by=made.director, now=NOW)


def test_run_whose_worker_was_killed_begins_anew_and_is_kept_once(made):
    draft = asked(made)
    lost = claim_draft(draft_id=draft.pk, now=NOW)
    newer = claim_draft(draft_id=draft.pk, now=LATER)

    assert not keep_result(draft=lost, result=NOTHING_FOUND, now=LATER)
    assert keep_result(draft=newer, result=NOTHING_FOUND, now=LATER)
    assert not keep_result(draft=newer, result=NOTHING_FOUND, now=LATER)
    assert claim_draft(draft_id=draft.pk, now=LATER) is None


def test_run_that_is_stopped_or_overtaken_hears_of_it(made):
    first = begin_run(7, "first")
    assert not first.is_stopped()

    second = begin_run(7, "second")
    assert (first.is_stopped(), second.is_stopped()) == (True, False)
    ask_to_stop(7)
    assert second.is_stopped()
    assert (heard_of(7).run, heard_of(7).is_stopping) == ("second", True)


def test_run_that_is_given_up_keeps_nothing_and_may_be_drawn_up_again(made):
    draft = asked(made)
    running = claim_draft(draft_id=draft.pk, now=NOW)
    give_up_draft(draft=draft, by=made.director, now=NOW)

    assert not keep_result(draft=running, result=NOTHING_FOUND, now=LATER)
    again = draw_up_again(draft=draft, by=made.director, now=LATER)
    assert (again.state, again.number) == (State.WAITING, 1)
    draw_up_draft(draft.pk)
    draft.refresh_from_db()
    assert draft.state == State.FOUND
    with pytest.raises(NotDead):
        draw_up_again(draft=draft, by=made.director, now=LATER)


def test_school_without_a_day_says_why_by_name_and_what_was_tried(made):
    for number in range(11, 16):
        for each in made.reviewers[1:]:
            person = each.reviewer.person
            BlockedDayFactory(person=person, day=f"2027-01-{number}", because="Hospital")
    draft = asked(made)

    draw_up_draft(draft.pk)

    draft.refresh_from_db()
    assert draft.status == "infeasible"
    (reason,) = (each["reason"] for each in draft.unfilled if "Acorn" in each["reason"])
    assert reason.startswith("Acorn Primary School has no day on which a trained lead is free")
    assert "not available" in reason
    assert "Hospital" not in f"{draft.unfilled}{draft.relaxations}"
    assert [each["words"] for each in draft.relaxations] == ["A window until 12 February"]


def test_draft_without_trained_leads_breaks_off_with_what_to_do(made):
    for each in made.reviewers:
        each.reviewer.trainings.all().delete()
    draft = asked(made)

    draw_up_draft(draft.pk)

    draft.refresh_from_db()
    assert draft.state == State.FAILED
    assert draft.failed_because.startswith("No training is entered")


def test_error_of_a_run_frees_the_alliance(made, monkeypatch):
    draft = asked(made)
    monkeypatch.setattr(Run, "tell", lambda _run: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        draw_up_draft(draft.pk)

    draft.refresh_from_db()
    assert draft.state == State.FAILED


def test_settled_days_stay_and_the_others_go_round_them(made):
    settled = {
        "host": str(made.hosts[0].pk),
        "date": "2027-01-14",
        "lead": str(made.reviewers[2].pk),
        "team": [],
    }
    draft = asked(made, staying=[settled])

    draw_up_draft(draft.pk)

    draft.refresh_from_db()
    assert settled in draft.days
    assert (draft.fixed, len(draft.days)) == ([settled["host"]], 3)


def test_replan_changes_only_the_day_of_whoever_is_out(made):
    for at, day in enumerate(("2027-01-11", "2027-01-12", "2027-01-13")):
        kept = ReviewDayFactory(cycle=made.cycle, host=made.hosts[at], day=date.fromisoformat(day))
        DayPlaceFactory(day=kept, reviewer=made.reviewers[(at + 1) % 3], is_lead=True)
    out = {"kind": "host", "id": str(made.hosts[0].pk), "dates": ["2027-01-11"]}
    draft = asked(made, replan=out)

    draw_up_draft(draft.pk)

    draft.refresh_from_db()
    dates = {day["host"]: day["date"] for day in draft.days}
    assert (draft.is_replan, draft.changed) == (True, 1)
    assert dates[str(made.hosts[0].pk)] != "2027-01-11"
    assert dates[str(made.hosts[1].pk)] == "2027-01-12"
    assert dates[str(made.hosts[2].pk)] == "2027-01-13"
