from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from alliances.schools.models import Delegation
from partnership.audit.models import Event
from reviews.cycles.models import BlockedDay
from reviews.cycles.services.blocking import block_days
from tests.factories.calendar import school_owner, settle
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    BlockedDayFactory,
    CycleFactory,
    CycleHostFactory,
    CyclePersonFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
)
from tests.factories.schools import SchoolPostFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TUESDAY, WEDNESDAY = date(2027, 1, 12), date(2027, 1, 13)
WHY = "Knee operation in Leeds"


@pytest.fixture
def cycle(time_machine):
    time_machine.move_to(NOW, tick=False)
    return CycleFactory(
        state="asking",
        opened_at=NOW - timedelta(days=7),
        block_by=NOW + timedelta(days=7),
        ends_on=date(2027, 3, 25),
    )


@pytest.fixture
def entry(cycle):
    return CycleReviewerFactory(cycle=cycle)


@pytest.fixture
def reviewer(entry):
    return entry.reviewer.person


@pytest.fixture
def organiser(cycle):
    return CyclePersonFactory(cycle=cycle).person


@pytest.fixture
def host(cycle):
    return CycleHostFactory(cycle=cycle)


def page(client, person, name="own_dates", *args):
    client.force_login(person)
    return client.get(reverse(f"cycles:{name}", args=args))


def press(client, person, name="own_dates", *args, **pressed):
    client.force_login(person)
    return client.post(reverse(f"cycles:{name}", args=args), pressed, follow=True)


def blocked_days(person):
    return sorted(BlockedDay.objects.filter(person=person).values_list("day", flat=True))


def test_one_tap_blocks_a_day_and_the_next_frees_it(client, reviewer):
    shown = press(client, reviewer, day="2027-01-12")

    assert blocked_days(reviewer) == [TUESDAY]
    assert "Tuesday 12 January 2027 is blocked." in shown.text
    assert 'aria-label="Tuesday 12 January 2027, blocked" aria-pressed="true"' in shown.text

    press(client, reviewer, day="2027-01-12")

    assert blocked_days(reviewer) == []


@pytest.mark.parametrize(
    "typed", ["2027-01-16", "2027-03-26", "2026-11-23", "2027-07-01", "soon", ""]
)
def test_a_day_that_nobody_asks_for_stays_as_it_is(client, reviewer, typed):
    press(client, reviewer, day=typed)

    assert blocked_days(reviewer) == []


def test_closed_days_say_why(client, entry, reviewer):
    settle(school_owner(entry.reviewer.school), inset_days={TUESDAY: "Phonics"})

    shown = page(client, reviewer)

    assert "12 Jan: an INSET day (Phonics)" in shown.text
    assert "15 Feb to 19 Feb: in half term" in shown.text
    assert 'id="day-2027-01-12"' not in shown.text


def test_every_tuesday_and_a_span_are_blocked_with_a_reason_and_undone(client, reviewer):
    press(client, reviewer, weekly="block", weekday="1", because=WHY)
    mondays_left = blocked_days(reviewer)

    assert mondays_left[:2] == [TUESDAY, date(2027, 1, 19)]
    assert len(mondays_left) == 11

    client.get("/")
    shown = press(client, reviewer, undo=NOW.isoformat())

    assert "11 more days are free again." in shown.text
    assert blocked_days(reviewer) == []

    shown = press(
        client, reviewer, span="block", starts_on="2027-01-12", ends_on="2027-01-18", because=WHY
    )

    assert len(blocked_days(reviewer)) == 5
    assert shown.text.count(WHY) == 5

    press(client, reviewer, span="free", starts_on="2027-01-13", ends_on="2027-01-20")

    assert blocked_days(reviewer) == [TUESDAY]


def test_why_is_read_by_nobody_else_anywhere(client, entry, reviewer, organiser):
    press(client, reviewer, span="block", starts_on="2027-01-12", because=WHY)
    officer = PersonFactory(is_staff=True, is_superuser=True)

    own = page(client, reviewer).text
    others = page(client, organiser, "reviewer_dates", entry.cycle_id, entry.pk)
    cycle_page = page(client, organiser, "cycle_detail", entry.cycle_id)

    assert WHY in own
    assert others.status_code == 200
    assert ", not available" in others.text
    assert WHY not in others.text
    assert "Why, if you like" not in others.text
    assert WHY not in cycle_page.text
    assert not any(WHY in str(event.__dict__) for event in Event.objects.all())
    client.force_login(officer)
    assert WHY not in client.get("/admin/").text


