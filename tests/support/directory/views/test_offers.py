import pytest
from django.urls import reverse
from django.utils import timezone

from partnership.audit.models import Event
from support.directory.models import OutsideExpert, SchoolOffer, SharedPost
from tests.factories import (
    AlliancePostFactory,
    MembershipFactory,
    OutsideExpertFactory,
    SchoolFactory,
    SchoolOfferFactory,
    SchoolPostFactory,
    SharedPostFactory,
    SupportAreaFactory,
    SupportRulesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return SupportRulesFactory().alliance


@pytest.fixture
def director(alliance):
    return AlliancePostFactory(alliance=alliance, kind="director").person


@pytest.fixture
def head(alliance):
    school = SchoolFactory(name="Ark School")
    MembershipFactory(alliance=alliance, school=school)
    return SchoolPostFactory(kind="head", school=school)


def shared_post(alliance):
    post = SharedPostFactory(alliance=alliance, yearly_cost=30_000)
    for days, percent in ((2, 40), (3, 60)):
        post.shares.create(school=SchoolFactory(), days_a_week=days, cost_percent=percent)
    return post


def made(name, alliance):
    if name == "shared_post":
        return shared_post(alliance)
    factory = {"offer": SchoolOfferFactory, "expert": OutsideExpertFactory}[name]
    thing = factory(alliance=alliance, phases=["primary"])
    thing.areas.add(SupportAreaFactory(alliance=alliance))
    return thing


@pytest.mark.parametrize("name", ["offer", "expert", "shared_post"])
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_three(
    client, alliance, director, name, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        made(name, alliance)
    client.force_login(director)

    with django_assert_max_num_queries(6):
        response = client.get(reverse(f"directory:{name}_list"))

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("name", ["offer", "expert", "shared_post"])
def test_lists_are_taken_as_a_file_which_stays_on_record(client, alliance, director, name):
    thing = made(name, alliance)
    client.force_login(director)

    response = client.get(reverse(f"directory:{name}_export", args=["csv"]))

    assert str(thing) in b"".join(response).decode()
    assert Event.objects.filter(action="exported", actor_id=director.pk).count() == 1


def test_a_head_offers_for_her_own_school_alone(client, alliance, head):
    other = SchoolFactory(name="Other School")
    MembershipFactory(alliance=alliance, school=other)
    client.force_login(head.person)
    address = reverse("directory:offer_add", args=[alliance.slug])
    typed = {"kind": "placement", "title": "A morning", "starts_on": timezone.localdate()}
    typed["contact"] = head.person.name

    refused = client.post(address, {**typed, "school": "Other School"})
    client.post(address, {**typed, "school": "ark school"})

    assert "school" in refused.context["form"].errors
    offer = SchoolOffer.objects.get()
    assert (offer.school, offer.contact) == (head.school, head.person)


def test_the_director_lists_an_expert_whom_the_alliances_people_can_reach(
    client, alliance, director, head
):
    client.force_login(director)
    client.post(
        reverse("directory:expert_add", args=[alliance.slug]),
        {
            "kind": "supplier",
            "name": "Reading Rooms",
            "email": "office@reading-rooms.example",
            "website": "reading-rooms.example",
            "recommended_by": "Ark School",
            "starts_on": timezone.localdate(),
        },
    )
    expert = OutsideExpert.objects.get()

    client.force_login(head.person)
    page = client.get(expert.get_absolute_url()).content.decode()

    assert expert.website == "https://reading-rooms.example"
    assert "mailto:office@reading-rooms.example" in page


def test_finance_manager_splits_a_post_and_is_told_what_does_not_add_up(client, alliance, head):
    manager = AlliancePostFactory(alliance=alliance, kind="finance_manager").person
    other = SchoolFactory(name="Other School")
    MembershipFactory(alliance=alliance, school=other)
    client.force_login(manager)
    address = reverse("directory:shared_post_add", args=[alliance.slug])
    typed = {
        "kind": "shared",
        "title": "Teacher of music",
        "employer": "Ark School",
        "yearly_cost": "30000",
        "starts_on": timezone.localdate(),
        "school_0": "Ark School",
        "days_0": "3",
        "percent_0": "60",
        "school_1": "Other School",
        "days_1": "2",
    }

    half = client.post(address, typed)
    wrong = client.post(address, {**typed, "percent_1": "30"})
    client.post(address, {**typed, "percent_1": "40"})

    post = SharedPost.objects.get()
    assert list(half.context["form"].errors) == ["percent_1"]
    assert list(wrong.context["form"].errors) == ["percent_0"]
    assert list(post.shares.order_by("pk").values_list("cost_percent", flat=True)) == [60, 40]
    assert "£12,000<" in client.get(post.get_absolute_url()).content.decode()


def test_who_shares_no_post_sees_none(client, alliance, head):
    shared_post(alliance)
    client.force_login(head.person)

    page = client.get(reverse("directory:shared_post_list"))

    assert list(page.context["page"]) == []
