from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.days.services.dating import keep_dates
from tests.factories.alliances import AlliancePostFactory
from tests.factories.days import ReviewPersonFactory, TeamStepFactory, TimetableEntryFactory
from tests.factories.reviews import (
    CycleFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
)
from tests.factories.schools import SchoolPostFactory

pytestmark = pytest.mark.django_db
FOCUS = "How well do pupils write at length?"


def went(day, **more):
    reviewer = CycleReviewerFactory(cycle=day.cycle)
    return DayPlaceFactory(day=day, reviewer=reviewer, answer="accepted", **more).person


def coming(**more):
    now = timezone.now()
    published = {"state": "published", "published_at": now, "opened_at": now}
    cycle = CycleFactory(starts_on=now.date(), **published)
    at = now + timedelta(days=30)
    day = ReviewDayFactory(
        cycle=cycle, day=at.date(), starts_at=at, ends_at=at + timedelta(hours=6), **more
    )
    keep_dates([day.pk], now)
    review = day.review
    review.focus, review.focus_at = FOCUS, now
    review.save()
    return day


def page(client, day, person):
    client.force_login(person)
    return client.get(day.get_absolute_url()).text


def test_host_and_team_see_tasks_focus_and_timetable(client):
    day = coming()
    TimetableEntryFactory(review=day.review, title="Learning walk, Years 5 and 6", partner="")
    head = SchoolPostFactory(school=day.school, kind="head").person

    for person in (head, went(day, is_lead=True)):
        text = page(client, day, person)

        assert FOCUS in text
        assert "Learning walk, Years 5 and 6" in text
        assert "Nobody yet" in text
        assert "One part has no partner yet" in text
        assert "A child may be at risk?" in text


def test_whom_the_head_names_is_led_to_what_she_may_open(client):
    day = coming()
    named = ReviewPersonFactory(review=day.review).person
    client.force_login(named)

    text = client.get(reverse("days:preparation", args=[day.pk])).text

    assert FOCUS in text
    assert client.get(day.get_absolute_url()).status_code == 404
    assert f'href="{day.get_absolute_url()}"' not in text


def test_the_organiser_sees_stage_and_tasks_and_nothing_of_what_is_written(client):
    day = coming()
    director = AlliancePostFactory(alliance=day.cycle.alliance, kind="director").person

    text = page(client, day, director)

    assert "Focus and lines of enquiry" in text
    assert "Declarations by the team" in text
    assert FOCUS not in text
    assert "/preparation/" not in text


def test_somebody_who_is_asked_or_hosts_another_day_sees_date_and_team_alone(client):
    day = coming()
    reviewer = CycleReviewerFactory(cycle=day.cycle)
    asked = DayPlaceFactory(day=day, reviewer=reviewer).person
    other = CycleReviewerFactory(cycle=day.cycle).reviewer.person

    for person in (asked, other):
        text = page(client, day, person)

        assert day.school.name in text
        assert FOCUS not in text
        assert "Before the day" not in text
        assert "Self-evaluation" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_reviewer_and_for_three(
    client, count, django_assert_num_queries
):
    day = coming()
    lead = went(day, is_lead=True)
    for person in [lead, *(went(day) for _number in range(count - 1))]:
        TeamStepFactory(review=day.review, person=person)
        TimetableEntryFactory(review=day.review)
    client.force_login(lead)
    client.get(day.get_absolute_url())

    with django_assert_num_queries(8):
        client.get(day.get_absolute_url())


def test_a_day_is_no_longer_taken_back_once_its_findings_are_agreed(client):
    day = coming(state="held")
    director = AlliancePostFactory(alliance=day.cycle.alliance, kind="director").person
    question = "It wasn’t held after all"

    assert question in page(client, day, director)

    day.review.moderated_at = timezone.now()
    day.review.moderated_by = went(day, is_lead=True)
    day.review.save()

    assert question not in page(client, day, director)


def test_nobody_is_counted_before_somebody_has_accepted(client):
    day = coming()
    head = SchoolPostFactory(school=day.school, kind="head").person

    text = page(client, day, head)

    assert "Nobody has accepted a place yet" in text
    assert "0 of 0" not in text


def test_whom_the_head_names_finds_the_review_among_the_reviews(client):
    day = coming()
    named = ReviewPersonFactory(review=day.review)
    other = SchoolPostFactory(school=day.school, kind="deputy").person
    words = f"{day.school.name}, "

    def listed(person):
        client.force_login(person)
        return client.get(reverse("cycles:cycle_list")).text

    assert words in listed(named.person)
    assert reverse("days:preparation", args=[day.pk]) in listed(named.person)
    assert words not in listed(other)

    named.ended_at = timezone.now()
    named.save()

    assert words not in listed(named.person)
