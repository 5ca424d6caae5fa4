from datetime import UTC, date, datetime, timedelta

import pytest

from alliances.schools.services.posts import (
    appoint_to_school,
    change_school_post,
    drop_coming_post,
    end_school_post,
    welcome_to_school,
)
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.notices.services.sending import letters_for
from partnership.toolkit.registers import Stale
from tests.factories import PersonFactory
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
COMING = date(2027, 1, 4)
MORNING = datetime(2027, 1, 4, 8, tzinfo=UK)


@pytest.fixture
def head():
    return PersonFactory(name="Ann Achebe")


@pytest.fixture
def school():
    return SchoolFactory(name="Greenfield Primary School")


def give(school, head, person, *, kind="senco", **facts):
    return appoint_to_school(school=school, person=person, kind=kind, by=head, now=NOW, **facts)


def told():
    rows = Notice.objects.filter(kind="schools.appointed").order_by("id")
    return [(row.recipient_id, row.thing_id, row.send_after) for row in rows]


def letter(*, at):
    [notice] = Notice.objects.filter(kind="schools.appointed").select_related("recipient")
    return letters_for([notice], now=at)[notice.pk]


def test_who_is_given_a_post_is_told_which_by_whom_and_what_it_lets_her_do(school, head):
    senco = PersonFactory()

    post = give(school, head, senco)

    assert told() == [(senco.pk, post.pk, NOW)]
    words = letter(at=NOW)
    assert words.subject == "Your post in Greenfield Primary School: SENCO"
    assert words.why == "Ann Achebe has given you this post."
    assert words.facts[0] == "From now on."
    assert words.facts[1].startswith("You can be asked to meetings")


def test_a_head_is_told_that_she_answers_for_the_school(school, head):
    give(school, head, PersonFactory(), kind="head", starts_on=date(2026, 11, 23))

    assert letter(at=NOW).facts[0] == "From Monday 23 November 2026."
    assert letter(at=NOW).facts[1].startswith("You answer for the school")


def test_a_coming_post_is_told_on_the_morning_of_its_first_day(school, head):
    senco = PersonFactory()

    post = give(school, head, senco, starts_on=COMING)

    assert told() == [(senco.pk, post.pk, MORNING)]
    assert letter(at=MORNING).facts[0] == "From Monday 4 January 2027."


@pytest.mark.parametrize("way", ["herself", "invited", "nobody", "quietly"])
def test_nobody_is_told_what_she_knows_already(school, head, way):
    person = {"herself": head, "invited": PersonFactory(is_active=False)}.get(way, PersonFactory())
    by = None if way == "nobody" else head

    give(school, by, person, quietly=way == "quietly")

    assert told() == []


def test_a_newcomer_has_the_invitation_alone(school, head):
    welcome_to_school(
        school=school, email="new@school.example", name="New", kind="senco", by=head, now=NOW
    )

    assert [row.kind for row in Notice.objects.all()] == ["invitations.invited"]


def test_what_was_taken_back_or_ended_before_its_day_is_not_told(school, head):
    post = give(school, head, PersonFactory(), starts_on=COMING)
    drop_coming_post(post=post, by=head, now=NOW)
    assert isinstance(letter(at=MORNING), Stale)

    Notice.objects.all().delete()
    post = give(school, head, PersonFactory())
    end_school_post(post=post, last_day=date(2026, 11, 23), by=head, now=NOW)
    assert isinstance(letter(at=NOW + timedelta(days=1)), Stale)


def test_what_waited_too_long_is_no_news(school, head):
    give(school, head, PersonFactory())

    assert isinstance(letter(at=NOW + timedelta(days=15)), Stale)


def test_a_post_that_begins_on_another_day_is_told_on_that_day(school, head):
    post = give(school, head, PersonFactory(), starts_on=COMING)

    later = COMING + timedelta(days=7)
    for _ in range(2):
        change_school_post(post=post, changes={"starts_on": later}, by=head, now=NOW)

    first, second = Notice.objects.filter(kind="schools.appointed").order_by("id")
    words = letters_for([first, second], now=MORNING)
    assert isinstance(words[first.pk], Stale)
    assert second.send_after == MORNING + timedelta(days=7)


@pytest.mark.parametrize("count", [1, 3])
def test_the_letters_cost_the_same_for_one_and_for_three(
    school, head, count, django_assert_num_queries
):
    for _ in range(count):
        give(school, head, PersonFactory())
    notices = list(Notice.objects.select_related("recipient"))

    with django_assert_num_queries(2):
        letters_for(notices, now=NOW)
