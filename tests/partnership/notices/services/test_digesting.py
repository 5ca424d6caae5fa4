from datetime import date, datetime, timedelta

import pytest

from partnership.calendar.days import UK
from partnership.notices.models import MailChoice, Notice
from partnership.notices.services import choose_reminders, plan_digests
from tests.factories import SchoolFactory, SchoolPostFactory
from tests.factories.calendar import authority_owner, school_owner, settle
from tests.partnership.notices.answering import asked

pytestmark = pytest.mark.django_db

Reminders = MailChoice.Reminders
INSET_MONDAY = date(2027, 1, 4)
HALF_TERM = date(2027, 2, 15)


@pytest.fixture
def school():
    school = SchoolFactory()
    settle(authority_owner(school.authority))
    return school


def owing(*schools, reminders, due_on):
    due_at = datetime(due_on.year, due_on.month, due_on.day, 16, tzinfo=UK)
    starts_at = due_at + timedelta(days=9)
    person = asked(
        asked_at=due_at - timedelta(days=30),
        meeting__answer_by=due_at,
        meeting__starts_at=starts_at,
        meeting__ends_at=starts_at + timedelta(hours=1),
    ).person
    for school in schools:
        SchoolPostFactory(person=person, school=school)
    choose_reminders(person=person, reminders=reminders, now=due_at - timedelta(days=30))
    return person


def plan_week(monday):
    for day in range(7):
        moment = datetime(monday.year, monday.month, monday.day, 8, 2, tzinfo=UK)
        for _ in range(2):
            plan_digests(now=moment + timedelta(days=day))


def days_of(person):
    keys = Notice.objects.filter(recipient=person).order_by("key").values_list("key", flat=True)
    return [date.fromisoformat(key.removeprefix("digest:")) for key in keys]


def test_daily_digests_keep_to_the_school_days_of_her_school(school):
    friday = INSET_MONDAY + timedelta(days=4)
    hers = owing(school, reminders=Reminders.DAILY, due_on=friday)
    anybody = owing(reminders=Reminders.DAILY, due_on=friday)

    plan_week(INSET_MONDAY)

    weekdays = [INSET_MONDAY + timedelta(days=day) for day in range(5)]
    assert days_of(hers) == weekdays[1:]
    assert days_of(anybody) == weekdays


def test_a_weekly_digest_comes_on_the_first_school_day_of_her_school(school):
    friday = INSET_MONDAY + timedelta(days=4)
    hers = owing(school, reminders=Reminders.WEEKLY, due_on=friday)
    anybody = owing(reminders=Reminders.WEEKLY, due_on=friday)

    plan_week(INSET_MONDAY)

    assert days_of(hers) == [INSET_MONDAY + timedelta(days=1)]
    assert days_of(anybody) == [INSET_MONDAY]


@pytest.mark.parametrize("reminders", [Reminders.DAILY, Reminders.WEEKLY])
def test_her_digests_rest_in_the_holidays_of_her_school(school, reminders):
    hers = owing(school, reminders=reminders, due_on=HALF_TERM + timedelta(days=2))

    plan_week(HALF_TERM)
    assert days_of(hers) == []

    plan_week(HALF_TERM + timedelta(days=7))
    assert days_of(hers)[0] == HALF_TERM + timedelta(days=7)


def test_who_has_posts_in_schools_of_different_dates_has_weekdays(school):
    other = SchoolFactory(authority=school.authority)
    settle(school_owner(other), inset_days={})
    person = owing(school, other, reminders=Reminders.WEEKLY, due_on=HALF_TERM)

    plan_week(HALF_TERM)

    assert days_of(person) == [HALF_TERM]


@pytest.mark.parametrize("count", [1, 3])
def test_dates_cost_one_query_for_one_person_and_for_three(
    school, django_assert_num_queries, count
):
    tuesday = INSET_MONDAY + timedelta(days=1)
    people = [owing(school, reminders=Reminders.DAILY, due_on=tuesday) for _ in range(count)]
    moment = datetime(2027, 1, 5, 8, 2, tzinfo=UK)
    plan_digests(now=moment)
    Notice.objects.all().delete()

    with django_assert_num_queries(7):
        plan_digests(now=moment)
    assert [len(days_of(person)) for person in people] == [1] * count
