from datetime import UTC, date, datetime, timedelta

import pytest

from alliances.meetings.models import AgendaItem, Body, Seat
from alliances.meetings.services.following import (
    BODIES_LED,
    ITEMS,
    SEATS,
    pass_on_body,
    pass_on_item,
    pass_on_seat,
)
from alliances.meetings.services.keepers import (
    BODIES_MINUTED,
    MEETINGS_KEPT,
    pass_on_meeting,
    pass_on_minutes_of,
)
from alliances.schools.services import held_by
from partnership.toolkit.registers import END, PASS, STAY, Leaver
from tests.alliances.meetings.acts import NOW, call
from tests.factories import (
    AgendaItemFactory,
    BodyFactory,
    MeetingFactory,
    PersonFactory,
    SchoolPostFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 12, 18)
MORNING_AFTER = datetime(2026, 12, 19, 1, tzinfo=UTC)


def held(leaver, key):
    return {kind.key: things for kind, things in held_by(leaver)}.get(key, [])


@pytest.fixture
def post():
    return SchoolPostFactory()


@pytest.fixture
def successor():
    return PersonFactory()


def leaver_of(post, by=None):
    return Leaver(post.person, post.school, LAST_DAY, by or post.person, NOW.date())


def test_seat_for_the_school_passes_on_with_the_day(post, successor):
    seat = SeatFactory(school=post.school, person=post.person)
    meeting = call(MeetingFactory(body=seat.body))
    leaver = leaver_of(post)

    pass_on_seat(leaver, seat.pk, to=successor, now=NOW)

    rows = Seat.objects.order_by("pk").values_list("person", "starts_on", "ends_on")
    assert list(rows) == [
        (post.person_id, None, LAST_DAY),
        (successor.pk, date(2026, 12, 19), None),
    ]
    asked = meeting.replies.filter(ended_at=None).values_list("person", flat=True)
    assert list(asked) == [successor.pk]


def test_seat_that_ends_is_taken_by_nobody(post):
    seat = SeatFactory(person=post.person)

    pass_on_seat(leaver_of(post), seat.pk, to=None, now=NOW)

    assert not Seat.objects.on(date(2026, 12, 19)).exists()


def test_who_sits_there_already_gets_no_second_seat(post, successor):
    seat = SeatFactory(person=post.person)
    SeatFactory(body=seat.body, person=successor)

    pass_on_seat(leaver_of(post), seat.pk, to=successor, now=NOW)

    assert Seat.objects.on(date(2026, 12, 19)).count() == 1


def test_seat_of_her_own_is_for_whoever_runs_the_body_to_give(post):
    led = BodyFactory(lead=post.person)
    seat, other = SeatFactory(person=post.person, body=led), SeatFactory(person=post.person)

    choices = {thing.key: thing.choices for thing in held(leaver_of(post), SEATS)}
    for_staff = held(leaver_of(post, by=PersonFactory(staff=True)), SEATS)

    assert choices == {seat.pk: (STAY, PASS, END), other.pk: (STAY, END)}
    assert len(for_staff) == 2
    assert held(leaver_of(post, by=PersonFactory()), SEATS) == []


def test_body_is_led_by_whoever_follows(post, successor):
    body = BodyFactory(lead=post.person)
    BodyFactory(lead=post.person, kind=Body.Kind.WORKHUB)
    leaver = leaver_of(post)

    (thing,) = held(leaver, BODIES_LED)
    first = pass_on_body(leaver, thing.key, to=successor, now=MORNING_AFTER)
    second = pass_on_body(leaver, thing.key, to=successor, now=MORNING_AFTER)

    body.refresh_from_db()
    assert (thing.key, first, second) == (body.pk, 1, 0)
    assert body.lead == successor


def test_items_of_meetings_after_the_last_day_pass_on(post, successor):
    meeting = MeetingFactory()
    item = AgendaItemFactory(meeting=meeting, presenter=post.person)
    before = MeetingFactory(starts_at=datetime(2026, 12, 17, 16, tzinfo=UTC))
    AgendaItemFactory(meeting=before, presenter=post.person)
    leaver = leaver_of(post)

    (thing,) = held(leaver, ITEMS)
    first = pass_on_item(leaver, thing.key, to=successor, now=MORNING_AFTER)
    second = pass_on_item(leaver, thing.key, to=successor, now=MORNING_AFTER)

    assert (thing.key, thing.choices) == (item.pk, (PASS, END, STAY))
    assert (first, second) == (1, 0)
    assert AgendaItem.objects.get(pk=item.pk).presenter == successor
    assert held(leaver_of(post, by=PersonFactory()), ITEMS) == []


def test_group_is_minuted_by_whoever_follows(post, successor):
    body = BodyFactory(minute_taker=post.person)
    BodyFactory(minute_taker=post.person, closed_on=date(2026, 1, 1))
    leaver = leaver_of(post, by=PersonFactory(staff=True))

    (thing,) = held(leaver, BODIES_MINUTED)
    first = pass_on_minutes_of(leaver, thing.key, to=successor, now=MORNING_AFTER)
    second = pass_on_minutes_of(leaver, thing.key, to=successor, now=MORNING_AFTER)

    body.refresh_from_db()
    assert (thing.key, first, second) == (body.pk, 1, 0)
    assert body.minute_taker == successor


@pytest.mark.parametrize("to_somebody", [True, False])
def test_meetings_that_she_chairs_or_minutes_pass_on_in_that_part_alone(
    post, successor, to_somebody
):
    other = PersonFactory()
    chaired = MeetingFactory(chair=post.person, minute_taker=other)
    unwritten = MeetingFactory(state="held", minute_taker=post.person, chair=other)
    MeetingFactory(state="held", minutes_state="checked", minute_taker=post.person)
    MeetingFactory(state="cancelled", chair=post.person)
    leaver, to = leaver_of(post), successor if to_somebody else None

    things = held(leaver, MEETINGS_KEPT)
    done = [pass_on_meeting(leaver, thing.key, to=to, now=MORNING_AFTER) for thing in things]
    again = [pass_on_meeting(leaver, thing.key, to=to, now=MORNING_AFTER) for thing in things]

    chaired.refresh_from_db()
    unwritten.refresh_from_db()
    assert {thing.key for thing in things} == {chaired.pk, unwritten.pk}
    assert (done, again) == ([1, 1], [0, 0])
    assert (chaired.chair, chaired.minute_taker) == (to, other)
    assert (unwritten.chair, unwritten.minute_taker) == (other, to)
    assert held(leaver_of(post, by=PersonFactory()), MEETINGS_KEPT) == []


def test_what_is_gone_is_left_alone(post):
    leaver = leaver_of(post)

    assert pass_on_seat(leaver, 1, to=None, now=NOW + timedelta(days=1)) == 0
