from datetime import UTC, date, datetime

import pytest

from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.membership.services import (
    EndsBeforeItStarts,
    MemberAlready,
    NameTaken,
    PostHeldAlready,
    add_school,
    appoint_to_alliance,
    change_alliance,
    change_alliance_post,
    change_membership,
    edit_alliance,
    end_alliance_post,
    end_membership,
    found_alliance,
)
from partnership.audit.models import Event
from partnership.toolkit.versions import ChangedSince
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def test_alliance_is_founded_under_an_address_made_from_its_name():
    alliance = found_alliance(
        name="Oldham Schools’ Alliance", kind=Alliance.Kind.NETWORK, by=None, now=NOW
    )

    assert alliance.slug == "oldham-schools-alliance"
    event = Event.objects.get()
    assert (event.action, event.alliance_id) == ("founded", alliance.pk)


def test_two_alliances_never_share_an_address():
    AllianceFactory(slug="north")

    with pytest.raises(NameTaken):
        found_alliance(name="North", kind=Alliance.Kind.NETWORK, by=None, now=NOW)

    assert Alliance.objects.count() == 1


def test_edit_keeps_the_search_in_step_and_says_before_and_after():
    alliance, director = AllianceFactory(name="North"), PersonFactory()

    edit_alliance(
        alliance=alliance, changes={"name": "South"}, seen_version=1, by=director, now=NOW
    )

    alliance.refresh_from_db()
    assert (alliance.name, alliance.version, alliance.search_text) == ("South", 2, "south")
    event = Event.objects.get()
    assert (event.fields, event.values) == (["name"], {"name": ["North", "South"]})


def test_second_editor_is_told_and_nothing_is_lost():
    alliance = AllianceFactory(name="North")
    edit_alliance(
        alliance=alliance, changes={"name": "South"}, seen_version=1, by=PersonFactory(), now=NOW
    )

    with pytest.raises(ChangedSince) as changed:
        edit_alliance(
            alliance=alliance, changes={"name": "East"}, seen_version=1, by=PersonFactory(), now=NOW
        )

    assert changed.value.current.name == "South"
    assert Alliance.objects.get().name == "South"


def test_staff_put_an_alliance_right_whatever_version_they_saw():
    alliance = AllianceFactory(version=7)

    change_alliance(alliance=alliance, changes={"area": "Oldham"}, by=None, now=NOW)
    change_alliance(alliance=alliance, changes={"area": "Oldham"}, by=None, now=NOW)

    assert Alliance.objects.get().version == 8
    assert Event.objects.count() == 1


def test_school_joins_from_a_day_on():
    alliance, school = AllianceFactory(), SchoolFactory()

    add_school(alliance=alliance, school=school, starts_on=TODAY, by=None, now=NOW)

    event = Event.objects.get()
    assert (event.action, event.school_id, event.alliance_id) == (
        "school joined",
        school.pk,
        alliance.pk,
    )
    assert event.title == f"{school} in {alliance}"
    assert Membership.objects.on(TODAY).count() == 1


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2026, 1, 1), None),
        (date(2019, 1, 1), date(2020, 9, 1)),
        (date(2026, 8, 31), date(2027, 1, 1)),
    ],
)
def test_school_belongs_once_at_a_time(starts_on, ends_on):
    kept = MembershipFactory(starts_on=date(2020, 9, 1), ends_on=date(2026, 8, 31))

    with pytest.raises(MemberAlready):
        add_school(
            alliance=kept.alliance,
            school=kept.school,
            starts_on=starts_on,
            ends_on=ends_on,
            by=None,
            now=NOW,
        )

    assert Membership.objects.count() == 1


def test_school_may_come_back_after_it_left():
    left = MembershipFactory(starts_on=date(2020, 9, 1), ends_on=date(2026, 8, 31))

    add_school(
        alliance=left.alliance, school=left.school, starts_on=date(2026, 9, 1), by=None, now=NOW
    )

    assert Membership.objects.on(TODAY).count() == 1


def test_membership_counts_on_its_last_day_and_not_after():
    membership = MembershipFactory()

    end_membership(membership=membership, last_day=date(2026, 12, 31), by=None, now=NOW)
    end_membership(membership=membership, last_day=date(2026, 12, 31), by=None, now=NOW)

    assert list(Membership.objects.on(date(2026, 12, 31))) == [membership]
    assert list(Membership.objects.on(date(2027, 1, 1))) == []
    assert Event.objects.count() == 1


def test_nothing_ends_before_it_starts():
    membership = MembershipFactory(starts_on=TODAY)
    post = AlliancePostFactory(kind="chair", starts_on=TODAY)
    yesterday = date(2026, 11, 21)

    with pytest.raises(EndsBeforeItStarts):
        end_membership(membership=membership, last_day=yesterday, by=None, now=NOW)
    with pytest.raises(EndsBeforeItStarts):
        end_alliance_post(post=post, last_day=yesterday, by=None, now=NOW)

    assert not Event.objects.exists()


def test_membership_is_put_right_but_never_doubled():
    first = MembershipFactory(starts_on=date(2020, 9, 1), ends_on=date(2022, 8, 31))
    second = MembershipFactory(
        alliance=first.alliance, school=first.school, starts_on=date(2023, 9, 1)
    )

    change_membership(membership=second, changes={"kind": "partner"}, by=None, now=NOW)
    change_membership(membership=second, changes={"kind": "partner"}, by=None, now=NOW)
    with pytest.raises(MemberAlready):
        change_membership(
            membership=second, changes={"starts_on": date(2022, 1, 1)}, by=None, now=NOW
        )

    second.refresh_from_db()
    assert (second.kind, second.starts_on, second.version) == ("partner", date(2023, 9, 1), 2)
    assert Event.objects.count() == 1


def test_post_in_an_alliance_is_held_once_at_a_time():
    alliance, person = AllianceFactory(), PersonFactory()
    director = {"alliance": alliance, "person": person, "kind": AlliancePost.Kind.DIRECTOR}
    appoint_to_alliance(**director, starts_on=TODAY, by=None, now=NOW)

    with pytest.raises(PostHeldAlready):
        appoint_to_alliance(**director, by=None, now=NOW)

    event = Event.objects.get()
    assert event.values == {
        "person_id": person.pk,
        "kind": "director",
        "starts_on": "2026-11-22",
        "ends_on": None,
    }


def test_post_in_an_alliance_is_changed_and_ended():
    post = AlliancePostFactory(kind="chair")

    change_alliance_post(post=post, changes={"description": "Two days"}, by=None, now=NOW)
    change_alliance_post(post=post, changes={"description": "Two days"}, by=None, now=NOW)
    end_alliance_post(post=post, last_day=TODAY, by=None, now=NOW)
    end_alliance_post(post=post, last_day=TODAY, by=None, now=NOW)

    assert [event.fields for event in Event.objects.order_by("pk")] == [
        ["description"],
        ["ends_on"],
    ]


def test_post_for_a_span_may_be_given_beside_one_without_end():
    post = AlliancePostFactory()

    appoint_to_alliance(
        alliance=post.alliance,
        person=post.person,
        kind=post.kind,
        starts_on=date(2019, 9, 1),
        ends_on=date(2020, 8, 31),
        by=None,
        now=NOW,
    )

    assert AlliancePost.objects.count() == 2
