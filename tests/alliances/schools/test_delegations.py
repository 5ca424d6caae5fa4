from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from alliances.schools.duties import CONFIRM_FOR_HEAD
from alliances.schools.models import Delegation, DetailsCheck, SchoolPost
from alliances.schools.notices import (
    DELEGATED,
    DELEGATION_ENDED,
    letters_of_delegation,
    letters_of_ended_delegation,
)
from alliances.schools.permissions import (
    acts_for,
    can_appoint_heads,
    can_change_post,
    can_delegate,
    can_end_delegation,
    is_head_of,
)
from alliances.schools.services import (
    DelegationOver,
    NotOfTheSchool,
    answer_details,
    ask_for_details,
    delegate,
    end_delegation,
)
from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from partnership.toolkit.registers import Duty, DutyWindow, Letter, Stale, all_duties
from tests.factories import DelegationFactory, PersonFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SOON = date(2026, 12, 18)
Kind = Delegation.Kind


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def headship():
    return SchoolPostFactory(school__name="Delph Primary School", person__name="Anna Kershaw")


@pytest.fixture
def deputy(headship):
    post = SchoolPostFactory(
        school=headship.school, kind=SchoolPost.Kind.DEPUTY, person__name="Imran Sharif"
    )
    return post.person


@pytest.fixture
def school(headship):
    return headship.school


def given(headship, deputy, *kinds, ends_on=SOON):
    return delegate(
        school=headship.school,
        deputy=deputy,
        kinds=kinds or [Kind.DETAILS],
        ends_on=ends_on,
        by=headship.person,
        now=NOW,
    )


def owed(now=NOW):
    window = DutyWindow(now=now, kinds=[CONFIRM_FOR_HEAD])
    return [Duty(*row) for row in all_duties(window)]


def test_deputy_acts_in_the_matters_she_is_given_and_in_no_other(headship, deputy, school):
    given(headship, deputy, Kind.DETAILS, Kind.REPLIES)

    held = [kind for kind in Kind if acts_for(deputy, school, kind, TODAY)]

    assert held == [Kind.DETAILS, Kind.REPLIES]
    assert not is_head_of(deputy, school, TODAY)
    assert not can_delegate(deputy, school, TODAY)
    assert not can_appoint_heads(deputy, school, TODAY)
    assert not can_change_post(deputy, headship, TODAY)
    assert all(acts_for(headship.person, school, kind, TODAY) for kind in Kind)


def test_delegation_holds_until_its_last_day_and_not_after(headship, deputy, school):
    given(headship, deputy)

    assert acts_for(deputy, school, Kind.DETAILS, SOON)
    assert not acts_for(deputy, school, Kind.DETAILS, SOON + timedelta(days=1))
    assert not acts_for(deputy, school, Kind.DETAILS, TODAY - timedelta(days=1))


def test_delegation_lapses_when_the_head_or_the_deputy_leaves(headship, deputy, school):
    given(headship, deputy)
    SchoolPost.objects.filter(person=deputy).update(ends_on=date(2026, 11, 30))

    left = date(2026, 12, 1)
    assert acts_for(deputy, school, Kind.DETAILS, date(2026, 11, 30))
    assert not acts_for(deputy, school, Kind.DETAILS, left)
    SchoolPost.objects.filter(person=deputy).update(ends_on=None)
    SchoolPost.objects.filter(pk=headship.pk).update(ends_on=date(2026, 11, 30))
    assert not acts_for(deputy, school, Kind.DETAILS, left)


def test_who_may_not_sign_in_acts_for_nobody(headship, deputy, school):
    given(headship, deputy)
    deputy.is_active = False

    assert not acts_for(deputy, school, Kind.DETAILS, TODAY)


def test_only_somebody_of_the_school_may_act_for_it(headship, deputy):
    with pytest.raises(NotOfTheSchool):
        given(headship, PersonFactory())

    assert not Delegation.objects.exists()


def test_delegating_again_takes_the_place_of_what_was_said(headship, deputy, school):
    given(headship, deputy)
    given(headship, deputy, ends_on=date(2027, 1, 29))

    (standing,) = Delegation.objects.on(TODAY)
    assert standing.ends_on == date(2027, 1, 29)


def test_ending_it_counts_at_once_and_twice_is_refused(headship, deputy, school):
    (delegation,) = given(headship, deputy)

    end_delegation(delegation=delegation, by=headship.person, now=NOW)

    assert not acts_for(deputy, school, Kind.DETAILS, TODAY)
    with pytest.raises(DelegationOver):
        end_delegation(delegation=delegation, by=headship.person, now=NOW)
    actions = Event.objects.order_by("pk").values_list("action", "actor_id")
    assert list(actions) == [
        ("delegated", headship.person_id),
        ("delegation ended", headship.person_id),
    ]


def test_head_ends_it_and_the_deputy_may_lay_it_down(headship, deputy):
    (delegation,) = given(headship, deputy)

    assert can_end_delegation(headship.person, delegation, TODAY)
    assert can_end_delegation(deputy, delegation, TODAY)
    assert not can_end_delegation(SchoolPostFactory().person, delegation, TODAY)


def test_deputy_owes_the_yearly_check_beside_the_head_until_it_is_done(headship, deputy, school):
    ask_for_details(now=NOW)
    given(headship, deputy)

    (duty,) = owed()
    answer_details(school=school, is_right=True, by=deputy, now=NOW)

    assert (duty.person_id, duty.goes_up_to_id) == (deputy.pk, headship.person_id)
    assert duty.line == "For Anna Kershaw, once in an academic year"
    assert "Anna Kershaw lets you" in duty.spec.why(duty)
    assert owed() == []
    assert DetailsCheck.objects.get().answered_by == deputy
    assert Event.objects.latest("pk").actor_id == deputy.pk


