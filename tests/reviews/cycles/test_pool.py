import csv
from datetime import UTC, date, datetime

import pytest
from django.contrib import admin
from django.urls import reverse

from partnership.audit.models import Event
from reviews.cycles.models import BlockedDay, CannotReview, Reviewer, Training
from tests.factories.alliances import AlliancePostFactory, MembershipFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    CannotReviewFactory,
    CycleReviewerFactory,
    ReviewerFactory,
    TrainingFactory,
)
from tests.factories.schools import SchoolPostFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TODAY = date(2026, 11, 22)
WHY = "My sister teaches Year 4 there"


@pytest.fixture
def director(time_machine):
    time_machine.move_to(NOW, tick=False)
    return AlliancePostFactory(kind="director").person


@pytest.fixture
def alliance(director):
    return director.alliance_posts.get().alliance


@pytest.fixture
def reviewer(alliance):
    return ReviewerFactory(alliance=alliance, person__name="Ada Ahmed")


def page(client, person, name, *args, **query):
    client.force_login(person)
    return client.get(reverse(f"cycles:{name}", args=args), query)


def sends(client, person, name, *args, **typed):
    client.force_login(person)
    return client.post(reverse(f"cycles:{name}", args=args), typed, follow=True)


def head_of_member(alliance, **facts):
    post = SchoolPostFactory(**facts)
    MembershipFactory(alliance=alliance, school=post.school, starts_on=date(2020, 9, 1))
    return post.person


def test_all_heads_are_added_at_once_and_nobody_twice(client, director, alliance, reviewer):
    head = head_of_member(alliance)
    teacher = head_of_member(alliance, kind="teacher")
    head_of_member(alliance, person=reviewer.person)

    sends(client, director, "reviewer_add", alliance.slug, heads="on")
    sends(client, director, "reviewer_add", alliance.slug, ticked=[teacher.pk])
    again = sends(client, director, "reviewer_add", alliance.slug, ticked=[teacher.pk])

    pool = Reviewer.objects.filter(alliance=alliance).exclude(pk=reviewer.pk)
    assert set(pool.values_list("person", "school", "starts_on")) == {
        (person.pk, person.school_posts.get().school_id, TODAY) for person in (head, teacher)
    }
    assert "One of these can no longer be added" in again.text


def test_nobody_outside_the_alliance_is_added(client, director, alliance):
    stranger = SchoolPostFactory().person

    sends(client, director, "reviewer_add", alliance.slug, ticked=[stranger.pk])

    assert not Reviewer.objects.exists()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"Ada Ahmed", "Beth Bell", "Cy Clark"}),
        ({"trained": "lead"}, {"Ada Ahmed"}),
        ({"trained": "review"}, {"Ada Ahmed", "Beth Bell"}),
        ({"trained": "none"}, {"Cy Clark"}),
        ({"soon": "on"}, {"Beth Bell"}),
        ({"text": "clark"}, {"Cy Clark"}),
    ],
)
def test_pool_is_narrowed_and_exported_alike(client, director, alliance, reviewer, query, expected):
    TrainingFactory(reviewer=reviewer)
    second = ReviewerFactory(alliance=alliance, person__name="Beth Bell")
    TrainingFactory(reviewer=second, kind="reviewer", expires_on=date(2027, 1, 12))
    third = ReviewerFactory(alliance=alliance, person__name="Cy Clark")
    TrainingFactory(reviewer=third, expires_on=date(2026, 10, 1))
    ReviewerFactory(alliance=alliance, ends_on=date(2026, 10, 1))

    listed = page(client, director, "reviewer_list", alliance.slug, **query)
    taken = page(client, director, "reviewer_export", alliance.slug, "csv", **query)

    names = {
        row["Reviewer"] for row in csv.DictReader(taken.getvalue().decode("utf-8-sig").splitlines())
    }
    assert {each.person.name for each in listed.context["page"]} == names == expected


