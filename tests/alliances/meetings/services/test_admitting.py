from datetime import date, timedelta

import pytest

from alliances.meetings.models import Seat
from alliances.meetings.services import (
    SeatTaken,
    admit_everybody,
    admit_member,
    change_body,
    found_body,
    set_last_day,
)
from alliances.membership.services import EndsBeforeItStarts
from partnership.audit.models import Event
from partnership.toolkit.versions import ChangedSince
from tests.alliances.meetings.acts import NOW, asked, call, forget_notices, head_of, seated, told
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    MeetingFactory,
    PersonFactory,
    SchoolFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def admit(body, school=None, person=None, starts_on=TODAY, **facts):
    return admit_member(
        body=body,
        school=school,
        person=person,
        starts_on=starts_on,
        by=PersonFactory(),
        now=NOW,
        **facts,
    )


def test_a_body_is_founded_with_how_it_works_and_a_stale_edit_is_refused():
    alliance, director = AllianceFactory(), PersonFactory()
    body = found_body(
        alliance=alliance,
        name="Board",
        kind="board",
        quorum_fraction="1/2",
        usual_minutes=90,
        by=director,
        now=NOW,
    )

    changed = change_body(
        body=body, changes={"usual_place": "Delph"}, seen_version=1, by=director, now=NOW
    )

    assert (changed.quorum_words, changed.usual_minutes, changed.usual_place) == (
        "half of its places",
        90,
        "Delph",
    )
    with pytest.raises(ChangedSince):
        change_body(body=body, changes={"about": "x"}, seen_version=1, by=director, now=NOW)
    events = Event.objects.of(body).order_by("pk").values_list("action", "fields")
    assert list(events) == [
        ("body founded", ["name", "kind"]),
        ("body edited", ["usual_place"]),
    ]


def test_whoever_is_admitted_is_asked_to_what_is_called_already():
    body = BodyFactory()
    first = seated(body)
    meeting = call(MeetingFactory(body=body))
    forget_notices()
    school = SchoolFactory()
    head, manager = head_of(school), PersonFactory()

    admit(body, school)
    admit(body, school, manager)

    assert asked(meeting) == {first, head, manager}
    assert told("called") == [head, manager]


def test_a_seat_is_taken_once_on_any_day_and_again_afterwards():
    body, school = BodyFactory(), SchoolFactory()
    admit(body, school, ends_on=date(2027, 7, 31))

    with pytest.raises(SeatTaken):
        admit(body, school, starts_on=date(2027, 7, 31))
    later = admit(body, school, starts_on=date(2027, 8, 1))

    assert [(seat.starts_on, seat.ends_on) for seat in Seat.objects.order_by("pk")] == [
        (TODAY, date(2027, 7, 31)),
        (date(2027, 8, 1), None),
    ]
    first = Seat.objects.exclude(pk=later.pk).get()
    with pytest.raises(SeatTaken):
        set_last_day(seat=first, last_day=None, by=PersonFactory(), now=NOW)
    with pytest.raises(EndsBeforeItStarts):
        set_last_day(seat=first, last_day=date(2026, 1, 1), by=PersonFactory(), now=NOW)
    with pytest.raises(EndsBeforeItStarts):
        admit(body, SchoolFactory(), ends_on=TODAY - timedelta(days=1))


def test_a_seat_ends_and_goes_on_after_all():
    seat = SeatFactory(school=SchoolFactory(), starts_on=TODAY)

    set_last_day(seat=seat, last_day=date(2027, 3, 1), by=PersonFactory(), now=NOW)
    seat.refresh_from_db()
    assert seat.ends_on == date(2027, 3, 1)

    set_last_day(seat=seat, last_day=None, by=PersonFactory(), now=NOW)
    seat.refresh_from_db()
    assert seat.ends_on is None


@pytest.mark.parametrize("count", [1, 3])
def test_everybody_is_admitted_once_in_the_same_number_of_queries(count, django_assert_num_queries):
    body = BodyFactory()
    old = SchoolFactory()
    SeatFactory(body=body, school=old)
    schools = SchoolFactory.create_batch(count)
    wanted = [(school.pk, None) for school in (old, *schools)]
    told = {"body": body, "wanted": wanted, "starts_on": TODAY, "by": PersonFactory(), "now": NOW}

    with django_assert_num_queries(7):
        assert admit_everybody(**told) == count

    assert admit_everybody(**told) == 0
    assert body.seats.count() == count + 1
    (event,) = Event.objects.of(body)
    assert (event.action, event.values) == (
        "members taken in",
        {"seats": count, "schools": sorted(school.pk for school in schools)},
    )
