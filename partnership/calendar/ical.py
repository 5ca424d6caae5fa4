"""Something dated as iCalendar (RFC 5545), for feeds and for the mails that invite to it."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from icalendar import (
    Calendar,
    Component,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vRecur,
    vText,
)
from icalendar.parser import Contentline

from partnership.toolkit.registers import CANCELLED, Dated
from partnership.toolkit.spoken_dates import LONDON, in_london

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
TENTATIVE = "tentative"
PRODUCT = "-//Schools Partnership//Diary//EN"
END_OF_EVENT = b"END:VEVENT\r\n"
END_OF_CALENDAR = b"END:VCALENDAR\r\n"
ASKED_EVERY = "PT1H"
BREAKS = {"Cc", "Zl", "Zp", "Cs"}
SUMMER_BEGINS = datetime(1970, 3, 29, 1)  # noqa: DTZ001 RFC 5545: without a zone, in the zone it defines
SUMMER_ENDS = datetime(1970, 10, 25, 2)  # noqa: DTZ001 as above


class Words(vText):
    """A text escaped as RFC 5545 says; the library's own takes a backslash before N for a break."""

    def to_ical(self) -> bytes:
        """Backslash, semicolon and comma escaped; there are no line breaks left in it."""
        plain = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return plain.encode()


def event_of(dated: Dated) -> bytes:
    """The whole VEVENT, the same bytes for the same facts and for everybody."""
    is_cancelled = dated.state == CANCELLED
    event = Event()
    event.add("UID", f"{dated.kind}-{dated.thing_id}@{settings.PORTAL_HOST}")
    event.add("DTSTAMP", dated.changed_at.astimezone(UTC))
    event.add("LAST-MODIFIED", dated.changed_at.astimezone(UTC))
    event.add("SEQUENCE", dated.sequence)
    event.add("DTSTART", _local(dated.starts_at))
    event.add("DTEND", _local(dated.ends_at))
    event.add("SUMMARY", _words(f"Cancelled: {dated.title}" if is_cancelled else dated.title))
    if dated.place:
        event.add("LOCATION", _words(dated.place))
    event.add("URL", settings.PORTAL_URL + dated.path)
    event.add("STATUS", _status(dated.state))
    event.add("TRANSP", "TRANSPARENT" if is_cancelled else "OPAQUE")
    return bytes(event.to_ical())


def calendar_of(events: list[bytes], *, name: str) -> bytes:
    """A calendar to subscribe to, put together from the events' kept bytes."""
    named = _line("NAME", _words(name)) + _line("X-WR-CALNAME", _words(name))
    return b"".join([_opening(PUBLISH), named, zone(), *events, END_OF_CALENDAR])


def method_of(dated: Dated) -> str:
    """What a mail about it asks of the recipient's calendar."""
    return CANCEL if dated.state == CANCELLED else REQUEST


def invitation(dated: Dated, *, sender: str, name: str, email: str) -> bytes:
    """The calendar part of a mail to one person; all but her line is made once for all."""
    before = _before_attendee(dated, sender, settings.PORTAL_URL)
    return b"".join([before, _attendee(name, email), END_OF_EVENT, END_OF_CALENDAR])


@lru_cache(maxsize=200)
def _before_attendee(dated: Dated, sender: str, _portal: str) -> bytes:
    organizer = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    organizer.params["CN"] = _words(sender)
    event = event_of(dated).removesuffix(END_OF_EVENT)
    return b"".join([_opening(method_of(dated)), zone(), event, _line("ORGANIZER", organizer)])


def _attendee(name: str, email: str) -> bytes:
    attendee = vCalAddress(f"mailto:{email}")
    attendee.params["CN"] = _words(name)
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "NEEDS-ACTION"
    attendee.params["RSVP"] = "FALSE"
    return _line("ATTENDEE", attendee)


def _status(state: str) -> str:
    if state == CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if state == TENTATIVE else "CONFIRMED"


def _local(moment: datetime) -> datetime:
    """London's clock; the hour that the clock says twice a second time is told in UTC."""
    local = in_london(moment)
    return local.astimezone(UTC) if local.fold else local


def _words(text: str) -> Words:
    """A text of one line without signs that would break lines."""
    plain = "".join(" " if unicodedata.category(sign) in BREAKS else sign for sign in text)
    return Words(plain.strip())


def _line(name: str, value: vText | vCalAddress) -> bytes:
    line = Contentline.from_parts(name, value.params, value)
    return bytes(line.to_ical()) + b"\r\n"


@lru_cache
def _opening(method: str) -> bytes:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    if method == PUBLISH:
        calendar.add("X-PUBLISHED-TTL", ASKED_EVERY)
        often = vDuration.from_ical(ASKED_EVERY)
        calendar.add("REFRESH-INTERVAL", often, parameters={"VALUE": "DURATION"})
    return bytes(calendar.to_ical().removesuffix(END_OF_CALENDAR))


@lru_cache
def zone() -> bytes:
    """London's clock with its two changes a year, which the law has kept since 1996."""
    found = Timezone()
    found.add("TZID", LONDON.key)
    changes: tuple[tuple[Component, datetime, str, int, int, int], ...] = (
        (TimezoneDaylight(), SUMMER_BEGINS, "BST", 3, 0, 1),
        (TimezoneStandard(), SUMMER_ENDS, "GMT", 10, 1, 0),
    )
    for change, first, name, month, before, after in changes:
        change.add("DTSTART", first)
        change.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY="-1SU"))
        change.add("TZOFFSETFROM", timedelta(hours=before))
        change.add("TZOFFSETTO", timedelta(hours=after))
        change.add("TZNAME", name)
        found.add_component(change)
    return bytes(found.to_ical())
