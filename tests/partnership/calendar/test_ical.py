from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partnership.calendar.ical import calendar_of, event_of, invitation, zone
from partnership.toolkit.registers import Dated
from partnership.toolkit.spoken_dates import LONDON

STARTS_AT = datetime(2027, 1, 12, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
LINE_TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200
).map(str.strip)
MOMENTS = st.datetimes(
    datetime(2001, 1, 1),  # noqa: DTZ001 the zone comes beside it
    datetime(2090, 1, 1),  # noqa: DTZ001 as above
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(second=0, microsecond=0))


def dated(**facts):
    usual = {
        "kind": "meetings.meeting",
        "thing_id": 42,
        "title": "Heads’ group",
        "place": "The library",
        "path": "/meetings/42/",
        "state": "called",
        "starts_at": STARTS_AT,
        "ends_at": STARTS_AT + HOUR,
        "sequence": 2,
        "changed_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    }
    return Dated(**usual | facts)


def read(content):
    calendar = icalendar.Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert [part.errors for part in calendar.walk() if part.errors] == []
    return calendar, event


def raw(content, name):
    """The value of a property as RFC 5545 reads it: lines unfolded, escapes taken back."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    value = next(line for line in lines if line.startswith(f"{name}:")).partition(":")[2]
    signs = iter(value)
    return "".join(next(signs) if sign == "\\" else sign for sign in signs)


def published(event):
    return calendar_of([event_of(event)], name="Mine")


def test_an_event_says_when_where_and_what_and_leads_to_its_page():
    calendar, event = read(published(dated()))

    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "Mine")
    assert {name: str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "URL", "STATUS")} == {
        "UID": "meetings.meeting-42@testserver",
        "SUMMARY": "Heads’ group",
        "LOCATION": "The library",
        "URL": "http://testserver/meetings/42/",
        "STATUS": "CONFIRMED",
    }
    assert (event["SEQUENCE"], event["TRANSP"]) == (2, "OPAQUE")
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert (event.start, event.end) == (STARTS_AT, STARTS_AT + HOUR)
    changed_at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert (changed_at, changed_at) == (event.DTSTAMP, event.LAST_MODIFIED)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("called", "CONFIRMED"),
        ("held", "CONFIRMED"),
        ("tentative", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_an_event_says_whether_it_stands(state, status):
    _calendar, event = read(published(dated(state=state)))

    assert event["STATUS"] == status


def test_what_is_cancelled_says_so_in_its_title_and_takes_no_time():
    _calendar, event = read(published(dated(state="cancelled")))

    assert (event["SUMMARY"], event["TRANSP"]) == ("Cancelled: Heads’ group", "TRANSPARENT")


def test_an_event_without_a_place_names_none():
    _calendar, event = read(published(dated(place="")))

    assert "LOCATION" not in event


@settings(deadline=None)
@given(title=LINE_TEXT, place=LINE_TEXT)
def test_any_words_arrive_as_they_were_written(title, place):
    content = event_of(dated(title=title, place=place))

    assert raw(content, "SUMMARY") == title
    assert not place or raw(content, "LOCATION") == place


@settings(deadline=None)
@given(title=st.text(max_size=300), place=st.text(max_size=300), name=st.text(max_size=120))
def test_lines_are_short_end_as_they_should_and_hold_no_control_signs(title, place, name):
    event = dated(title=title, place=place)
    contents = [
        calendar_of([event_of(event)], name=name),
        invitation(event, sender=name, name=title[:80], email="ann@school.example"),
    ]

    for content in contents:
        lines = content.split(b"\r\n")
        assert lines.pop() == b""
        assert all(len(line) <= 75 for line in lines)
        assert not any(sign < 32 for line in lines for sign in line)
        read(content)


@settings(deadline=None)
@example(starts_at=datetime(2028, 10, 29, 0, tzinfo=UTC), minutes=60)
@given(starts_at=MOMENTS, minutes=st.integers(5, 24 * 60))
def test_the_moment_is_the_same_over_both_changes_of_the_clock(starts_at, minutes):
    ends_at = starts_at + timedelta(minutes=minutes)

    _calendar, event = read(published(dated(starts_at=starts_at, ends_at=ends_at)))

    # Python holds a local time that the clock shows twice to be unequal to every other zone's.
    assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (starts_at, ends_at)


@settings(deadline=None)
@given(moment=MOMENTS)
def test_the_zone_that_comes_along_has_londons_clock(moment):
    calendar = icalendar.Calendar.from_ical(b"BEGIN:VCALENDAR\r\n" + zone() + b"END:VCALENDAR\r\n")
    (told,) = calendar.walk("VTIMEZONE")

    assert moment.astimezone(told.to_tz()).utcoffset() == moment.astimezone(LONDON).utcoffset()


def test_a_mail_invites_one_person_under_the_same_uid_and_asks_for_no_answer_by_mail():
    content = invitation(
        dated(), sender="Oldham, “Schools”", name='Ann "A"; O’Neill', email="ann@school.example"
    )

    calendar, event = read(content)
    attendee = event["ATTENDEE"]

    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == read(published(dated()))[1]["UID"]
    assert str(event["ORGANIZER"]) == "mailto:portal@testserver"
    assert event["ORGANIZER"].params["CN"] == "Oldham, “Schools”"
    assert str(attendee) == "mailto:ann@school.example"
    assert (attendee.params["CN"], attendee.params["RSVP"]) == ('Ann "A"; O’Neill', "FALSE")


def test_a_mail_takes_back_what_is_cancelled():
    content = invitation(
        dated(state="cancelled", sequence=3), sender="O", name="A", email="a@b.example"
    )

    calendar, event = read(content)

    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 3)
