from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from partnership.audit.models import Event
from reviews.cycles.models import RotaDraft
from reviews.cycles.problem.watching import begin_run, heard_of
from reviews.cycles.rota import Progress
from reviews.cycles.services import searching
from reviews.cycles.services.drafting import ask_for_draft, claim_draft
from reviews.cycles.tasks import draw_up_draft
from tests.factories.reviews import BlockedDayFactory, ReviewDayFactory, RotaDraftFactory
from tests.reviews.cycles.drawn import make_cycle

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 16, 12, tzinfo=UTC)
State = RotaDraft.State


@pytest.fixture(autouse=True)
def _at(time_machine, monkeypatch):
    time_machine.move_to(NOW, tick=False)
    monkeypatch.setattr(searching, "MOST_WORKERS", 1)


@pytest.fixture
def made():
    return make_cycle()


def address(made, name, *more):
    return reverse(f"cycles:{name}", args=[made.cycle.pk, *more])


def reads(client, made, name, *more, **query):
    client.force_login(made.director)
    return client.get(address(made, name, *more), query).text


def sends(client, made, name, *more, **typed):
    client.force_login(made.director)
    return client.post(address(made, name, *more), typed, follow=True)


def asked(made, **facts):
    told = {"cycle": made.cycle, "seconds": 1, "by": made.director, "now": NOW}
    return ask_for_draft(**told | facts)


def days_of(made, *dates):
    """Each school is visited by the head of the next one."""
    return [
        {
            "host": str(host.pk),
            "date": day,
            "lead": str(made.reviewers[(at + 1) % len(made.hosts)].pk),
            "team": [],
        }
        for at, (host, day) in enumerate(zip(made.hosts, dates, strict=True))
    ]


def found(made, *dates, **facts):
    dates = dates or ("2027-01-11", "2027-01-12", "2027-01-13")
    return RotaDraftFactory(
        cycle=made.cycle, days=days_of(made, *dates), began_at=NOW, ended_at=NOW, **facts
    )


def test_draft_is_asked_for_and_drawn_up(client, made):
    text = reads(client, made, "draft_new")
    assert "10,000,000 points" in text

    shown = sends(client, made, "draft_new", seconds="10")

    assert "Draft 1 is asked for." in shown.text
    assert "It waits for its turn." in shown.text
    draw_up_draft(RotaDraft.objects.get().pk)
    text = reads(client, made, "draft_detail", 1)
    assert "Drawn on 23 November, 4.12pm, in 1 second; no better teams are possible." in text
    assert "Acorn Primary School" in text
    assert "Throw it away" in text


def test_second_rota_of_an_alliance_is_refused_with_the_way_to_the_first(client, made):
    asked(made)

    shown = sends(client, made, "draft_new", seconds="10")

    assert "is being drawn up already. Wait for it, or stop it." in shown.text
    assert RotaDraft.objects.count() == 1


def test_page_tells_the_best_so_far_and_lets_it_be_stopped(
    client, made, django_capture_on_commit_callbacks
):
    draft = claim_draft(draft_id=asked(made).pk, now=NOW)
    run = begin_run(draft.pk, draft.began_at.isoformat())
    run.found(Progress("who", 12_345, 12_000, 0.5))

    text = reads(client, made, "draft_detail", 1)
    assert "Best so far: 12,345 points; none can have fewer than 12,000." in text
    assert 'hx-trigger="every 2s"' in text

    with django_capture_on_commit_callbacks(execute=True):
        sends(client, made, "draft_stop", 1)
    text = reads(client, made, "draft_detail", 1)
    assert "It is stopping and keeps the best so far." in text
    assert heard_of(draft.pk).is_stopping
    assert run.is_stopped()


def test_dead_run_says_so_and_frees_the_alliance(client, made, time_machine):
    draft = claim_draft(draft_id=asked(made).pk, now=NOW)
    begin_run(draft.pk, draft.began_at.isoformat())
    time_machine.move_to(NOW + timedelta(seconds=121), tick=False)

    text = reads(client, made, "draft_detail", 1)
    assert "Nothing has been heard of it for two minutes" in text
    assert 'hx-trigger="every 2s"' not in text

    sends(client, made, "draft_again", 1)
    draft.refresh_from_db()
    assert draft.state == State.WAITING
    sends(client, made, "draft_give_up", 1)
    draft.refresh_from_db()
    assert draft.state == State.FAILED
    assert asked(made).number == 2


def test_reasons_and_what_would_help_stand_on_the_page(client, made):
    days = days_of(made, "2027-01-11", "2027-01-12", "2027-01-13")[1:]
    host = str(made.hosts[0].pk)
    RotaDraftFactory(
        cycle=made.cycle,
        number=1,
        days=days,
        status="infeasible",
        unfilled=[{"host": host, "reason": "Acorn Primary School has no day."}],
        relaxations=[{"words": "Teams of 2", "filled": 1}, {"words": "No gap", "filled": 0}],
    )

    text = reads(client, made, "draft_detail", 1)

    assert "1 school without a day" in text
    assert "Acorn Primary School has no day." in text
    assert "<strong>1 more school with a day</strong>" in text
    assert "No gap: no school more" in text


