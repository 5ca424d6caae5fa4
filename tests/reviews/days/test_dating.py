import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.calendar.days import is_school_day, school_days_between
from partnership.toolkit.registers import GoneFurther
from reviews.cycles.models import ReviewDay
from reviews.cycles.services.holding import call_off_day, restore_day, take_back_held
from reviews.cycles.services.moving import move_by_hand
from reviews.days.course import facts_of
from reviews.days.models import Review, TeamStep, View
from reviews.days.services.dating import AFTER, BEFORE, due_dates, keep_dates
from reviews.days.services.noting import add_note
from reviews.days.services.viewing import complete_views
from reviews.days.tasks import delete_notes_of_reviews, keep_dates_of_reviews
from tests.factories.days import TeamStepFactory
from tests.factories.reviews import CycleFactory, ReviewDayFactory
from tests.reviews.days.moderated import AFTERWARDS, make_team
from tests.reviews.days.test_noting import sent

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 22, 12, tzinfo=LONDON)


def made_day(**more):
    cycle = CycleFactory(state="published", published_at=NOW)
    day = ReviewDayFactory(cycle=cycle, **more)
    keep_dates([day.pk], NOW)
    return day


def said(moment):
    return f"{moment.astimezone(LONDON):%a %-d %b %Y %-I%p}"


@pytest.mark.django_db
def test_due_dates_are_worked_back_over_school_days_at_five_in_the_afternoon():
    review = made_day(day=date(2027, 1, 20)).review

    assert said(review.evaluation_by) == "Tue 29 Dec 2026 5PM"
    assert said(review.focus_by) == "Wed 6 Jan 2027 5PM"
    assert said(review.read_by) == "Tue 19 Jan 2027 5PM"
    assert said(review.views_by) == "Thu 21 Jan 2027 5PM"
    assert said(review.report_by) == "Wed 3 Feb 2027 5PM"


@given(day=st.dates(date(2026, 9, 1), date(2028, 8, 31)).filter(is_school_day))
@settings(max_examples=60, deadline=None)
def test_every_due_date_is_a_school_day_and_so_many_away(day):
    morning = datetime(day.year, day.month, day.day, 8, 30, tzinfo=LONDON)
    found = due_dates(ReviewDay(day=day, starts_at=morning, ends_at=morning.replace(hour=15)), None)

    for name, count in BEFORE.items():
        due = found[name].astimezone(LONDON).date()
        assert is_school_day(due)
        assert school_days_between(due, day) == count + 1
    for name, count in AFTER.items():
        due = found[name].astimezone(LONDON).date()
        assert is_school_day(due)
        assert school_days_between(day, due) == count + 1


@pytest.mark.django_db
def test_a_moved_day_takes_its_due_dates_along_and_leaves_what_was_written():
    day = made_day(day=date(2027, 1, 20))
    Review.objects.filter(pk=day.review.pk).update(focus="Writing", focus_at=NOW)

    move_by_hand(day=day, to=date(2027, 2, 3), by=day.cycle.organiser, now=NOW)

    review = Review.objects.get()
    assert said(review.read_by) == "Tue 2 Feb 2027 5PM"
    assert (review.focus, review.focus_at) == ("Writing", NOW)


@pytest.mark.django_db
def test_a_day_called_off_has_no_due_dates_until_it_stands_again():
    day = made_day(day=date(2027, 1, 20))
    by = day.cycle.organiser
    Review.objects.filter(pk=day.review.pk).update(focus="Writing", focus_at=NOW)

    call_off_day(day=day, because="Snow", by=by, now=NOW)

    review = Review.objects.get()
    assert (review.day, review.evaluation_by, review.views_by) == (None, None, None)
    assert review.focus == "Writing"

    restore_day(day=ReviewDay.objects.get(), by=by, now=NOW)

    review = Review.objects.get()
    assert review.day == day
    assert said(review.read_by) == "Tue 19 Jan 2027 5PM"


@pytest.mark.django_db
def test_a_host_that_gets_another_day_keeps_its_review():
    day = made_day(day=date(2027, 1, 20))
    call_off_day(day=day, because="Snow", by=day.cycle.organiser, now=NOW)
    other = ReviewDayFactory(cycle=day.cycle, host=day.host, day=date(2027, 3, 3))

    keep_dates([other.pk], NOW)

    review = Review.objects.get()
    assert review.day == other
    assert said(review.read_by) == "Tue 2 Mar 2027 5PM"


