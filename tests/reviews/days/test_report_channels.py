"""Who finds the report's words where, in each of its states."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from partnership.audit.models import Event
from reviews.days.models import Workshop
from reviews.days.services.checking import say_accurate
from reviews.days.services.consenting import give_consent, withdraw_consent
from tests.factories.people import PersonFactory
from tests.reviews.days.reported import (
    NOW,
    SECRET,
    commented,
    drafted,
    make_agreed,
    part_of,
    released,
    sent,
    shared,
    with_everybody,
)

pytestmark = pytest.mark.django_db
TEAM = {"lead", "reviewer"}
HEADS = {"head", "acting"}
HOST = HEADS | {"named"}
OWN = TEAM | HOST | {"releasing", "champion"}


@pytest.fixture
def made(time_machine):
    time_machine.move_to(NOW, tick=False)
    made = with_everybody(make_agreed())
    made.people["champion"] = PersonFactory()
    Workshop.objects.create(review=made.review, champion=made.people["champion"], asked_at=NOW)
    made.clients = {role: signed_in(person) for role, person in made.people.items()}
    return made


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def reading(made):
    """By whom the report's words are read on its page, and who finds it without them."""
    url = reverse("days:report_detail", args=[made.day.pk])
    reads, waits = set(), set()
    for role, client in made.clients.items():
        answer = client.get(url)
        if answer.status_code == 200:
            (reads if SECRET in answer.content.decode() else waits).add(role)
    return reads, waits


def prints(made, roles):
    url = reverse("days:report_pdf", args=[made.day.pk])
    answers = {role: made.clients[role].get(url) for role in roles}
    return {role for role, answer in answers.items() if answer.content.startswith(b"%PDF")}


def listed(made):
    url = reverse("days:report_list")
    name = made.review.school.name
    return {
        role for role, client in made.clients.items() if name in client.get(url).content.decode()
    }


def assert_read_by(made, reads, waits=frozenset(), lists=frozenset(), newest=frozenset()):
    """Of those who may print it the `newest` do: to print takes a while."""
    assert reading(made) == (reads, set(waits))
    assert prints(made, (made.people.keys() - reads) | newest) == set(newest)
    assert listed(made) == set(lists)


def test_before_it_is_drafted_the_host_learns_that_it_is_being_written(made):
    assert_read_by(made, set(), TEAM | HOST)


def test_a_draft_is_the_teams_alone(made):
    drafted(made)

    assert_read_by(made, TEAM, HOST, newest={"lead"})


def test_from_sending_on_the_head_and_who_acts_for_her_read_the_draft(made):
    sent(made)
    assert_read_by(made, TEAM | HEADS, {"named"})

    say_accurate(review=made.review, by=made.head, now=NOW)
    assert_read_by(made, TEAM | HEADS, {"named"})


def test_the_released_report_is_the_schools(made):
    released(made)

    assert_read_by(made, OWN, lists=OWN, newest={"champion", "releasing"})


@pytest.mark.parametrize(
    ("audience", "let_in"),
    [
        ("governors", {"governor"}),
        ("board", {"board"}),
        ("alliance", {"governor", "colleague", "director"}),
        ("themes", set()),
    ],
)
def test_consent_opens_page_paper_and_list_and_its_end_closes_all_three_at_once(
    made, audience, let_in
):
    shared(made, audience)
    readers = OWN | let_in
    assert_read_by(made, readers, lists=readers, newest=let_in)

    withdraw_consent(review=made.review, audience=audience, by=made.head, now=NOW)

    assert_read_by(made, OWN, lists=OWN)


def test_one_consent_keeps_no_door_open_that_another_had_opened(made):
    shared(made, "governors", "board", "themes")
    withdraw_consent(review=made.review, audience="governors", by=made.head, now=NOW)

    assert_read_by(made, OWN | {"board"}, lists=OWN | {"board"})


def test_ninety_days_later_the_team_reads_it_no_more(made, time_machine):
    released(made)
    time_machine.move_to(NOW + timedelta(days=91), tick=False)
    made.clients = {role: signed_in(person) for role, person in made.people.items()}

    left = OWN - TEAM
    assert_read_by(made, left, lists=left)


def test_comments_are_between_head_and_team_for_good(made):
    commented(made)
    words = "It is given in the lesson."
    url = reverse("days:report_detail", args=[made.day.pk])

    def readers():
        return {
            role
            for role, client in made.clients.items()
            if words in client.get(url).content.decode()
        }

    assert readers() == TEAM | HEADS
    made.review.report.comments.update(answered_at=NOW, outcome="kept", answer="We saw it.")
    made.review.released_at = NOW
    made.review.save()
    give_consent(review=made.review, audience="alliance", by=made.head, now=NOW)

    assert readers() == TEAM | HEADS


def test_no_other_page_has_a_word_of_it(made):
    shared(made, "governors")
    addresses = {
        "search": f"{reverse('home:search')}?q=feedback",
        "desk": reverse("home:desk"),
        "diary": reverse("calendar:diary"),
        "school": made.review.school.get_absolute_url(),
        "alliance": made.cycle.alliance.get_absolute_url(),
        "cycle": made.cycle.get_absolute_url(),
        "day": made.day.get_absolute_url(),
        "admin": "/admin/",
    }
    leaks = {
        (role, name)
        for role, client in made.clients.items()
        for name, url in addresses.items()
        if SECRET in client.get(url).content.decode()
    }

    assert leaks == set()
    assert SECRET in part_of(made).words


def test_that_it_was_printed_is_audited_without_its_school(made):
    released(made)
    made.clients["head"].get(reverse("days:report_pdf", args=[made.day.pk]))

    event = Event.objects.filter(actor_id=made.head.pk).latest("pk")
    assert "The report of a review" in repr(vars(event))
    assert made.review.school.name not in repr(vars(event))
