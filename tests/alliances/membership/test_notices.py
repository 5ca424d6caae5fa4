from datetime import UTC, date, datetime, timedelta

import pytest

from alliances.membership.models import AlliancePost
from alliances.membership.services import (
    add_school,
    appoint_to_alliance,
    end_alliance_post,
    join_fully,
)
from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.notices.services.sending import letters_for
from partnership.toolkit.registers import Stale
from tests.factories import PersonFactory
from tests.factories.alliances import AllianceFactory, AlliancePostFactory
from tests.factories.schools import SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
COMING = date(2027, 1, 4)
MORNING = datetime(2027, 1, 4, 8, tzinfo=UK)


@pytest.fixture
def alliance():
    return AllianceFactory(name="Oldham Schools Alliance")


@pytest.fixture
def director(alliance):
    return AlliancePostFactory(alliance=alliance, kind="director", person__name="Di Rector").person


def give(alliance, director, person, *, kind="chair", **facts):
    return appoint_to_alliance(
        alliance=alliance, person=person, kind=kind, by=director, now=NOW, **facts
    )


def told():
    rows = Notice.objects.order_by("id")
    return [(row.kind, row.recipient_id, row.alliance_id, row.send_after) for row in rows]


def letters(*, at):
    notices = list(Notice.objects.select_related("recipient").order_by("id"))
    return list(letters_for(notices, now=at).values())


@pytest.mark.parametrize("kind", AlliancePost.Kind.values)
def test_who_is_given_a_post_is_told_which_by_whom_and_what_it_lets_her_do(
    alliance, director, kind
):
    person = PersonFactory()

    post = give(alliance, director, person, kind=kind)

    assert told() == [("membership.appointed", person.pk, alliance.pk, NOW)]
    [letter] = letters(at=NOW)
    assert letter.subject == f"Your post in Oldham Schools Alliance: {post.get_kind_display()}"
    assert letter.why == "Di Rector has given you this post."
    assert letter.facts[0] == "From now on."
    assert letter.facts[1].startswith("You ")


def test_a_coming_post_is_told_on_the_morning_of_its_first_day(alliance, director):
    give(alliance, director, PersonFactory(), starts_on=COMING, ends_on=date(2027, 7, 23))

    assert [row[-1] for row in told()] == [MORNING]
    [letter] = letters(at=MORNING)
    assert letter.facts[0] == "From Monday 4 January 2027 until Friday 23 July 2027."


@pytest.mark.parametrize("way", ["herself", "invited", "nobody", "quietly"])
def test_nobody_is_told_what_she_knows_already(alliance, director, way):
    invited = PersonFactory(is_active=False)
    person = {"herself": director, "invited": invited}.get(way, PersonFactory())

    give(alliance, None if way == "nobody" else director, person, quietly=way == "quietly")

    assert told() == []


def test_a_post_that_has_ended_is_not_told(alliance, director):
    post = give(alliance, director, PersonFactory())

    end_alliance_post(post=post, last_day=TODAY, by=director, now=NOW)

    [letter] = letters(at=NOW + timedelta(days=1))
    assert isinstance(letter, Stale)


def test_the_heads_of_a_school_are_told_that_it_belongs(alliance, director):
    school = SchoolFactory(name="Greenfield Primary School")
    head = SchoolPostFactory(school=school, kind="head").person
    SchoolPostFactory(school=school, kind="senco")
    SchoolPostFactory(school=school, kind="executive_head", person=director)
    SchoolPostFactory(kind="head")

    add_school(alliance=alliance, school=school, starts_on=TODAY, by=director, now=NOW)

    assert told() == [("membership.school_joined", head.pk, alliance.pk, NOW)]
    [letter] = letters(at=NOW)
    assert letter.subject == "Greenfield Primary School belongs to Oldham Schools Alliance"
    assert letter.facts[:2] == ("As: Full member.", "From Monday 23 November 2026.")


def test_a_partner_that_joins_later_is_told_again_on_that_day(alliance, director):
    school = SchoolFactory()
    SchoolPostFactory(school=school, kind="head")

    partner = add_school(
        alliance=alliance, school=school, starts_on=TODAY, kind="partner", by=director, now=NOW
    )
    join_fully(membership=partner, joins_on=COMING, by=director, now=NOW)

    assert [row[-1] for row in told()] == [NOW, MORNING]
    assert letters(at=MORNING)[1].facts[0] == "As: Full member."


def test_who_no_longer_heads_the_school_is_not_told(alliance, director):
    school = SchoolFactory()
    SchoolPostFactory(school=school, kind="head")
    add_school(alliance=alliance, school=school, starts_on=COMING, by=director, now=NOW)

    SchoolPost.objects.update(ends_on=date(2026, 12, 31))

    [letter] = letters(at=MORNING)
    assert isinstance(letter, Stale)


@pytest.mark.parametrize("count", [1, 3])
def test_the_letters_cost_the_same_for_one_and_for_three(
    alliance, director, count, django_assert_num_queries
):
    for _ in range(count):
        school = SchoolFactory()
        give(alliance, director, SchoolPostFactory(school=school, kind="head").person)
        add_school(alliance=alliance, school=school, starts_on=TODAY, by=director, now=NOW)

    with django_assert_num_queries(7):
        letters(at=NOW)
