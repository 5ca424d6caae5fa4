from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.schools.models import DepartureItem, SchoolPost
from alliances.schools.services import AccountClosed, PostHeldAlready, change_school_post
from alliances.schools.services.posts import find_or_invite, welcome_to_school
from partnership.audit.models import Event
from partnership.invitations.models import Invitation
from partnership.invitations.services import invite_person
from partnership.people.models import Person
from tests.factories import (
    AlliancePostFactory,
    DelegationFactory,
    DepartureFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
Kind = SchoolPost.Kind


@pytest.fixture
def headship():
    return SchoolPostFactory(school__name="Delph Primary School", person__name="Anna Kershaw")


@pytest.fixture
def head(client, headship):
    client.force_login(headship.person)
    return client


def people(school):
    return reverse("schools:school_people", args=[school.urn])


def filled(**changes):
    fields = {
        "name": "Imran Sharif",
        "email": "imran@delph.example",
        "kind": "deputy",
        "words": "",
        "starts_on": "",
        "ends_on": "",
    }
    return {**fields, **changes}


def add(client, school, **changes):
    return client.post(reverse("schools:post_add", args=[school.urn]), filled(**changes))


def test_head_gives_a_post_to_somebody_new_who_is_invited_for_the_school(head, headship):
    response = add(head, headship.school, starts_on="2026-09-01")

    post = SchoolPost.objects.get(kind="deputy")
    invitation = Invitation.objects.get()
    assert response["Location"] == people(headship.school)
    assert (post.person.name, post.person.is_active) == ("Imran Sharif", False)
    assert (invitation.person, invitation.invited_by) == (post.person, headship.person)
    assert invitation.on_behalf_of == "Delph Primary School"
    assert "Invited" in head.get(people(headship.school)).content.decode()


def test_head_gives_a_post_to_somebody_of_another_school_who_keeps_the_other(head, headship):
    elsewhere = SchoolPostFactory(kind=Kind.SENCO)

    add(head, headship.school, email=elsewhere.person.email.upper(), kind="senco")

    held = SchoolPost.objects.filter(person=elsewhere.person).order_by("pk")
    assert [post.school for post in held] == [elsewhere.school, headship.school]
    assert not Invitation.objects.exists()


def test_post_says_whom_it_cannot_be_given_to(head, headship):
    gone = PersonFactory(is_active=False, joined_at=NOW)

    closed = add(head, headship.school, email=gone.email)
    held = add(head, headship.school, email=headship.person.email, kind="head")

    assert "account is closed" in closed.content.decode()
    assert "holds this post already" in held.content.decode()
    assert SchoolPost.objects.count() == 1


def test_subject_lead_needs_a_subject_and_is_called_by_it(head, headship):
    without = add(head, headship.school, kind="subject_lead")
    add(head, headship.school, kind="subject_lead", words="Mathematics")
    add(head, headship.school, kind="subject_lead", words="Music")
    add(head, headship.school, kind="deputy", words="Not kept")

    posts = SchoolPost.objects.exclude(pk=headship.pk).order_by("pk")
    assert "Write the subject, or what the post is called." in without.content.decode()
    assert [post.called for post in posts] == [
        "Subject lead: Mathematics",
        "Subject lead: Music",
        "Deputy headteacher",
    ]


def test_another_post_is_called_by_its_own_words():
    assert SchoolPostFactory.build(kind=Kind.OTHER, words="Bursar").called == "Bursar"


def test_days_of_a_post_are_looked_at(head, headship):
    backwards = add(head, headship.school, starts_on="2026-09-02", ends_on="2026-09-01")
    far = add(head, headship.school, starts_on="0206-09-01")

    assert "must not be before the first" in backwards.content.decode()
    assert "Look at the year" in far.content.decode()
    assert SchoolPost.objects.count() == 1


def test_head_changes_and_ends_a_post(head, headship):
    post = SchoolPostFactory(school=headship.school, kind=Kind.DEPUTY)
    address = reverse("schools:post_edit", args=[headship.school.urn, post.pk])
    last_day = timezone.localdate() + timedelta(days=20)
    fields = {"kind": "deputy", "words": "", "starts_on": "2020-09-01", "seen_version": 1}

    response = head.post(address, {**fields, "ends_on": last_day.isoformat()})

    post.refresh_from_db()
    assert response["Location"] == people(headship.school)
    assert (post.starts_on, post.ends_on) == (date(2020, 9, 1), last_day)
    assert Event.objects.get().actor_id == headship.person_id
    assert "Leaves" in head.get(people(headship.school)).content.decode()


def test_second_editor_of_a_post_sees_what_the_first_saved(head, headship):
    post = SchoolPostFactory(school=headship.school, kind=Kind.DEPUTY)
    change_school_post(post=post, changes={"kind": Kind.SENCO}, by=None, now=NOW)
    address = reverse("schools:post_edit", args=[headship.school.urn, post.pk])
    fields = {"kind": "assistant_head", "words": "", "starts_on": "2020-09-01", "ends_on": ""}

    shown = head.post(address, {**fields, "seen_version": 1})
    saved = head.post(address, {**fields, "seen_version": 2})

    post.refresh_from_db()
    assert "Saved meanwhile; yours: Assistant headteacher" in shown.content.decode()
    assert (shown.status_code, saved.status_code) == (200, 302)
    assert post.kind == "assistant_head"


def test_post_cannot_become_one_that_is_held_already(head, headship):
    person = PersonFactory()
    SchoolPostFactory(school=headship.school, person=person, kind=Kind.SENCO)
    post = SchoolPostFactory(school=headship.school, person=person, kind=Kind.DEPUTY)
    address = reverse("schools:post_edit", args=[headship.school.urn, post.pk])

    response = head.post(address, {"kind": "senco", "seen_version": 1})

    post.refresh_from_db()
    assert "holds this post already" in response.content.decode()
    assert post.kind == "deputy"


def test_post_of_another_school_is_not_reached_through_ones_own(head, headship):
    foreign = SchoolPostFactory()

    address = reverse("schools:post_edit", args=[headship.school.urn, foreign.pk])

    assert head.get(address).status_code == 404
    assert head.get(people(foreign.school)).status_code == 403


def test_former_head_no_longer_manages_the_posts(client):
    post = SchoolPostFactory(ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(post.person)

    assert client.get(people(post.school)).status_code == 403
    assert add(client, post.school).status_code == 403


def test_director_sees_the_people_of_her_schools_and_gives_no_post(client, headship):
    membership = MembershipFactory(school=headship.school)
    director = AlliancePostFactory(alliance=membership.alliance).person
    client.force_login(director)

    page = client.get(people(headship.school)).content.decode()

    assert "Anna Kershaw" in page
    assert "Give a post" not in page
    assert add(client, headship.school).status_code == 403
    assert client.get(people(SchoolFactory())).status_code == 403


def test_people_page_shows_whose_post_begins_and_who_was_here_before(head, headship):
    today = timezone.localdate()
    SchoolPostFactory(
        school=headship.school, person__name="Next Head", starts_on=today + timedelta(days=9)
    )
    SchoolPostFactory(
        school=headship.school, person__name="Last Head", ends_on=today - timedelta(days=9)
    )

    page = head.get(people(headship.school)).content.decode()

    assert page.index("Begins") < page.index("Here before") < page.index("Last Head")


@pytest.mark.parametrize("count", [1, 3])
def test_people_page_costs_the_same_for_one_of_each_and_for_three(
    head, headship, count, django_assert_num_queries
):
    school, today = headship.school, timezone.localdate()
    for _ in range(count):
        deputy = SchoolPostFactory(school=school, kind=Kind.DEPUTY).person
        SchoolPostFactory(school=school, ends_on=today - timedelta(days=9))
        DelegationFactory(school=school, deputy=deputy, given_by=headship.person)
        departure = DepartureFactory(school=school, person=deputy, successor=PersonFactory())
        DepartureItem.objects.create(
            departure=departure, kind="hubs.leads", thing_id=1, words="Writing", passes_on=True
        )
    address = people(school)
    head.get(address)

    with django_assert_num_queries(6):
        page = head.get(address).content.decode()
    assert page.count("Writing passes on") == count


def test_who_is_invited_already_is_not_invited_twice():
    school, person = SchoolFactory(), PersonFactory(staff=True)
    invited = invite_person(email="new@delph.example", name="New", by=person, now=NOW).person

    found = find_or_invite(school=school, email="new@delph.example", name="N", by=person, now=NOW)

    assert found == invited
    assert Invitation.objects.count() == 1


def test_nothing_is_kept_when_a_post_cannot_be_given():
    post = SchoolPostFactory()
    gone = PersonFactory(is_active=False, joined_at=NOW)
    told = {"school": post.school, "name": "X", "kind": Kind.HEAD, "by": None, "now": NOW}
    people_before = Person.objects.count()

    with pytest.raises(AccountClosed):
        welcome_to_school(email=gone.email, **told)
    with pytest.raises(PostHeldAlready):
        welcome_to_school(email=post.person.email, **told)

    assert (SchoolPost.objects.count(), Person.objects.count()) == (1, people_before)