@pytest.mark.django_db
def test_keeping_dates_twice_changes_nothing():
    day = made_day(day=date(2027, 1, 20))
    before = list(Review.objects.values())

    keep_dates([day.pk], NOW + timedelta(hours=1))

    assert list(Review.objects.values()) == before


@pytest.mark.django_db
def test_the_nightly_task_makes_the_reviews_of_days_that_have_none():
    cycle = CycleFactory(state="published", published_at=NOW)
    days = [ReviewDayFactory(cycle=cycle, day=date(2027, 1, 20 + number)) for number in range(3)]

    keep_dates_of_reviews()
    keep_dates_of_reviews()

    assert set(Review.objects.values_list("day", flat=True)) == {day.pk for day in days}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_dates_of_many_are_kept_in_as_many_reads(count, django_assert_num_queries):
    cycle = CycleFactory(state="published", published_at=NOW)
    days = [
        ReviewDayFactory(cycle=cycle, day=date(2027, 1, 20 + number)).pk for number in range(count)
    ]
    keep_dates(days, NOW)

    with django_assert_num_queries(6):
        keep_dates(days, NOW)


@pytest.mark.django_db
def test_a_day_whose_findings_are_agreed_was_held_for_good():
    day = made_day(day=date(2027, 1, 20), state="held", held_at=NOW)
    Review.objects.filter(pk=day.review.pk).update(moderated_at=NOW)

    with pytest.raises(GoneFurther):
        take_back_held(day=day, by=day.cycle.organiser, now=NOW)

    assert ReviewDay.objects.get().state == "held"


def accept(day):
    day.places.filter(ended_at=None).update(answer="accepted", answered_at=AFTERWARDS)


def hers(made):
    steps = TeamStep.objects.filter(review=made.review).order_by("pk")
    return list(steps.values_list("views_at", "excused_at", "declared_at"))


@pytest.mark.django_db
def test_a_team_that_had_begun_gives_its_views_anew_on_the_day_that_follows():
    made = make_team(views=2)
    told = {"excused_at": AFTERWARDS, "excused_by": made.lead, "declared_at": NOW}
    TeamStepFactory(review=made.review, person=made.team[2], **told)
    keep_dates([made.day.pk], AFTERWARDS)
    begun = hers(made)

    move_by_hand(day=made.day, to=date(2027, 2, 3), by=made.cycle.organiser, now=AFTERWARDS)
    accept(made.day)

    assert begun == [(AFTERWARDS, None, None)] * 2 + [(None, AFTERWARDS, NOW)]
    assert hers(made) == [(None, None, None)] * 2 + [(None, None, NOW)]
    assert View.objects.filter(review=made.review).count() == 4
    assert not facts_of(made.review).all_views_are_in
    complete_views(review=made.review, by=made.lead, now=datetime(2027, 2, 3, 12, tzinfo=LONDON))


@pytest.mark.django_db
def test_a_day_that_is_set_right_once_it_is_over_leaves_the_views_in():
    made = make_team()

    move_by_hand(day=made.day, to=date(2027, 1, 19), by=made.cycle.organiser, now=AFTERWARDS)
    accept(made.day)

    assert facts_of(made.review).all_views_are_in


@pytest.mark.django_db
def test_notes_are_open_again_where_those_of_the_day_before_are_deleted(time_machine):
    made = make_team()
    by = made.cycle.organiser
    call_off_day(day=made.day, because="Snow", by=by, now=AFTERWARDS)
    time_machine.move_to(AFTERWARDS + timedelta(days=91), tick=False)
    assert delete_notes_of_reviews() == 1
    other = ReviewDayFactory(cycle=made.cycle, host=made.day.host, day=date(2027, 5, 19))

    keep_dates([other.pk], AFTERWARDS + timedelta(days=91))

    made.review.refresh_from_db()
    assert made.review.notes_deleted_at is None
    morning = datetime(2027, 5, 19, 10, tzinfo=LONDON)
    add_note(review=made.review, note=sent("Calm."), by=made.lead, now=morning)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_day_that_is_called_off_as_the_night_keeps_dates_does_not_come_back():
    day = made_day(day=date(2027, 1, 20))
    Review.objects.update(focus_by=None)

    def nightly():
        try:
            keep_dates([day.pk], NOW)
        finally:
            connection.close()

    night = threading.Thread(target=nightly)
    with transaction.atomic():
        call_off_day(day=day, because="Snow", by=day.cycle.organiser, now=NOW)
        night.start()
        night.join(timeout=1)
    night.join()

    review = Review.objects.get()
    assert (review.day, review.dated_for, review.focus_by) == (None, None, None)
