from datetime import UTC, date, datetime

import pytest

from alliances.meetings.models import Body
from alliances.meetings.permissions import can_run_meetings_of
from alliances.meetings.services import keep_seat, leave_seat, name_deputy, places_in
from tests.factories import BodyFactory, PersonFactory, SchoolFactory, SeatFactory

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


def test_a_deputy_runs_the_bodys_meetings_and_is_asked_to_them():
    body, deputy, stranger = BodyFactory(), PersonFactory(), PersonFactory()

    body = name_deputy(body=body, deputy=deputy, by=PersonFactory(), now=NOW)

    assert (deputy.pk, None) in places_in(body, on=TODAY)
    assert can_run_meetings_of(deputy, body, TODAY)
    assert not can_run_meetings_of(stranger, body, TODAY)
    assert list(Body.objects.run_by(deputy, on=TODAY)) == [body]
    assert list(Body.objects.visible_to(deputy, on=TODAY)) == [body]
    assert list(Body.objects.visible_to(stranger, on=TODAY)) == []


def test_a_seat_that_was_to_end_goes_on():
    seat = SeatFactory(school=SchoolFactory())
    by = PersonFactory()
    leave_seat(seat=seat, ends_on=date(2026, 12, 18), by=by, now=NOW)

    keep_seat(seat=seat, by=by, now=NOW)

    seat.refresh_from_db()
    assert seat.ends_on is None
