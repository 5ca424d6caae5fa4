from datetime import UTC, date, datetime

import pytest

from alliances.membership.models import Membership, Standing
from alliances.membership.services import (
    EndsBeforeItStarts,
    FullMemberAlready,
    MemberAlready,
    add_school,
    change_membership,
    end_membership,
    join_fully,
)
from partnership.audit.models import Event
from partnership.toolkit.versions import ChangedSince
from tests.factories import AllianceFactory, MembershipFactory, PersonFactory, SchoolFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def spans():
    memberships = Membership.objects.order_by("starts_on")
    return list(memberships.values_list("kind", "starts_on", "ends_on", "ending"))


def test_school_is_a_partner_first_and_joins_on_a_later_day():
    alliance, school = AllianceFactory(), SchoolFactory()

    add_school(
        alliance=alliance,
        school=school,
        kind="partner",
        starts_on=TODAY,
        joins_on=date(2027, 9, 1),
        by=PersonFactory(),
        now=NOW,
    )

    assert spans() == [
        ("partner", TODAY, date(2027, 8, 31), "becomes"),
        ("full", date(2027, 9, 1), None, ""),
    ]
    actions = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["school joined", "goes on as full member", "school joined"]


def test_partner_without_a_day_means_to_join_until_it_joins():
    alliance, school = AllianceFactory(), SchoolFactory()
    told = {"alliance": alliance, "school": school, "by": None, "now": NOW}
    partner = add_school(**told, kind="partner", starts_on=TODAY, means_to_join=True)

    full = join_fully(membership=partner, joins_on=date(2027, 1, 4), by=None, now=NOW)

    partner.refresh_from_db()
    assert (partner.means_to_join, partner.ends_on) == (False, date(2027, 1, 3))
    assert (full.kind, full.starts_on) == ("full", date(2027, 1, 4))
    with pytest.raises(FullMemberAlready):
        join_fully(membership=full, joins_on=date(2028, 1, 4), by=None, now=NOW)


def test_nobody_joins_before_or_when_she_became_a_partner():
    partner = MembershipFactory(kind="partner", starts_on=TODAY)

    with pytest.raises(EndsBeforeItStarts):
        join_fully(membership=partner, joins_on=TODAY, by=None, now=NOW)

    assert spans() == [("partner", TODAY, None, "")]


def test_joining_never_runs_into_a_membership_that_was_agreed_already():
    partner = MembershipFactory(kind="partner", starts_on=TODAY, ends_on=date(2027, 3, 1))
    later = {"alliance": partner.alliance, "school": partner.school}
    MembershipFactory(**later, starts_on=date(2027, 9, 1))

    for day in (date(2027, 1, 1), date(2028, 1, 1)):
        with pytest.raises(MemberAlready):
            join_fully(membership=partner, joins_on=day, by=None, now=NOW)

    assert len(spans()) == 2


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({"starts_on": date(2027, 1, 1)}, Standing.PROSPECTIVE),
        ({"starts_on": TODAY}, Standing.CURRENT),
        ({"starts_on": date(2020, 9, 1), "ends_on": date(2027, 8, 31)}, Standing.CURRENT),
        (
            {"starts_on": date(2020, 9, 1), "ends_on": TODAY, "ending": "leaves"},
            Standing.LEAVING,
        ),
        (
            {"starts_on": date(2020, 9, 1), "ends_on": date(2026, 11, 21), "ending": "leaves"},
            Standing.LEFT,
        ),
        ({"starts_on": date(2020, 9, 1), "ends_on": date(2026, 11, 21)}, Standing.LAPSED),
        (
            {"starts_on": date(2020, 9, 1), "ends_on": date(2026, 11, 21), "ending": "becomes"},
            Standing.CHANGED,
        ),
    ],
)
def test_standing_follows_from_days_and_from_why_it_ends(facts, standing):
    membership = MembershipFactory(**facts)

    assert membership.standing_on(TODAY) == standing
    found = {each for each in Standing if Membership.objects.in_standing(each, on=TODAY).exists()}
    assert found == {standing}


def test_who_leaves_says_when_and_may_stay_after_all():
    membership = MembershipFactory()
    end_membership(
        membership=membership,
        last_day=date(2026, 12, 31),
        because="It joins a trust.",
        by=None,
        now=NOW,
    )
    membership.refresh_from_db()
    leaving = (membership.ending, membership.because)

    change_membership(membership=membership, changes={"ends_on": None}, by=None, now=NOW)

    membership.refresh_from_db()
    assert leaving == ("leaves", "It joins a trust.")
    assert (membership.ending, membership.because, membership.ends_on) == ("", "", None)


def test_last_day_is_never_put_off_into_the_next_membership():
    first = MembershipFactory(starts_on=date(2020, 9, 1), ends_on=date(2022, 8, 31))
    MembershipFactory(alliance=first.alliance, school=first.school, starts_on=date(2023, 9, 1))

    with pytest.raises(MemberAlready):
        end_membership(membership=first, last_day=date(2024, 1, 1), by=None, now=NOW)


def test_second_director_who_changes_a_membership_is_told():
    membership = MembershipFactory()
    told = {"membership": membership, "by": None, "now": NOW}
    change_membership(**told, changes={"kind": "associate"}, seen_version=1)

    with pytest.raises(ChangedSince):
        change_membership(**told, changes={"kind": "partner"}, seen_version=1)

    assert Membership.objects.get().kind == "associate"