def test_day_is_moved_by_hand_after_its_broken_rules_were_said(client, made):
    draft = found(made, number=1)
    BlockedDayFactory(person=made.reviewers[1].reviewer.person, day="2027-01-14", because="Ill")
    host = made.hosts[0].pk
    typed = {"day": "2027-01-14", "lead": made.reviewers[1].pk, "seen_version": 1}

    warned = sends(client, made, "draft_day", 1, host, **typed)

    assert "Beech Head isn’t available on 14 January." in warned.text
    assert "Ill" not in warned.text.replace("Illness", "")
    draft.refresh_from_db()
    assert draft.moved == []
    shown = sends(client, made, "draft_day", 1, host, **typed, despite="yes")
    assert "1 day was changed by hand since" in shown.text
    assert "1 rule broken" in shown.text
    draft.refresh_from_db()
    assert (draft.moved, draft.status, draft.version) == ([str(host)], "feasible", 2)
    event = Event.objects.get(action="day of a draft moved by hand")
    assert event.values == {
        "draft": 1,
        "host": host,
        "date": "2027-01-14",
        "date_before": "2027-01-11",
    }


def test_second_editor_of_a_draft_is_told_and_loses_nothing(client, made):
    found(made, number=1, version=2)
    typed = {"day": "2027-01-14", "lead": made.reviewers[1].pk, "seen_version": 1}

    told = sends(client, made, "draft_day", 1, made.hosts[0].pk, **typed)

    assert "Somebody changed this draft meanwhile." in told.text
    assert 'value="2027-01-14"' in told.text
    assert 'name="seen_version" value="2"' in told.text


def test_school_without_a_day_gets_one_by_hand(client, made):
    host = str(made.hosts[0].pk)
    draft = RotaDraftFactory(
        cycle=made.cycle, number=1, status="infeasible", unfilled=[{"host": host, "reason": "No."}]
    )

    sends(
        client, made, "draft_day", 1, host, day="2027-01-14", lead=made.reviewers[1].pk,
        seen_version=1,
    )  # fmt: skip

    draft.refresh_from_db()
    assert ([day["host"] for day in draft.days], draft.unfilled) == ([host], [])


def test_fixed_day_is_offered_to_stay_in_the_next_draft(client, made):
    draft = found(made, number=1)
    host = str(made.hosts[0].pk)

    sends(client, made, "draft_day_fix", 1, host, fixed="yes", seen_version=1)

    draft.refresh_from_db()
    assert draft.fixed == [host]
    client.force_login(made.director)
    form = client.get(f"{address(made, 'draft_new')}?from=1").context["form"]
    assert form.initial["staying"] == [host]
    client.post(f"{address(made, 'draft_new')}?from=1", {"seconds": "10", "staying": [host]})
    newer = RotaDraft.objects.get(number=2)
    assert (newer.fixed, newer.days) == ([host], draft.days[:1])


def test_two_drafts_stand_beside_each_other(client, made):
    found(made, number=1)
    found(made, "2027-01-11", "2027-01-12", "2027-01-15", number=2)

    text = reads(client, made, "draft_compare", 2, **{"with": "1"})

    assert "1 school with another day or team." in text
    assert "Cedar Primary School" in text
    assert "Acorn Primary School" not in text
    assert "Days out" in text


def test_draft_stands_beside_the_published_rota(client, made):
    made.cycle.state, made.cycle.published_at = "published", NOW
    made.cycle.save()
    ReviewDayFactory(cycle=made.cycle, host=made.hosts[0])
    found(made, number=1)

    text = reads(client, made, "draft_compare", 1)

    assert "Draft 1 beside the published rota" in text
    assert "3 schools with another day or team." in text


def test_draft_is_thrown_away_and_taken_back(client, made):
    draft = found(made, number=1)

    shown = sends(client, made, "draft_discard", 1)

    assert "This draft was thrown away." in shown.text
    shown = sends(client, made, "draft_restore", 1)
    assert "Draft 1 is back." in shown.text
    draft.refresh_from_db()
    assert draft.state == State.FOUND


def test_cycle_shows_its_drafts_to_organisers_alone(client, made):
    made.cycle.state, made.cycle.opened_at = "asking", NOW
    made.cycle.save()
    found(made, number=1)

    assert "Drafts of the rota" in reads(client, made, "cycle_detail")
    client.force_login(made.reviewers[0].reviewer.person)
    text = client.get(made.cycle.get_absolute_url()).text
    assert "Drafts of the rota" not in text


@pytest.mark.parametrize("schools", [2, 6])
def test_draft_of_six_schools_takes_as_many_queries_as_one_of_two(
    client, schools, django_assert_num_queries
):
    made = make_cycle(schools)
    found(made, *[f"2027-01-{11 + at % 5}" for at in range(schools)], number=1)
    reads(client, made, "draft_detail", 1)

    with django_assert_num_queries(9):
        client.get(address(made, "draft_detail", 1))
