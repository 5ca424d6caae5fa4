from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from alliances.schools.services import held_by
from partnership.toolkit.registers import END, PASS, STAY, Leaver, search
from support.directory.cards import offers_of_school
from support.directory.models import Practitioner, SchoolOffer
from support.directory.services.following import (
    ENTRIES,
    OFFERS,
    end_entry_of_leaver,
    pass_on_offer,
    take_back_entry,
)
from support.directory.services.naming import refresh_search
from tests.factories import (
    AllianceFactory,
    HomeConsentFactory,
    MembershipFactory,
    OutsideExpertFactory,
    PersonFactory,
    PractitionerFactory,
    SchoolFactory,
    SchoolOfferFactory,
    SchoolPostFactory,
    SupportRulesFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
LAST_DAY = date(2026, 12, 18)


@pytest.fixture
def alliance():
    return AllianceFactory()


@pytest.fixture
def head(alliance):
    school = SchoolFactory(name="Ark School")
    MembershipFactory(alliance=alliance, school=school)
    return SchoolPostFactory(kind="head", school=school)


def test_search_finds_practitioners_offers_and_experts_of_her_alliances_alone(alliance, head):
    practitioner = PractitionerFactory(
        alliance=alliance, home_school=head.school, person=PersonFactory(name="Zoë Reader")
    )
    refresh_search(Practitioner.objects.all())
    SchoolOfferFactory(alliance=alliance, school=head.school, title="Reader’s morning")
    OutsideExpertFactory(alliance=alliance, name="Reader Rooms")
    SchoolOfferFactory(title="Reader elsewhere")
    OutsideExpertFactory(alliance=alliance, name="Reader past", ends_on=date(2026, 10, 1))

    found = search(head.person, "reader", limit=9, on=TODAY)
    stranger = search(SchoolPostFactory(kind="head").person, "reader", limit=9, on=TODAY)

    assert sorted((each.kind, each.title) for each in found) == [
        ("directory.expert", "Reader Rooms"),
        ("directory.offer", "Reader’s morning"),
        ("directory.practitioner", "Zoë Reader"),
    ]
    assert practitioner.get_absolute_url() in [each.url for each in found]
    assert stranger == []


def test_a_schools_offers_stand_on_its_page_for_its_alliances_people(alliance, head):
    offer = SchoolOfferFactory(alliance=alliance, school=head.school)
    stranger = SchoolPostFactory(kind="head").person

    def shown(person):
        card = offers_of_school(person, head.school, NOW)
        return [row.title for row in card.context["offers"]] if card else []

    assert shown(head.person) == [offer.title]
    assert shown(stranger) == []


def test_an_alliances_people_are_led_to_its_directory(client, alliance, head):
    SupportRulesFactory(alliance=alliance)
    client.force_login(head.person)

    page = client.get(alliance.get_absolute_url()).content.decode()

    assert f"/directory/{alliance.slug}/rules/" in page


def test_who_leaves_ends_her_entry_and_passes_on_what_she_is_asked_about(alliance, head):
    post = SchoolPostFactory(kind="teacher", school=head.school)
    entry = PractitionerFactory(
        alliance=alliance, person=post.person, home_school=head.school, days_a_year=5
    )
    HomeConsentFactory(practitioner=entry)
    offer = SchoolOfferFactory(alliance=alliance, school=head.school, contact=post.person)
    leaver = Leaver(post.person, post.school, LAST_DAY, head.person, TODAY)
    successor = PersonFactory()

    held = {kind.key: things for kind, things in held_by(leaver)}
    end_entry_of_leaver(leaver, held[ENTRIES][0].key, to=None, now=NOW)
    again = end_entry_of_leaver(leaver, held[ENTRIES][0].key, to=None, now=NOW)
    pass_on_offer(leaver, held[OFFERS][0].key, to=successor, now=NOW)

    entry.refresh_from_db()
    assert held[ENTRIES][0].choices == (END, STAY)
    assert held[OFFERS][0].choices == (PASS, END, STAY)
    assert (entry.ends_on, again) == (LAST_DAY, 0)
    assert SchoolOffer.objects.get(pk=offer.pk).contact == successor

    take_back_entry(leaver, entry.pk, to=None, until=None, since=NOW, now=NOW)

    entry.refresh_from_db()
    assert entry.ends_on is None
    assert entry.accounts.get().offered == 5


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["practitioner", "schooloffer", "outsideexpert"])
def test_lists_of_the_admin_cost_the_same_for_one_row_and_for_three(
    client, django_assert_max_num_queries, name, count
):
    client.force_login(PersonFactory(staff=True))
    for _ in range(count):
        PractitionerFactory()
        SchoolOfferFactory()
        OutsideExpertFactory()

    with django_assert_max_num_queries(6):
        response = client.get(reverse(f"admin:directory_{name}_changelist"))

    assert len(response.context["cl"].result_list) == count