def test_deputy_is_reminded_once_and_not_after_it_was_taken_back(headship, deputy):
    ask_for_details(now=datetime(2026, 10, 1, 7, tzinfo=UTC))
    DelegationFactory(
        school=headship.school, deputy=deputy, given_by=headship.person, kind=Kind.DETAILS
    )
    near = datetime(2026, 10, 28, 10, tzinfo=UTC)

    plan_reminders(now=near)
    plan_reminders(now=near)
    reminded = Notice.objects.filter(recipient=deputy).count()
    Delegation.objects.update(ended_at=near)
    plan_reminders(now=datetime(2026, 11, 2, 10, tzinfo=UTC))

    assert reminded == 1
    assert Notice.objects.filter(recipient=deputy).count() == 1


def test_deputy_is_told_once_of_all_that_she_may_do(headship, deputy):
    given(headship, deputy, Kind.DETAILS, Kind.REPLIES)

    (notice,) = Notice.objects.all()
    letter = letters_of_delegation([notice], NOW)[notice.pk]

    assert (notice.kind, notice.recipient) == (DELEGATED, deputy)
    assert letter.subject == "You may act for Delph Primary School"
    assert letter.facts == (Kind.DETAILS.label, Kind.REPLIES.label)


def test_letter_of_a_delegation_lapses_when_all_of_it_was_taken_back(headship, deputy):
    (delegation,) = given(headship, deputy)
    end_delegation(delegation=delegation, by=headship.person, now=NOW)
    first, ended = Notice.objects.order_by("pk")

    assert isinstance(letters_of_delegation([first], NOW)[first.pk], Stale)
    assert (ended.kind, ended.recipient) == (DELEGATION_ENDED, deputy)
    letter = letters_of_ended_delegation([ended], NOW)[ended.pk]
    assert letter.subject == "You no longer act for Delph Primary School"


def test_head_is_told_when_the_deputy_lays_it_down(headship, deputy):
    (delegation,) = given(headship, deputy)
    end_delegation(delegation=delegation, by=deputy, now=NOW)

    notice = Notice.objects.get(kind=DELEGATION_ENDED)
    letter = letters_of_ended_delegation([notice], NOW)[notice.pk]
    Delegation.objects.update(ended_at=None)

    assert notice.recipient == headship.person
    assert isinstance(letter, Letter)
    assert letter.subject == "Imran Sharif no longer acts for Delph Primary School"
    assert isinstance(letters_of_ended_delegation([notice], NOW)[notice.pk], Stale)


def new(client, school, **changes):
    fields = {"kinds": ["details", "replies"], "ends_on": SOON.isoformat(), **changes}
    return client.post(reverse("schools:delegation_new", args=[school.urn]), fields)


def test_head_delegates_and_ends_it_on_the_pages(client, headship, deputy, school):
    client.force_login(headship.person)

    response = new(client, school, deputy=deputy.pk, alone=["signing"])
    page = client.get(response["Location"]).content.decode()
    delegation = Delegation.objects.get(kind="signing")
    address = reverse("schools:delegation_end", args=[school.urn, delegation.pk])
    asked = client.get(address).content.decode()
    client.post(address)
    again = client.post(address, follow=True).content.decode()

    assert "Imran Sharif may act for Delph Primary School until Friday 18 December 2026." in page
    assert "End this at once?" in asked
    assert "This had ended already." in again
    kinds = Delegation.objects.on(TODAY).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["details", "replies"]


def test_signing_and_releasing_are_ticked_one_by_one(client, headship, deputy, school):
    client.force_login(headship.person)

    page = new(client, school, deputy=deputy.pk, kinds=["signing"]).content.decode()
    new(client, school, deputy=deputy.pk)

    assert "Select a valid choice" in page
    assert not acts_for(deputy, school, Kind.SIGNING, TODAY)
    assert not acts_for(deputy, school, Kind.RELEASING, TODAY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": "2026-11-21"}, "This day has passed."),
        ({"ends_on": "2028-11-21"}, "within the next year"),
        ({"kinds": []}, "Tick at least one matter."),
    ],
)
def test_delegation_says_what_cannot_be(client, headship, deputy, school, changes, words):
    client.force_login(headship.person)

    page = new(client, school, deputy=deputy.pk, **changes).content.decode()

    assert words in page
    assert not Delegation.objects.exists()


def test_head_chooses_among_the_people_of_her_school_alone(client, headship, deputy, school):
    stranger = SchoolPostFactory(kind=SchoolPost.Kind.DEPUTY).person
    client.force_login(headship.person)

    new(client, school, deputy=stranger.pk)
    new(client, school, deputy=headship.person_id)

    assert not Delegation.objects.exists()


def test_deputy_keeps_the_details_but_names_no_head(client, headship, deputy, school):
    given(headship, deputy)
    client.force_login(deputy)
    add = reverse("schools:post_add", args=[school.urn])
    fields = {"name": "New", "email": "new@delph.example"}

    page = client.get(school.get_absolute_url()).content.decode()
    client.post(add, {**fields, "kind": "head"})
    heads = SchoolPost.objects.of_heads().count()
    client.post(add, {**fields, "kind": "senco"})
    client.post(reverse("schools:details_confirm", args=[school.urn]), {"answer": "right"})
    edit = client.get(reverse("schools:post_edit", args=[school.urn, headship.pk]))

    assert "People and posts" in page
    assert heads == 1
    assert SchoolPost.objects.filter(kind="senco").exists()
    assert DetailsCheck.objects.get().answered_by == deputy
    assert edit.status_code == 403
    assert client.get(reverse("schools:delegation_new", args=[school.urn])).status_code == 403
