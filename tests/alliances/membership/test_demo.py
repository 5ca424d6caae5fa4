from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

import alliances.membership.demo
import alliances.schools.demo
import partnership.invitations.demo
import partnership.people.demo
from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock

pytestmark = pytest.mark.django_db

MOMENTS = (
    datetime(2026, 11, 22, 9, tzinfo=UTC),
    datetime(2028, 2, 29, 9, tzinfo=UTC),
)


@pytest.fixture
def load():
    def load_on(now):
        clock = DemoClock(now=timezone.localtime(now))
        for room in (
            partnership.people.demo,
            partnership.invitations.demo,
            alliances.schools.demo,
            alliances.membership.demo,
        ):
            room.load(clock)

    return load_on


@pytest.mark.parametrize("now", MOMENTS)
def test_demo_holds_three_authorities_and_five_alliances_on_any_day(load, now):
    load(now)

    today = timezone.localdate(now)
    assert School.objects.count() == 108 + 444 + 103 + 14
    assert School.objects.filter(is_example=True, urn__gte=900_001).count() == 14
    counts = {
        alliance.slug: alliance.school_count
        for alliance in Alliance.objects.with_school_count(on=today)
    }
    assert counts == {
        "oldham-schools-alliance": 46,
        "harmony-trust-teaching-school-alliance": 7,
        "four-oaks-learning-trust": 10,
        "southwark-teaching-school-alliance": 9,
        "dovestone-learning-partnership": 12,
    }
    directors = AlliancePost.objects.on(today).filter(kind=AlliancePost.Kind.DIRECTOR)
    assert directors.values("alliance").distinct().count() == 5


def test_those_who_sign_in_hold_the_posts_of_their_part(load):
    load(MOMENTS[0])

    def posts(email):
        found = SchoolPost.objects.filter(person__email=email)
        return list(found.values_list("school__name", "kind"))

    assert posts("head@demo.example") == [("Knowsley Junior School", "head")]
    assert posts("deputy@demo.example") == [("Knowsley Junior School", "deputy")]
    assert posts("governor@demo.example") == [("Knowsley Junior School", "chair_of_governors")]
    assert posts("lead@demo.example") == [("Greenfield Primary School", "head")]
    assert posts("supporter@demo.example") == [("Alt Academy", "principal")]
    assert posts("stranger@demo.example") == [("Charles Dickens Primary School", "head")]
    host = Alliance.objects.of_person(
        Person.objects.get(email="host@demo.example"), on=MOMENTS[0].date()
    )
    assert [alliance.name for alliance in host] == ["Four Oaks Learning Trust"]


def test_one_school_is_leaving_one_joins_later_and_one_head_hands_over(load):
    load(MOMENTS[0])

    today = MOMENTS[0].date()
    leaving = Membership.objects.on(today).exclude(ends_on=None)
    assert sorted(leaving.values_list("school__urn", "kind")) == [
        (105638, "full"),
        (151361, "partner"),
    ]
    later = Membership.objects.filter(starts_on__gt=today)
    assert list(later.values_list("school__urn", "kind")) == [(151361, "full")]
    heads = SchoolPost.objects.of_heads().filter(school__urn=105649).order_by("starts_on")
    old, new = heads
    assert new.starts_on == old.ends_on + timedelta(days=1)
    assert new.person_id != old.person_id


def test_every_invented_address_is_plain_and_its_own(load):
    load(MOMENTS[0])

    addresses = list(Person.objects.values_list("email", flat=True))
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith("@demo.example") and address.isascii() for address in addresses)
    assert alliances.schools.demo.address_of("Ayşe Yılmaz") == "ayse.yilmaz@demo.example"
    assert alliances.schools.demo.address_of("Siân O’Neill") == "sian.oneill@demo.example"
