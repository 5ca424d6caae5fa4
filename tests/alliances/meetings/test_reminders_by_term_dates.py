from datetime import datetime, timedelta

import pytest

from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from tests.factories import AuthorityFactory, MeetingReplyFactory, SchoolFactory, SchoolPostFactory
from tests.factories.calendar import authority_owner, school_owner, settle

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def uk(*numbers):
    return datetime(*numbers, tzinfo=UK)


def asked(school, due_at, *, starts_at=None):
    return MeetingReplyFactory(
        school=school,
        person=SchoolPostFactory(school=school).person,
        asked_at=due_at - 30 * DAY,
        meeting__called_at=due_at - 30 * DAY,
        meeting__answer_by=due_at,
        meeting__starts_at=starts_at or due_at + 80 * DAY,
    )


def planned():
    rows = Notice.objects.order_by("id").values_list("kind", "recipient", "facts__offset")
    return [(kind.removeprefix("notices."), person, offset) for kind, person, offset in rows]


def test_a_reminder_waits_for_the_end_of_the_half_term_of_the_persons_school():
    settle(authority_owner(AuthorityFactory()))
    here = asked(SchoolFactory(), uk(2026, 10, 24, 12))
    elsewhere = AuthorityFactory(code="330", name="Birmingham")
    there = asked(SchoolFactory(authority=elsewhere), uk(2026, 10, 24, 12))
    before = Notice.objects.count()

    plan_reminders(now=uk(2026, 10, 26, 8))
    assert ("reminder", there.person_id, 1) in planned()
    assert ("reminder", here.person_id, 1) not in planned()

    plan_reminders(now=uk(2026, 11, 2, 7, 59))
    assert ("reminder", here.person_id, 1) not in planned()
    plan_reminders(now=uk(2026, 11, 2, 8))
    plan_reminders(now=uk(2026, 11, 3, 8))
    assert planned().count(("reminder", here.person_id, 1)) == 1
    assert planned().count(("escalation", here.meeting.called_by_id, None)) == 1
    assert before == 0


def test_a_reminder_waits_for_a_schools_own_inset_day():
    school, other = SchoolFactory(), SchoolFactory()
    settle(authority_owner(school.authority))
    settle(school_owner(school), inset_days={uk(2026, 12, 7).date(): "Maths"})
    waits, goes = (asked(each, uk(2026, 12, 5, 12)) for each in (school, other))

    plan_reminders(now=uk(2026, 12, 7, 9))

    assert ("reminder", goes.person_id, 1) in planned()
    assert ("reminder", waits.person_id, 1) not in planned()


def test_a_reminder_that_waited_for_the_whole_summer_is_not_lost():
    school = SchoolFactory()
    settle(authority_owner(school.authority))
    reply = asked(school, uk(2027, 7, 21, 17))

    plan_reminders(now=uk(2027, 8, 10, 9))
    assert ("reminder", reply.person_id, 1) not in planned()
    plan_reminders(now=uk(2027, 9, 1, 9))

    assert ("reminder", reply.person_id, 1) in planned()


def test_what_was_due_long_ago_is_not_dug_up_again():
    asked(SchoolFactory(), uk(2026, 11, 2, 17))

    assert plan_reminders(now=uk(2026, 12, 2, 9)) == 0
    assert planned() == []


def test_a_reminder_does_not_wait_when_the_meeting_is_in_the_holiday():
    school = SchoolFactory()
    settle(authority_owner(school.authority))
    reply = asked(school, uk(2026, 10, 26, 12), starts_at=uk(2026, 10, 29, 10))

    plan_reminders(now=uk(2026, 10, 24, 13))

    assert planned() == [("reminder", reply.person_id, -2)]


@pytest.mark.parametrize("count", [1, 3])
def test_planning_by_term_dates_costs_the_same(django_assert_num_queries, count):
    schools = SchoolFactory.create_batch(count)
    settle(authority_owner(schools[0].authority))
    for school in schools:
        settle(school_owner(school), inset_days={})
        asked(school, uk(2026, 12, 5, 12))

    with django_assert_num_queries(10):
        plan_reminders(now=uk(2026, 12, 7, 9))
