from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from partnership.notices.models import Notice
from reviews.cycles.models import BlockedDay, DayPlace, ReviewDay, RotaChange
from reviews.cycles.problem import drawing_of, rows_of, with_warning
from reviews.cycles.services import searching
from reviews.cycles.services.publishing import publish_draft
from reviews.cycles.tasks import draw_up_draft
from tests.factories.alliances import AlliancePostFactory
from tests.reviews.cycles.publishing import NOW, day_of, draft_of, going, make_cycle

pytestmark = pytest.mark.django_db
SOON = datetime(2026, 11, 24, 9, tzinfo=UTC)
DATES = (date(2027, 1, 20), date(2027, 2, 3), date(2027, 3, 10), date(2027, 4, 28))


@pytest.fixture(autouse=True)
def _at(time_machine, monkeypatch):
    time_machine.move_to(SOON)
    monkeypatch.setattr(searching, "MOST_WORKERS", 1)


@pytest.fixture
def rota():
    """Four schools; each is visited by the two that come after it, and all have accepted."""
    cycle, hosts, people = make_cycle(4)
    days = [
        day_of(host, on, people[(at + 1) % 4], people[(at + 2) % 4])
        for at, (host, on) in enumerate(zip(hosts, DATES, strict=True))
    ]
    publish_draft(draft=draft_of(cycle, *days, at=NOW), by=cycle.organiser, now=NOW)
    DayPlace.objects.update(answer="accepted")
    Notice.objects.all().delete()
    cycle.refresh_from_db()
    return cycle, hosts, people


def planned_again(client, cycle, who, first, last=""):
    """Who publishes it, the page of the draft and the page that asks whether to publish."""
    director = AlliancePostFactory(alliance=cycle.alliance, kind="director").person
    client.force_login(director)
    typed = {"who": who, "starts_on": str(first), "ends_on": str(last)}
    client.post(reverse("cycles:replan_begin", args=[cycle.pk]), typed)
    draft = cycle.drafts.get(is_replan=True)
    draw_up_draft(draft.pk)
    shown = client.get(draft.get_absolute_url())
    asks = client.get(reverse("cycles:draft_publish", args=[cycle.pk, draft.number]))
    assert Notice.objects.count() == 0
    return draft, shown, asks


def publish(client, draft):
    url = reverse("cycles:draft_publish", args=[draft.cycle_id, draft.number])
    draft.refresh_from_db()
    sent = client.post(url, {"seen_version": draft.version})
    assert sent.status_code == 302


def told():
    return {(each.recipient_id, each.kind.partition(".")[2]) for each in Notice.objects.all()}


def test_school_that_is_out_from_a_day_on_has_its_day_before_and_nothing_else_changes(client, rota):
    cycle, hosts, people = rota
    before = going(cycle)

    draft, shown, asks = planned_again(client, cycle, f"host:{hosts[2].pk}", "2027-03-01")

    out = f"{hosts[2].school.name} is out from Monday 1 March 2027 to Friday 25 June 2027."
    assert "1 day differs from the published rota." in shown.text
    assert out in shown.text
    (change,) = asks.context["changes"]
    assert (change.words, change.day_before) == ("Moved", DATES[2])
    assert change.day_after < date(2027, 3, 1)
    team = {each for each in people if str(each.pk) in change.step.asked}
    head = people[2].reviewer.person
    assert out in asks.text
    assert asks.context["told"]["heads"].names == (head.name,)
    assert set(asks.context["told"]["asked"].names) == {str(each.reviewer) for each in team}

    assert f"Look at draft {draft.number}" in client.get(cycle.get_absolute_url()).text

    publish(client, draft)

    assert f"Look at draft {draft.number}" not in client.get(cycle.get_absolute_url()).text
    after = going(cycle)
    assert {key for key in before if before[key] != after[key]} == {hosts[2].pk}
    assert after[hosts[2].pk][0] == change.day_after
    left = {people[3], people[0]} - team
    assert told() == {
        (head.pk, "day_changed"),
        *((each.reviewer.person_id, "asked_to_visit") for each in team),
        *((each.reviewer.person_id, "day_changed") for each in left),
    }
    assert DayPlace.objects.filter(ended_at=None, answer="accepted").count() == 6


