from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

import alliances.membership.demo
import alliances.schools.demo
import partnership.invitations.demo
import partnership.people.demo
from alliances.membership.models import (
    Alliance,
    AllianceLink,
    AlliancePost,
    Area,
    Membership,
    Partner,
    PublicPage,
    Standing,
)
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person

pytestmark = pytest.mark.django_db

ROOMS = (
    partnership.people.demo,
    partnership.invitations.demo,
    alliances.schools.demo,
    alliances.membership.demo,
)
MOMENTS = (
    datetime(2026, 11, 22, 9, tzinfo=UTC),
    datetime(2028, 2, 29, 9, tzinfo=UTC),
)
ON_ANY_DAY = pytest.mark.parametrize("loaded_at", MOMENTS, indirect=True, ids=str)
TODAY = pytest.mark.parametrize("loaded_at", MOMENTS[:1], indirect=True, ids=str)


@ON_ANY_DAY
def test_demo_holds_three_authorities_and_six_alliances_on_any_day(loaded_at):
    today = timezone.localdate(loaded_at)
    assert School.objects.count() == 108 + 444 + 103 + 14
    assert School.objects.filter(is_example=True, urn__gte=900_001).count() == 14
    counts = {
        alliance.slug: alliance.school_count
        for alliance in Alliance.objects.with_school_count(on=today)
    }
    assert counts == {
        "oldham-schools-alliance": 47,
        "harmony-trust-teaching-school-alliance": 7,
        "four-oaks-learning-trust": 10,
        "southwark-teaching-school-alliance": 9,
        "dovestone-learning-partnership": 12,
        "example-schools-partnership": 11,
    }
    directors = AlliancePost.objects.on(today).filter(kind=AlliancePost.Kind.DIRECTOR)
    assert directors.values("alliance").distinct().count() == 6


@TODAY
def test_those_who_sign_in_hold_the_posts_of_their_part(loaded_at):
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
        Person.objects.get(email="host@demo.example"), on=loaded_at.date()
    )
    assert [alliance.name for alliance in host] == ["Four Oaks Learning Trust"]


@TODAY
def test_one_school_is_leaving_one_joins_later_and_one_head_hands_over(loaded_at):
    today = loaded_at.date()
    memberships = Membership.objects.select_related("school")
    standings = {
        (each.school.urn, each.kind): each.standing_on(today)
        for each in memberships
        if each.standing_on(today) != Standing.CURRENT or each.ends_on or each.means_to_join
    }
    assert standings == {
        (105638, "full"): Standing.LEAVING,
        (105708, "full"): Standing.LEFT,
        (105703, "associate"): Standing.LAPSED,
        (105688, "partner"): Standing.CURRENT,
        (105695, "full"): Standing.PROSPECTIVE,
        (151361, "partner"): Standing.CURRENT,
        (151361, "full"): Standing.PROSPECTIVE,
    }
    heads = SchoolPost.objects.of_heads().filter(school__urn=105649).order_by("starts_on")
    old, new = heads
    assert new.starts_on == old.ends_on + timedelta(days=1)
    assert new.person_id != old.person_id


@TODAY
def test_every_invented_address_is_plain_and_its_own(loaded_at):
    addresses = list(Person.objects.values_list("email", flat=True))
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith("@demo.example") and address.isascii() for address in addresses)
    assert alliances.schools.demo.address_of("Ayşe Yılmaz") == "ayse.yilmaz@demo.example"
    assert alliances.schools.demo.address_of("Siân O’Neill") == "sian.oneill@demo.example"


@TODAY
def test_alliances_have_areas_partners_links_and_public_pages(loaded_at):
    today = loaded_at.date()
    pages = PublicPage.objects.order_by("alliance__name").values_list("alliance__name", "is_open")
    assert list(pages) == [
        ("Dovestone Learning Partnership", False),
        ("Four Oaks Learning Trust", True),
        ("Oldham Schools Alliance", True),
        ("Southwark Teaching School Alliance", True),
    ]
    southwark = Alliance.objects.get(slug="southwark-teaching-school-alliance")
    assert Area.objects.filter(alliance=southwark).count() == 6
    leads = AlliancePost.objects.filter(alliance=southwark, kind="strategic_lead")
    assert {post.funded_words for post in leads} == {"half a day a week"}
    lapsed = Partner.objects.in_standing(Standing.LAPSED, on=today)
    assert [str(partner) for partner in lapsed] == ["Example Trust for Young Readers"]
    oldham = Alliance.objects.get(slug="oldham-schools-alliance")
    words = [link.words_for(oldham, today) for link in AllianceLink.objects.of(oldham)]
    assert sorted(words) == ["Becoming part of", "Works with", "Works with", "Works with"]
