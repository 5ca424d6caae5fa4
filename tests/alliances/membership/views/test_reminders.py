from datetime import UTC, datetime

import pytest
from django.urls import reverse

from partnership.notices.models import ReminderRule
from tests.factories.alliances import AllianceFactory, AlliancePostFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KIND = "meetings.answer"


@pytest.fixture
def alliance():
    return AllianceFactory(name="Oldham Schools Alliance", slug="oldham")


@pytest.fixture
def director(client, alliance):
    person = AlliancePostFactory(alliance=alliance, kind="director").person
    client.force_login(person)
    return person


def address(name="edit", kind=KIND):
    return reverse(f"membership:reminder_{name}", args=["oldham", kind])


def listed(client):
    page = client.get(reverse("membership:reminder_list", args=["oldham"]))
    return {kind.key: (timing.reminded, up, own) for kind, timing, up, own in page.context["rows"]}


def typed(**changes):
    known = {"days_before": "7, 2", "days_after": "1", "goes_up_after": "1", "seen_version": "0"}
    return known | {"waits_for_school": "on"} | changes


OURS = ("7 days before, 2 days before, 1 day after", "1 day after, to whoever called it", False)


def test_a_director_sees_when_people_are_reminded(client, director):
    assert listed(client)[KIND] == OURS


def test_a_director_sets_the_days_and_goes_back_to_the_portals(client, director, alliance):
    page = client.post(
        address(), typed(days_before="0,14", days_after=" 3 ", goes_up_after=""), follow=True
    )

    assert "“Answer a meeting” has these days." in page.text
    rule = ReminderRule.objects.get()
    assert (rule.alliance_id, rule.offsets, rule.goes_up_after) == (alliance.pk, [-14, 0, 3], None)
    assert listed(client)[KIND] == ("14 days before, when due, 3 days after", "no", True)
    form = client.get(address()).context["form"]
    assert [form[name].value() for name in ("days_before", "days_after")] == ["14, 0", "3"]

    assert "has the portal’s days again." in client.post(address("ours"), follow=True).text
    assert listed(client)[KIND] == OURS
    assert "has the portal’s days already." in client.post(address("ours"), follow=True).text
    assert "Back to the portal’s days" in client.get(address()).text


def test_saving_the_portals_days_sets_none(client, director):
    client.post(address(), typed())

    assert listed(client)[KIND] == OURS


NOT_DAYS = "Write whole numbers up to 60 with commas between them, such as 14, 7, 2."


@pytest.mark.parametrize(
    ("field", "words", "error"),
    [
        ("days_before", "-7", NOT_DAYS),
        ("days_before", "61", NOT_DAYS),
        ("days_before", "a week", NOT_DAYS),
        ("days_before", "²", NOT_DAYS),
        ("days_before", "7, 2, 7", "7 stands there twice. Say each day once."),
        ("days_after", "0", "0 is the day itself: write it with the days before."),
        ("goes_up_after", "61", "Ensure this value is less than or equal to 60."),
    ],
)
def test_days_that_make_no_sense_are_refused_at_the_field(client, director, field, words, error):
    page = client.post(address(), typed(**{field: words}))

    assert page.context["form"].errors == {field: [error]}
    assert not ReminderRule.objects.exists()


def test_more_than_five_days_are_refused(client, director):
    page = client.post(address(), typed(days_before="5,4,3,2,1", days_after="1"))

    assert page.context["form"].non_field_errors() == ["Choose at most five days altogether."]


def test_the_second_of_two_directors_sees_both_versions(client, director):
    client.post(address(), typed(days_before="14"))

    page = client.post(address(), typed(days_before="21", goes_up_after=""))

    both = [(each.label, each.yours, each.theirs) for each in page.context["form"].both]
    assert both == [
        ("Days before it is due", "21", "14"),
        ("Tell whoever called it after", "Nothing", "1"),
    ]


def test_what_goes_up_to_nobody_is_not_asked_about(client, director):
    page = client.get(address(kind="meetings.answer_for_head"))

    assert "goes_up_after" not in page.context["form"].fields


@pytest.mark.parametrize("kind", ["schools.confirm_details", "no.such"])
def test_only_duties_within_an_alliance_can_be_set(client, director, kind):
    assert client.get(address(kind=kind)).status_code == 404


@pytest.mark.parametrize("count", [0, 3])
def test_the_list_costs_the_same_with_and_without_rules(
    client, director, alliance, django_assert_num_queries, count
):
    listed(client)
    for kind in ("meetings.answer", "meetings.paper", "hubs.answer_invitation")[:count]:
        ReminderRule.objects.create(alliance_id=alliance.pk, kind=kind, changed_at=NOW)

    with django_assert_num_queries(4):
        listed(client)