def test_reviewer_who_is_out_for_two_dates_is_stood_in_for_and_the_others_keep_their_answers(
    client, rota
):
    cycle, hosts, people = rota
    before = going(cycle)
    fixed = ReviewDay.objects.get(host=hosts[1])
    ReviewDay.objects.filter(pk=fixed.pk).update(is_fixed=True)
    out = people[3]  # leads no day, comes to the second on 3 February

    draft, shown, asks = planned_again(
        client, cycle, f"reviewer:{out.pk}", "2027-02-03", "2027-02-04"
    )

    assert (
        f"{out.reviewer} is out on Wednesday 3 February 2027 and Thursday 4 February 2027."
        in shown.text
    )
    assert [each.school for each in asks.context["changes"]] == [hosts[1].school.name]
    publish(client, draft)

    after = going(cycle)
    assert {key for key in before if before[key] != after[key]} == {hosts[1].pk}
    (change,) = RotaChange.objects.filter(draft_number=draft.number)
    asked = asks.context["changes"][0].step.asked
    _on, lead, team = before[hosts[1].pk]
    staying = {int(key) for key in (change.after["lead"], *change.after["team"])}
    freed = {lead, *team} - staying
    persons = {str(each.pk): each.reviewer.person_id for each in people}
    assert told() == {
        (persons[str(people[1].pk)], "day_changed"),
        *((persons[key], "asked_to_visit") for key in asked),
        *((persons[str(key)], "day_changed") for key in freed),
    }


def test_later_drafts_know_who_is_out_and_nobody_reads_why(client, rota):
    cycle, _hosts, people = rota
    draft, _shown, _asks = planned_again(
        client, cycle, f"reviewer:{people[3].pk}", "2027-02-03", "2027-02-04"
    )
    assert BlockedDay.objects.count() == 0

    publish(client, draft)

    kept = BlockedDay.objects.order_by("day")
    assert [(each.person_id, str(each.day), each.because) for each in kept] == [
        (people[3].reviewer.person_id, "2027-02-03", ""),
        (people[3].reviewer.person_id, "2027-02-04", ""),
    ]
    problem = drawing_of(rows_of(cycle), today=SOON.date()).problem
    (known,) = (each for each in problem.reviewers if each.id == f"r{people[3].pk}")
    assert {date(2027, 2, 3), date(2027, 2, 4)} <= known.blocked


def test_review_of_two_days_moves_when_its_second_day_is_lost(client):
    cycle, hosts, people = make_cycle(2, length="two", team_size=1)
    days = [
        day_of(hosts[0], date(2027, 1, 20), people[1]),
        day_of(hosts[1], date(2027, 2, 10), people[0]),
    ]
    publish_draft(draft=draft_of(cycle, *days, at=NOW), by=cycle.organiser, now=NOW)
    Notice.objects.all().delete()

    _draft, _shown, asks = planned_again(
        client, cycle, f"host:{hosts[0].pk}", "2027-01-21", "2027-01-21"
    )

    (change,) = asks.context["changes"]
    assert (change.school, change.words) == (hosts[0].school.name, "Moved")
    assert change.day_after not in {date(2027, 1, 20), date(2027, 1, 21)}


def test_day_that_is_moved_leaves_time_to_answer(rota):
    cycle, hosts, _people = rota
    published = ReviewDay.objects.get(host=hosts[0]).day
    today = published - timedelta(days=1)

    out = with_warning(rows_of(cycle), today).out.of_host

    assert published not in out[hosts[0].pk]
    assert published in out[hosts[1].pk]
    assert today + timedelta(days=cycle.answer_days + 3) not in out[hosts[1].pk]
