from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from alliances.membership.services import EndsBeforeItStarts, NameTaken
from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, notice_kinds, own_duties
from partnership.toolkit.versions import ChangedSince
from support.directory.models import CapacityAccount, Designation, Practitioner, SupportArea
from support.directory.notices import CONSENT_ANSWERED, CONSENT_ASKED, ENTERED
from support.directory.services import (
    ListedAlready,
    NoHomeSchool,
    WithdrawnAlready,
    add_designation,
    add_practitioner,
    ask_for_consent,
    change_designation,
    change_practitioner,
    confirm_entry,
    end_practitioner,
    give_consent,
    open_support,
    refuse_consent,
    withdraw_consent,
)
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = datetime(2027, 1, 12, 12, tzinfo=UTC)


@pytest.fixture
def alliance():
    alliance = AllianceFactory()
    open_support(alliance=alliance, by=None, now=NOW)
    return alliance


@pytest.fixture
def director(alliance):
    return AlliancePostFactory(alliance=alliance, kind="director").person


@pytest.fixture
def head():
    return SchoolPostFactory(kind="head", school=SchoolFactory(name="Ark School"))


def listed(alliance, director, head, **facts):
    told = {
        "person": PersonFactory(name="Siân O’Neill"),
        "home_school": head.school,
        "starts_on": date(2026, 9, 1),
        "days_a_year": Decimal(15),
    }
    return add_practitioner(alliance=alliance, by=director, now=NOW, **told | facts)


def agreed(practitioner, head, **facts):
    told = {
        "days_a_year": Decimal(10),
        "starts_on": date(2026, 11, 20),
        "ends_on": date(2027, 8, 31),
        "by": head.person,
        "now": NOW,
    }
    return give_consent(practitioner=practitioner, **told | facts)


def duties_of(person):
    window = {"due_from": datetime(2026, 1, 1, tzinfo=UTC), "due_until": LATER, "now": NOW}
    return [(duty.kind, duty.title) for duty in own_duties(person, limit=9, **window)]


def told(kind):
    return list(
        Notice.objects.filter(kind=kind).order_by("recipient").values_list("recipient", flat=True)
    )


def figures():
    return list(CapacityAccount.objects.order_by("year").values_list("year", "offered"))


def test_support_begins_once_with_the_usual_lists(alliance):
    open_support(alliance=alliance, by=None, now=NOW)

    assert Designation.objects.filter(alliance=alliance, short="SLE").count() == 1
    assert SupportArea.objects.filter(alliance=alliance).count() == 13
    assert Event.objects.filter(action="support begun").count() == 1


def test_a_designation_renamed_is_found_under_its_new_name(alliance, director, head):
    title = Designation.objects.get(alliance=alliance, short="SLE")
    practitioner = listed(alliance, director, head, designations=[title.pk])

    change_designation(
        designation=title, changes={"name": "Local leader", "short": ""}, by=director, now=NOW
    )

    found = Practitioner.objects.matching("sian ark local leader")
    assert list(found) == [practitioner]
    with pytest.raises(NameTaken):
        add_designation(alliance=alliance, name="local LEADER", short="", by=director, now=NOW)


def test_who_is_listed_is_told_and_the_head_is_asked(alliance, director, head):
    practitioner = listed(alliance, director, head)

    assert told(ENTERED) == [practitioner.person_id]
    assert told(CONSENT_ASKED) == [head.person_id]
    assert duties_of(practitioner.person) == [
        ("directory.confirm", "Is your entry in the directory of support right?")
    ]
    assert duties_of(head.person) == [
        ("directory.consent", "May Siân O’Neill support other schools?")
    ]
    assert figures() == []
    with pytest.raises(ListedAlready):
        listed(alliance, director, head, person=practitioner.person)


def test_mails_about_an_entry_name_no_school(alliance, director, head):
    listed(alliance, director, head)

    for kind in (ENTERED, CONSENT_ASKED):
        notices = list(Notice.objects.filter(kind=kind))
        letters = notice_kinds()[kind].letters(notices, NOW).values()
        assert all(isinstance(letter, Letter) for letter in letters)
        assert all("Ark School" not in str(letter) for letter in letters)