def test_a_schools_days_are_given_by_its_head_and_whoever_acts_for_her(client, host):
    head = SchoolPostFactory(school=host.school).person
    deputy = SchoolPostFactory(school=host.school, kind="deputy").person
    Delegation.objects.create(
        school=host.school,
        deputy=deputy,
        given_by=head,
        kind=Delegation.Kind.REVIEWS,
        given_at=NOW,
        starts_on=date(2026, 11, 1),
        ends_on=date(2027, 7, 1),
    )
    urn = host.school.urn

    press(client, head, "school_dates", urn, day="2027-01-12")
    press(client, deputy, "school_dates", urn, day="2027-01-13")
    teacher = SchoolPostFactory(school=host.school, kind="teacher").person

    assert page(client, teacher, "school_dates", urn).status_code == 403
    assert set(host.school.blocked_days.values_list("day", "blocked_by")) == {
        (TUESDAY, head.pk),
        (WEDNESDAY, deputy.pk),
    }
    assert f"Dates of {host.school}" in page(client, deputy).text


def test_an_organiser_blocks_what_she_is_told_and_frees_only_that(
    client, entry, reviewer, organiser
):
    BlockedDayFactory(person=reviewer, day=TUESDAY)
    where = ("reviewer_dates", entry.cycle_id, entry.pk)

    press(client, organiser, *where, day="2027-01-12")
    press(client, organiser, *where, span="free", starts_on="2027-01-11", ends_on="2027-01-30")

    assert blocked_days(reviewer) == [TUESDAY]

    press(client, organiser, *where, day="2027-01-13")
    assert blocked_days(reviewer) == [TUESDAY, WEDNESDAY]

    press(client, organiser, *where, day="2027-01-13")
    assert blocked_days(reviewer) == [TUESDAY]


def test_a_reviewer_of_the_cycle_gives_nobody_elses_dates(client, entry, reviewer, host):
    other = CycleReviewerFactory(cycle=entry.cycle)

    assert page(client, reviewer, "reviewer_dates", entry.cycle_id, other.pk).status_code == 403
    assert page(client, reviewer, "host_dates", entry.cycle_id, host.pk).status_code == 403


def test_all_dates_are_given_with_one_button_for_every_cycle_that_asks(client, entry, reviewer):
    preparing = CycleReviewerFactory(reviewer=entry.reviewer)

    shown = press(client, reviewer, given="yes")

    entry.refresh_from_db()
    preparing.refresh_from_db()
    assert (entry.dates_given_at, preparing.dates_given_at) == (NOW, None)
    assert "These are all my dates" not in shown.text
    events = Event.objects.filter(action="dates given")
    assert list(events.values_list("thing_id", "actor_id")) == [(entry.cycle_id, reviewer.pk)]


def test_an_organiser_gives_a_hosts_dates_by_telephone(client, host, organiser):
    press(client, organiser, "host_dates", host.cycle_id, host.pk, given="yes")

    host.refresh_from_db()
    assert (host.dates_given_at, host.dates_given_by) == (NOW, organiser)


def test_a_blocked_day_that_hits_a_published_visit_says_so(client, entry, reviewer, cycle):
    cycle.state, cycle.published_at = "published", NOW
    cycle.save()
    host = CycleHostFactory(cycle=cycle)
    day = ReviewDayFactory(cycle=cycle, host=host, day=TUESDAY)
    DayPlaceFactory(day=day, reviewer=entry)
    head = SchoolPostFactory(school=host.school).person

    hers = press(client, reviewer, day="2027-01-12").text
    schools = press(client, head, "school_dates", host.school.urn, day="2027-01-12").text

    assert "is blocked, and a visit is on that day." in hers
    assert "is blocked, and the review is on that day." in schools
    assert day.get_absolute_url() in hers


def test_audit_keeps_how_many_days_and_not_which(reviewer):
    block_days(days=[TUESDAY, WEDNESDAY], by=reviewer, now=NOW, person=reviewer, because=WHY)
    block_days(days=[TUESDAY], by=reviewer, now=NOW, person=reviewer)

    assert list(Event.objects.values_list("action", "values")) == [("days blocked", {"days": 2})]


def test_dates_cost_the_same_for_one_and_for_three_cycles(
    client, entry, reviewer, django_assert_max_num_queries
):
    for more in (0, 2):
        for _ in range(more):
            cycle = CycleFactory(state="asking", opened_at=NOW)
            CycleReviewerFactory(cycle=cycle, reviewer=entry.reviewer)
            BlockedDayFactory(person=reviewer, day=date(2027, 2, 1 + BlockedDay.objects.count()))
        client.force_login(reviewer)
        client.get(reverse("cycles:own_dates"))
        with django_assert_max_num_queries(13):
            client.get(reverse("cycles:own_dates"))
