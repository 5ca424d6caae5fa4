from datetime import date

import pytest
from django.core.cache import cache
from django.core.cache.utils import make_template_fragment_key
from django.urls import reverse

from partnership.audit.models import Event
from tests.factories import MembershipFactory, PartnerFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

PARTNERS = "/alliances/osa/partners/"


def names(response):
    assert response.status_code == 200
    return [partner.name for partner in response.context["page"]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_partner_and_for_three(
    director, client, django_assert_num_queries, count
):
    for _ in range(count):
        PartnerFactory(alliance=director.alliance)

    with django_assert_num_queries(5):
        response = client.get(PARTNERS)

    assert len(names(response)) == count


def test_list_keeps_past_partners_away_until_they_are_asked_for(director, client):
    told = {"alliance": director.alliance}
    PartnerFactory(**told, name="Here")
    PartnerFactory(**told, name="Later", starts_on=date(2999, 1, 1))
    PartnerFactory(**told, name="Gone", ends_on=date(2021, 8, 31), ending="leaves")
    PartnerFactory(name="Elsewhere")

    assert names(client.get(PARTNERS)) == ["Here", "Later"]
    assert names(client.get(PARTNERS, {"standing": "left"})) == ["Gone"]
    assert names(client.get(PARTNERS, {"standing": "every"})) == ["Gone", "Here", "Later"]
    assert names(client.get(PARTNERS, {"order": "-from"})) == ["Later", "Here"]


def test_list_is_searched_by_name_contact_and_words_and_narrowed_by_what_it_is(director, client):
    told = {"alliance": director.alliance}
    PartnerFactory(**told, name="Canal Museum", organisation="charity", brings="Boats")
    PartnerFactory(**told, name="Northern University", contact_name="Dr Folasade Nwosu")

    assert names(client.get(PARTNERS, {"text": "canal boats"})) == ["Canal Museum"]
    assert names(client.get(PARTNERS, {"text": "nwosu"})) == ["Northern University"]
    assert names(client.get(PARTNERS, {"organisation": "charity"})) == ["Canal Museum"]
    assert names(client.get(PARTNERS, {"kind": "full"})) == []
    found = client.get(PARTNERS, {"organisation": "university", "text": "north"})
    assert [chip.words for chip in found.context["chips"]] == ["“north”", "University"]
    assert "No partner matches." in client.get(PARTNERS, {"text": "nowhere"}).content.decode()


def test_a_choice_that_there_is_not_is_said_with_the_filters_open(director, client):
    content = client.get(PARTNERS, {"organisation": "circus"}).content.decode()

    assert '<details class="filter-fold" open>' in content
    assert "error-summary" in content


@pytest.mark.parametrize("address", [PARTNERS, "/alliances/osa/schools/"])
def test_folded_filters_are_kept_once_drawn(director, client, address):
    filterset = client.get(address).context["filterset"]

    kept = cache.get(make_template_fragment_key("belonging_filters", [filterset.fold_key]))

    assert all(f'name="{name}"' in kept for name in filterset.folded)
    assert client.get(address, {"kind": "full"}).context["filterset"].fold_key != filterset.fold_key


def test_people_of_the_alliance_read_the_list_and_only_its_director_changes_it(director, client):
    membership = MembershipFactory(alliance=director.alliance)
    partner = PartnerFactory(alliance=director.alliance, contact_email="ada@example.org")
    client.force_login(SchoolPostFactory(school=membership.school).person)

    content = client.get(PARTNERS).content.decode()

    assert "ada<wbr>@example.org" in content
    assert "Add a partner" not in content
    assert "Change" not in content
    assert client.get(f"{PARTNERS}{partner.pk}/").status_code == 403


def test_list_leaves_as_a_file_with_its_filters_and_that_stays_on_record(director, client):
    told = {"alliance": director.alliance}
    PartnerFactory(**told, name="Canal Museum", organisation="charity")
    PartnerFactory(**told, name="=Northern University", contact_name="Dr Nwosu")

    response = client.get(f"{PARTNERS}export.csv", {"organisation": "university"})

    raw = b"".join(response.streaming_content)
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Northern University,University,,Dr Nwosu,,,Partner,Belongs,01/09/2020," in lines[1]
    event = Event.objects.get(action="exported")
    assert (event.title, event.values) == (f"Partners of {director.alliance}", {"file": "csv"})


def test_page_of_who_does_what_shows_partners_of_today_and_leads_to_all(director, client):
    told = {"alliance": director.alliance}
    PartnerFactory(**told, name="Canal Museum", contact_name="Ada Quay")
    PartnerFactory(**told, name="Old Friend", ends_on=date(2021, 8, 31))

    content = client.get("/alliances/osa/people/").content.decode()

    assert "Ask for Ada Quay" in content
    assert "Old Friend" not in content
    assert reverse("membership:partner_list", args=["osa"]) in content


def test_pages_of_one_partner_lead_back_to_the_list(director, client):
    partner = PartnerFactory(alliance=director.alliance)

    for address in ("new/", f"{partner.pk}/", f"{partner.pk}/end/"):
        assert f'<li><a href="{PARTNERS}">Partners</a></li>' in (
            client.get(f"{PARTNERS}{address}").content.decode()
        )