def test_a_heads_consent_offers_days_and_ends_her_duty(alliance, director, head):
    practitioner = listed(alliance, director, head)

    agreed(practitioner, head)

    assert figures() == [(2026, 10)]
    assert duties_of(head.person) == []
    assert told(CONSENT_ANSWERED) == sorted([practitioner.person_id, director.pk])


def test_a_later_consent_takes_the_place_of_an_earlier_one(alliance, director, head):
    practitioner = listed(alliance, director, head)
    agreed(practitioner, head)

    agreed(practitioner, head, days_a_year=Decimal(4), now=LATER)

    assert figures() == [(2026, 4)]
    assert practitioner.consents.filter(withdrawn_at=None).count() == 1


def test_a_head_who_says_no_is_asked_no_more_until_somebody_asks_again(alliance, director, head):
    practitioner = listed(alliance, director, head)
    refuse_consent(practitioner=practitioner, because="Two vacancies", by=head.person, now=NOW)
    refused = duties_of(head.person)

    ask_for_consent(practitioner=practitioner, by=director, now=NOW)

    practitioner.refresh_from_db()
    assert refused == []
    assert duties_of(head.person) != []
    assert practitioner.consent_refused_because == ""


def test_consent_taken_back_offers_no_more_days(alliance, director, head):
    practitioner = listed(alliance, director, head)
    consent = agreed(practitioner, head)

    withdraw_consent(consent=consent, because="Illness", by=head.person, now=LATER)

    assert figures() == [(2026, 0)]
    with pytest.raises(WithdrawnAlready):
        withdraw_consent(consent=consent, because="Again", by=head.person, now=LATER)


def test_who_changes_schools_needs_the_new_heads_consent(alliance, director, head):
    practitioner = listed(alliance, director, head)
    agreed(practitioner, head)
    there = SchoolPostFactory(kind="head")
    practitioner.refresh_from_db()

    change_practitioner(
        practitioner=practitioner,
        changes={"home_school": there.school},
        seen_version=practitioner.version,
        by=director,
        now=NOW,
    )

    assert [kind for kind, _title in duties_of(there.person)] == ["directory.consent"]
    assert duties_of(head.person) == []


def test_her_own_change_confirms_an_entry_and_the_second_of_two_editors_is_told(
    alliance, director, head
):
    practitioner = listed(alliance, director, head)
    area = SupportArea.objects.get(alliance=alliance, name="Writing")
    told_both = {"practitioner": practitioner, "seen_version": practitioner.version, "now": NOW}

    changed = change_practitioner(changes={"areas": [area.pk]}, by=practitioner.person, **told_both)

    assert changed.confirmed_at == NOW
    assert "writing" in changed.search_text
    assert duties_of(practitioner.person) == []
    with pytest.raises(ChangedSince):
        change_practitioner(changes={"about": "More"}, by=director, **told_both)


def test_an_entry_is_confirmed_without_a_change(alliance, director, head):
    practitioner = listed(alliance, director, head)

    confirm_entry(practitioner=practitioner, by=practitioner.person, now=NOW)

    assert duties_of(practitioner.person) == []


def test_an_entry_that_ends_offers_no_days_in_later_years(alliance, director, head):
    practitioner = listed(alliance, director, head)
    agreed(practitioner, head, ends_on=date(2028, 8, 31))
    before = figures()

    end_practitioner(practitioner=practitioner, last_day=date(2027, 7, 21), by=director, now=NOW)

    assert before == [(2026, 10), (2027, 10)]
    assert figures() == [(2026, 10), (2027, 0)]
    with pytest.raises(EndsBeforeItStarts):
        end_practitioner(practitioner=practitioner, last_day=date(2020, 1, 1), by=director, now=NOW)


def test_without_a_home_school_days_are_offered_at_once_and_nobody_is_asked(
    alliance, director, head
):
    practitioner = listed(alliance, director, head, home_school=None)

    assert figures() == [(2026, 15), (2027, 15)]
    assert told(CONSENT_ASKED) == []
    with pytest.raises(NoHomeSchool):
        ask_for_consent(practitioner=practitioner, by=director, now=NOW)
    with pytest.raises(NoHomeSchool):
        agreed(practitioner, head)
