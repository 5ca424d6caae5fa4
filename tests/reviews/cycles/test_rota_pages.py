from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alliances.membership.models import AlliancePost
from partnership.toolkit.registers import DiaryWindow, diary
from reviews.cycles.models import DayPlace, ReviewDay
from reviews.cycles.services.placing import cancel_day, shift_day
from reviews.cycles.services.publishing import publish_draft
from tests.factories.alliances import AlliancePostFactory
from tests.reviews.cycles.publishing import FEB, JAN, MAR, NOW, day_of, draft_of, make_cycle

pytestmark = pytest.mark.django_db


def _published(count):
    cycle, hosts, people = make_cycle(count)
    dates = (JAN, FEB, MAR)
    days = [
        day_of(host, dates[at % 3], people[at - 1], *([people[at - 2]] if count > 2 else []))
        for at, host in enumerate(hosts)
    ]
    draft = draft_of(cycle, *days, at=NOW.replace(hour=8))
    publish_draft(draft=draft, by=cycle.organiser, now=NOW)
    cycle.refresh_from_db()
    return cycle, hosts, people


def _director(cycle):
    post = AlliancePostFactory(alliance=cycle.alliance, kind=AlliancePost.Kind.DIRECTOR)
    return post.person


def _signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("who", ["director", "head"])
def test_rota_page_costs_the_same_for_any_number_of_hosts(
    who, count, django_assert_max_num_queries
):
    cycle, _hosts, people = _published(count)
    person = _director(cycle) if who == "director" else people[0].reviewer.person
    client = _signed_in(person)
    url = reverse("cycles:rota", args=[cycle.pk])
    client.get(url)

    with django_assert_max_num_queries(9):
        response = client.get(url)

    assert response.status_code == 200


def test_rota_shows_each_her_own_days_and_looks_to_organisers_alone():
    cycle, hosts, people = _published(3)
    url = reverse("cycles:rota", args=[cycle.pk])

    head = _signed_in(people[0].reviewer.person).get(url)
    director = _signed_in(_director(cycle)).get(url)

    assert len(head.context["own"]) == 3
    assert head.context["looks"] == []
    assert [look.mark for look in director.context["looks"]] == ["Mutual pair"] * 3
    assert director.context["own"] == []
    for host in hosts:
        assert host.school.name in head.content.decode()


def test_rota_says_who_declined_and_never_why():
    cycle, _hosts, _people = _published(3)
    place = DayPlace.objects.filter(is_lead=True).first()
    DayPlace.objects.filter(pk=place.pk).update(answer="declined", because="An operation")

    page = _signed_in(_director(cycle)).get(reverse("cycles:rota", args=[cycle.pk]))

    assert "declined" in page.content.decode()
    assert "An operation" not in page.content.decode()


def test_rota_as_files_has_a_row_for_each_place():
    cycle, _hosts, people = _published(3)
    client = _signed_in(people[0].reviewer.person)

    csv = client.get(reverse("cycles:rota_export", args=[cycle.pk, "csv"])).getvalue().decode()
    made = client.get(reverse("cycles:rota_pdf", args=[cycle.pk]))

    assert len(csv.strip().splitlines()) == 1 + 6
    assert made.content.startswith(b"%PDF")


def _entries(person, with_cancelled=False):
    window = DiaryWindow(
        person,
        NOW,
        NOW + timedelta(days=300),
        on=JAN,
        with_cancelled=with_cancelled,
    )
    found = diary(window, limit=50)
    return [(e.thing_id, e.title, e.state, e.sequence) for e in found if e.kind == "cycles.day"]


def test_review_days_are_in_the_diaries_of_those_whom_they_concern_and_unwind():
    cycle, hosts, people = _published(3)
    day = ReviewDay.objects.get(host=hosts[0])
    stranger = _director(cycle)

    assert len(_entries(people[0].reviewer.person)) == 3
    assert _entries(stranger) == []
    assert {title for _pk, title, _state, _seq in _entries(people[0].reviewer.person)} == {
        "Review day"
    }

    shift_day(day, MAR + timedelta(days=7), NOW)
    assert (day.pk, "Review day", "planned", 1) in _entries(people[0].reviewer.person)

    cancel_day(day, "", NOW)
    assert len(_entries(people[0].reviewer.person)) == 2
    assert (day.pk, "Review day", "cancelled", 1) in _entries(
        people[0].reviewer.person, with_cancelled=True
    )


def test_director_sees_what_follows_before_she_publishes():
    cycle, hosts, people = _published(3)
    draft = draft_of(
        cycle,
        day_of(hosts[0], JAN + timedelta(days=1), people[1], people[2]),
        at=NOW + timedelta(hours=1),
        unfilled=[hosts[1]],
    )
    client = _signed_in(_director(cycle))
    url = reverse("cycles:draft_publish", args=[cycle.pk, draft.number])

    page = client.get(url)
    refused = client.post(url, {"seen_version": draft.version})
    done = client.post(url, {"seen_version": draft.version, "anyway": "on"})

    assert [(c.school, c.words) for c in page.context["changes"]] == [
        (hosts[0].school.name, "Moved"),
        (hosts[1].school.name, "Called off"),
    ]
    told = {what: each.count for what, each in page.context["told"].items()}
    assert told == {"asked": 2, "heads": 2, "freed": 2, "turned": 0}
    assert refused.status_code == 200
    assert done.status_code == 302
    assert ReviewDay.objects.get(host=hosts[1]).state == "cancelled"


def test_somebody_is_out_from_a_day_on():
    cycle, hosts, _people = _published(3)
    client = _signed_in(_director(cycle))

    client.post(
        reverse("cycles:replan_begin", args=[cycle.pk]),
        {"who": f"host:{hosts[0].pk}", "starts_on_0": "", "starts_on": "2027-06-21"},
    )

    draft = cycle.drafts.get(is_replan=True)
    assert draft.replan["kind"] == "host"
    assert draft.replan["id"] == str(hosts[0].pk)
    assert draft.replan["dates"][0] == "2027-06-21"
    assert draft.replan["dates"][-1] == "2027-06-25"


def test_history_says_what_was_and_what_is():
    cycle, _hosts, people = _published(3)

    page = _signed_in(people[0].reviewer.person).get(
        reverse("cycles:rota_history", args=[cycle.pk])
    )

    assert len(page.context["changes"]) == 3
    assert "(leads)" in page.content.decode()
