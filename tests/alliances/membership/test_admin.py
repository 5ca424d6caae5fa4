from datetime import date

import pytest
from django.urls import reverse

from alliances.membership.models import Alliance, AlliancePost, Membership
from partnership.audit.models import Event
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(PersonFactory(staff=True))
    return client


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["alliance", "membership", "alliancepost"])
def test_lists_of_the_admin_cost_the_same_for_one_row_and_for_three(
    staff, django_assert_max_num_queries, name, count
):
    for _ in range(count):
        alliance = AllianceFactory()
        MembershipFactory(alliance=alliance)
        AlliancePostFactory(alliance=alliance)
    address = reverse(f"admin:membership_{name}_changelist")

    with django_assert_max_num_queries(6):
        response = staff.get(address)

    assert len(response.context["cl"].result_list) == count


@pytest.mark.parametrize("name", ["alliance", "membership", "alliancepost"])
def test_what_has_a_history_is_never_deleted_and_says_why(staff, name):
    membership = MembershipFactory()
    post = AlliancePostFactory(alliance=membership.alliance)
    things = {"alliance": membership.alliance, "membership": membership, "alliancepost": post}
    address = reverse(f"admin:membership_{name}_delete", args=[things[name].pk])

    response = staff.post(address, {"post": "yes"})

    assert response.status_code == 403
    assert "is never deleted" in response.content.decode()
    assert Membership.objects.count() == AlliancePost.objects.count() == 1


def test_alliance_is_founded_and_changed_with_its_audit_row(staff):
    founded = staff.post(
        reverse("admin:membership_alliance_add"),
        {"name": "North", "slug": "north", "kind": "network", "area": "", "vision": "", "aims": ""},
    )
    alliance = Alliance.objects.get()
    changed = staff.post(
        reverse("admin:membership_alliance_change", args=[alliance.pk]),
        {"name": "North", "kind": "network", "area": "Oldham", "vision": "", "aims": ""},
    )

    assert (founded.status_code, changed.status_code) == (302, 302)
    alliance.refresh_from_db()
    assert (alliance.slug, alliance.area, alliance.version) == ("north", "Oldham", 2)
    assert list(
        Event.objects.filter(model="alliance").order_by("pk").values_list("action", "fields")
    ) == [("founded", []), ("alliance changed", ["area"])]


def test_alliances_are_found_by_folded_words(staff):
    AllianceFactory(name="École")
    address = reverse("admin:membership_alliance_changelist")

    response = staff.get(address, {"q": "ECOLE"})

    assert [each.name for each in response.context["cl"].result_list] == ["École"]


def membership_facts(**changes):
    return {"kind": "full", "starts_on": "2026-09-01", "ends_on": ""} | changes


def test_membership_is_entered_and_changed_with_its_audit_row(staff):
    alliance, school = AllianceFactory(), SchoolFactory()
    staff.post(
        reverse("admin:membership_membership_add"),
        membership_facts(alliance=alliance.pk, school=school.pk),
    )
    membership = Membership.objects.get()

    staff.post(
        reverse("admin:membership_membership_change", args=[membership.pk]),
        membership_facts(ends_on="2027-08-31"),
    )

    membership.refresh_from_db()
    assert (membership.school, membership.ends_on) == (school, date(2027, 8, 31))
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "school joined",
        "membership changed",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "This school belongs to the alliance on some of these days already."),
        ({"ends_on": "2026-08-31"}, "The last day must not be before the first."),
        ({"starts_on": ""}, "This field is required."),
    ],
)
def test_membership_that_cannot_be_is_said_at_the_form(staff, changes, sentence):
    kept = MembershipFactory(ends_on=date(2027, 8, 31))

    response = staff.post(
        reverse("admin:membership_membership_add"),
        membership_facts(alliance=kept.alliance_id, school=kept.school_id, **changes),
    )

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Membership.objects.count() == 1


def test_membership_cannot_be_moved_over_another(staff):
    first = MembershipFactory(starts_on=date(2020, 9, 1), ends_on=date(2022, 8, 31))
    second = MembershipFactory(
        alliance=first.alliance, school=first.school, starts_on=date(2023, 9, 1)
    )

    response = staff.post(
        reverse("admin:membership_membership_change", args=[second.pk]),
        membership_facts(starts_on="2022-01-01"),
    )

    assert response.status_code == 200
    assert "on some of these days already" in response.content.decode()


def test_post_in_an_alliance_is_given_and_ended_with_its_audit_row(staff):
    alliance, person = AllianceFactory(), PersonFactory()
    post_facts = {"kind": "chair", "description": "", "starts_on": "", "ends_on": ""}
    staff.post(
        reverse("admin:membership_alliancepost_add"),
        post_facts | {"alliance": alliance.pk, "person": person.pk},
    )
    post = AlliancePost.objects.get()

    staff.post(
        reverse("admin:membership_alliancepost_change", args=[post.pk]),
        post_facts | {"ends_on": "2026-12-31"},
    )

    post.refresh_from_db()
    assert (post.person, post.ends_on) == (person, date(2026, 12, 31))
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "appointed",
        "post changed",
    ]


def test_addresses_and_parties_stay_as_they_were_given(staff):
    membership, post = MembershipFactory(), AlliancePostFactory()

    for name, thing in (
        ("alliance", membership.alliance),
        ("membership", membership),
        ("alliancepost", post),
    ):
        response = staff.get(reverse(f"admin:membership_{name}_change", args=[thing.pk]))
        fields = response.context["adminform"].form.fields
        assert not {"slug", "school", "alliance", "person"} & set(fields)
