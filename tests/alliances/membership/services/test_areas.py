from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from alliances.membership.models import AllianceLink, Area, Partner, Standing
from alliances.membership.services import (
    EndsBeforeItStarts,
    LinkedAlready,
    NameTaken,
    PartnerAlready,
    add_area,
    add_partner,
    change_area,
    change_partner,
    end_partner,
    link_alliances,
    unlink_alliances,
)
from partnership.audit.models import Event
from tests.factories import (
    AllianceFactory,
    AllianceLinkFactory,
    AreaFactory,
    PartnerFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def test_areas_differ_in_name_whatever_their_capitals():
    area = AreaFactory(name="Early Years")
    other = AreaFactory(alliance=area.alliance, name="Leadership")
    told = {"by": PersonFactory(), "now": NOW}

    with pytest.raises(NameTaken):
        add_area(alliance=area.alliance, name="early years", **told)
    with pytest.raises(NameTaken):
        change_area(area=other, changes={"name": "EARLY YEARS"}, seen_version=1, **told)
    with transaction.atomic(), pytest.raises(IntegrityError):
        AreaFactory(alliance=area.alliance, name="EARLY years")
    change_area(area=area, changes={"name": "early years"}, seen_version=1, **told)
    add_area(alliance=AllianceFactory(), name="Early Years", **told)

    assert sorted(Area.objects.values_list("name", flat=True)) == [
        "Early Years",
        "Leadership",
        "early years",
    ]


@pytest.mark.parametrize(
    ("kind", "starts_on", "here", "there"),
    [
        ("part_of", None, "Part of", "Includes"),
        ("part_of", date(2027, 9, 1), "Becoming part of", "To include"),
        ("followed_by", TODAY, "Followed by", "Follows"),
        ("merged_into", date(2027, 9, 1), "Merging into", "Taking in"),
        ("linked", TODAY, "Works with", "Works with"),
    ],
)
def test_link_is_said_from_each_side(kind, starts_on, here, there):
    link = AllianceLinkFactory(other=AllianceFactory(), name="", kind=kind, starts_on=starts_on)

    assert link.words_for(link.alliance, TODAY) == here
    assert link.words_for(link.other, TODAY) == there


def test_alliances_work_with_each_other_once():
    one, two = AllianceFactory(), AllianceFactory()
    told = {"by": PersonFactory(), "now": NOW, "kind": "linked"}
    link_alliances(alliance=one, other=two, name="ignored", **told)

    with pytest.raises(LinkedAlready):
        link_alliances(alliance=two, other=one, **told)
    link_alliances(alliance=one, name="A network elsewhere", **told)
    with pytest.raises(LinkedAlready):
        link_alliances(alliance=one, name="A network elsewhere", **told)

    assert list(AllianceLink.objects.of(two)) == [AllianceLink.objects.get(other=two)]
    unlink_alliances(link=AllianceLink.objects.get(other=two), by=told["by"], now=NOW)
    assert Event.objects.order_by("-pk")[0].title == f"{one} works with {two}"
    assert AllianceLink.objects.count() == 1


def test_partner_belongs_once_at_a_time_and_may_come_back():
    alliance = AllianceFactory()
    told = {"alliance": alliance, "by": None, "now": NOW, "organisation": "university"}
    first = add_partner(name="University of Example", starts_on=date(2020, 9, 1), **told)

    with pytest.raises(PartnerAlready):
        add_partner(name="University of Example", starts_on=TODAY, **told)
    end_partner(partner=first, last_day=TODAY, by=PersonFactory(), now=NOW)
    add_partner(name="University of Example", starts_on=date(2027, 9, 1), **told)

    standings = [each.standing_on(TODAY) for each in Partner.objects.order_by("pk")]
    assert standings == [Standing.LEAVING, Standing.PROSPECTIVE]


def test_partner_is_changed_and_stays_after_all():
    partner = PartnerFactory()
    told = {"partner": partner, "by": PersonFactory(), "now": NOW}
    with pytest.raises(EndsBeforeItStarts):
        end_partner(**told, last_day=date(2019, 1, 1))
    end_partner(**told, last_day=TODAY, because="Its course ends.")

    changes = {"brings": "Mentors", "ends_on": None}
    change_partner(**told, changes=changes, seen_version=2)

    partner.refresh_from_db()
    assert (partner.brings, partner.ending, partner.because) == ("Mentors", "", "")
