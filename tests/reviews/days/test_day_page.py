from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnership.toolkit.spoken_dates import spoken_moment
from reviews.cycles.services.holding import call_off_day, restore_day
from reviews.days.services.dating import keep_dates
from tests.factories.alliances import AlliancePostFactory
from tests.factories.days import (
    ReviewPersonFactory,
    TeamStepFactory,
    TimetableEntryFactory,
    WorkshopFactory,
)
from tests.factories.reviews import (
    CycleFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
)
from tests.factories.schools import SchoolPostFactory
from tests.reviews.days.followed import released_lately

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
    facts = {"day": at.date(), "starts_at": at, "ends_at": at + timedelta(hours=6)} | more
    day = ReviewDayFactory(cycle=cycle, **facts)
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


def test_what_to_do_for_a_child_at_risk_stands_on_top_for_host_and_team_alone(client):
    day = coming()
    head = SchoolPostFactory(school=day.school, kind="head").person
    director = AlliancePostFactory(alliance=day.cycle.alliance, kind="director").person
    words = "A child may be at risk? What to do"

    told = {person: page(client, day, person) for person in (head, went(day), director)}

    assert [words in text for text in told.values()] == [True, True, False]


def test_whoever_has_not_answered_yet_is_waited_for_before_the_day(client):
    day = coming()
    head = SchoolPostFactory(school=day.school, kind="head").person
    TeamStepFactory(review=day.review, person=went(day, is_lead=True), declared_at=timezone.now())
    asked = DayPlaceFactory(day=day, reviewer=CycleReviewerFactory(cycle=day.cycle))

    waiting = page(client, day, head)
    asked.answer = "declined"
    asked.save()
    settled = page(client, day, head)

    assert "1 of 2" in waiting
    assert "1 of 1" in settled


def test_the_page_of_a_called_off_day_says_that_what_was_prepared_is_kept(client):
    day = coming()
    went(day, is_lead=True)
    head = SchoolPostFactory(school=day.school, kind="head").person
    director = AlliancePostFactory(alliance=day.cycle.alliance, kind="director").person
    other = CycleReviewerFactory(cycle=day.cycle).reviewer.person
    call_off_day(day=day, because="Flood", by=director, now=timezone.now())
    kept = "What was prepared is kept, and comes back if the day takes place after all"

    told = {person: page(client, day, person) for person in (head, director, other)}

    assert [kept in words for words in told.values()] == [True, True, False]
    assert not any(FOCUS in words for words in told.values())

    restore_day(day=day, by=director, now=timezone.now())

    again = page(client, day, head)
    assert FOCUS in again
    assert kept not in again


def test_the_page_of_a_called_off_day_leads_to_the_new_one(client):
    day = coming()
    head = SchoolPostFactory(school=day.school, kind="head").person
    director = AlliancePostFactory(alliance=day.cycle.alliance, kind="director").person
    call_off_day(day=day, because="Flood", by=director, now=timezone.now())
    at = day.starts_at + timedelta(days=7)
    new = ReviewDayFactory(
        host=day.host,
        cycle=day.cycle,
        school=day.school,
        day=at.date(),
        starts_at=at,
        ends_at=at + timedelta(hours=6),
    )
    keep_dates([new.pk], timezone.now())

    words = page(client, day, head)

    assert f'<a href="{new.get_absolute_url()}">the school’s new day</a>' in words
    assert FOCUS not in words
    assert FOCUS in page(client, new, head)


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


def test_that_a_day_was_held_is_asked_for_once_and_by_one_date(client):
    at = timezone.now() - timedelta(hours=8)
    day = coming(day=at.date(), starts_at=at, ends_at=at + timedelta(hours=6))
    director = AlliancePostFactory(alliance=day.cycle.alliance, kind="director").person
    by = spoken_moment(day.ends_at + timedelta(days=1))

    for person in (went(day, is_lead=True), director):
        text = page(client, day, person)

        assert text.count("Say that it was held</strong>") == 1
        assert by in text


@pytest.mark.parametrize(
    ("begins_in", "words", "button"),
    [
        (None, "Hold the workshop", "Arrange the workshop"),
        (timedelta(days=2), "Hold the workshop", "See when and where it is"),
        (-timedelta(hours=3), "Say what came of the workshop", "Write it down"),
    ],
)
def test_host_is_led_to_what_its_workshop_needs_next(client, begins_in, words, button):
    made = released_lately()
    starts_at = timezone.now() + begins_in if begins_in else None
    ends_at = starts_at + timedelta(hours=2) if starts_at else None
    WorkshopFactory(
        review=made.review,
        champion=made.people["cem"],
        starts_at=starts_at,
        ends_at=ends_at,
    )

    hers = page(client, made.day, made.head)
    the_champions = page(client, made.day, made.people["cem"])

    assert f"<strong>{words}</strong>" in hers
    assert f'/afterwards/">{button}</a>' in hers
    assert f"<strong>{words}</strong>" in the_champions
    assert (button in the_champions) == (button == "Write it down")