def test_reason_stays_with_the_reviewer(client, director, alliance, reviewer):
    member = head_of_member(alliance, school__name="Example Fold Primary School").school_posts.get()
    her = reviewer.person

    sends(
        client,
        her,
        "cannot_review_add",
        reviewer.pk,
        school="example fold primary school",
        why="relative",
        words=WHY,
    )
    own = page(client, her, "reviewer_detail", reviewer.pk).text
    directors = page(client, director, "reviewer_detail", reviewer.pk).text
    taken = page(client, director, "reviewer_export", alliance.slug, "csv").getvalue().decode()

    said = CannotReview.objects.get()
    assert (said.school, said.words) == (member.school, WHY)
    assert WHY in own
    assert "A relative works or learns there" in own
    assert "Example Fold Primary School" in directors
    for elsewhere in (directors, taken, *(str(event.__dict__) for event in Event.objects.all())):
        assert WHY not in elsewhere
        assert "elative" not in elsewhere


def test_the_admin_knows_no_reasons():
    assert not any(admin.site.is_registered(model) for model in (BlockedDay, CannotReview))


def test_only_she_herself_says_and_takes_back_what_she_cannot_review(client, director, reviewer):
    cannot = CannotReviewFactory(reviewer=reviewer)

    assert sends(client, director, "cannot_review_add", reviewer.pk).status_code == 403
    assert sends(client, director, "cannot_review_end", reviewer.pk, cannot.pk).status_code == 403

    sends(client, reviewer.person, "cannot_review_end", reviewer.pk, cannot.pk)

    assert not CannotReview.objects.exists()


def test_she_sets_her_own_limits_and_the_director_enters_training(client, director, reviewer):
    sends(
        client,
        reviewer.person,
        "reviewer_limits",
        reviewer.pk,
        most_days="3",
        most_days_half_term="1",
        seen_version="1",
    )
    typed = {"kind": "lead", "trained_on": "2026-09-10", "expires_on": "2028-09-10"}
    refused = sends(client, reviewer.person, "training_add", reviewer.pk, **typed)
    sends(client, director, "training_add", reviewer.pk, **typed, given_by="Example Trainers")

    reviewer.refresh_from_db()
    assert (reviewer.most_days, reviewer.most_days_half_term) == (3, 1)
    assert refused.status_code == 403
    training = Training.objects.get()
    assert training.renew_by == datetime(2028, 9, 10, 16, tzinfo=UTC)
    assert "Example Trainers" in page(client, reviewer.person, "reviewer_detail", reviewer.pk).text

    sends(client, director, "training_remove", reviewer.pk, training.pk)

    assert not Training.objects.exists()


def test_training_ends_after_it_was_given(client, director, reviewer):
    typed = {"kind": "lead", "trained_on": "2026-09-10", "expires_on": "2026-09-10"}

    shown = sends(client, director, "training_add", reviewer.pk, **typed)

    assert "The last day must be after the training." in shown.text
    shown = sends(
        client, director, "training_add", reviewer.pk, kind="lead", trained_on="2026-11-23"
    )
    assert "This day is still to come." in shown.text
    assert not Training.objects.exists()


def test_a_reviewer_of_a_living_cycle_is_taken_out_of_it_first(
    client, director, alliance, reviewer
):
    entry = CycleReviewerFactory(cycle__alliance=alliance, reviewer=reviewer)

    refused = sends(client, director, "reviewer_end", reviewer.pk)

    assert "Take the reviewer out of it first." in refused.text

    entry.left_at = NOW
    entry.save()
    sends(client, director, "reviewer_end", reviewer.pk)

    reviewer.refresh_from_db()
    assert reviewer.ends_on == TODAY


def test_a_reviewers_page_is_for_herself_and_her_director(client, director, reviewer):
    other = ReviewerFactory(alliance=reviewer.alliance)
    officer = PersonFactory(is_staff=True)

    assert page(client, other.person, "reviewer_detail", reviewer.pk).status_code == 404
    assert page(client, officer, "reviewer_detail", reviewer.pk).status_code == 404


def test_pool_costs_the_same_for_one_and_for_three(
    client, director, alliance, reviewer, django_assert_num_queries
):
    page(client, director, "reviewer_list", alliance.slug)
    for more in (0, 2):
        for _ in range(more):
            TrainingFactory(reviewer=ReviewerFactory(alliance=alliance))
        with django_assert_num_queries(5):
            client.get(reverse("cycles:reviewer_list", args=[alliance.slug]))
