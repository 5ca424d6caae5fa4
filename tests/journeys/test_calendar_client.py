from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import icalendar
import pytest
from django.utils import timezone

from alliances.meetings.models import Meeting
from alliances.meetings.services import cancel_meeting, move_meeting
from tests.journeys.conftest import PHONE, WITH_AND_WITHOUT_SCRIPT
from tests.journeys.world import called_meeting, oldham, workhub_of_both_schools


class CalendarClient:
    """Outlook, Google or Apple: plain HTTP, and what iCalendar says."""

    def __init__(self, address):
        self.address = address
        self.known = ""

    def asks(self):
        """The events that are new to it, by their UID, or None when nothing has changed."""
        headers = {"If-None-Match": self.known}
        request = Request(self.address, headers=headers)  # noqa: S310 the portal’s own address
        try:
            with urlopen(request, timeout=10) as answer:  # noqa: S310 as above
                self.known = answer.headers["ETag"]
                calendar = icalendar.Calendar.from_ical(answer.read())
        except HTTPError as error:
            error.close()
            if error.code == 304:
                return None
            raise
        assert calendar["METHOD"] == "PUBLISH"
        return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def makes_address(person):
    """Makes the address of her own diary as the page says, and reads it there."""
    person.opens("/diary/")
    person.follows("Add to Outlook, Google or Apple")
    person.presses("Make the address")
    return person.page.get_by_label("Secret address of Your own diary").input_value()


@WITH_AND_WITHOUT_SCRIPT
def test_a_calendar_subscribes_follows_a_move_and_a_cancellation_and_a_new_address_ends_it(
    somebody, with_script
):
    world = oldham()
    meeting = called_meeting(world, workhub_of_both_schools(world))
    head = somebody(screen=PHONE, with_script=with_script).signs_in(world.head)
    address = makes_address(head)
    calendar = CalendarClient(address)

    (first,) = calendar.asks().values()
    again = calendar.asks()
    starts_at = meeting.starts_at + timedelta(days=7)
    move_meeting(
        meeting=meeting,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        place="Delph library",
        by=world.director,
        now=timezone.now(),
    )
    (moved,) = calendar.asks().values()
    cancel_meeting(meeting=Meeting.objects.get(), because="", by=world.director, now=timezone.now())
    (cancelled,) = calendar.asks().values()

    assert first["SUMMARY"] == "The form, fourth draft"
    assert (first.start, first["LOCATION"], first["STATUS"]) == (
        meeting.starts_at,
        "Diggle School",
        "CONFIRMED",
    )
    assert again is None
    assert moved["UID"] == first["UID"] == cancelled["UID"]
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    assert (moved.start, moved["LOCATION"]) == (starts_at, "Delph library")
    assert cancelled["STATUS"] == "CANCELLED"
    assert cancelled["SEQUENCE"] > moved["SEQUENCE"]

    stranger = somebody(screen=PHONE, with_script=with_script).signs_in(world.stranger)
    theirs = CalendarClient(makes_address(stranger)).asks()

    assert theirs == {}

    head.follows("Make a new address for Your own diary")
    head.presses("Make a new address")
    new = head.page.get_by_label("Secret address of Your own diary").input_value()

    assert head.told == "There is a new address, and the old one shows nothing any more."
    with pytest.raises(HTTPError, match="404"):
        CalendarClient(address).asks()
    assert list(CalendarClient(new).asks()) == [str(first["UID"])]


def test_the_page_that_helps_fits_a_telephone(somebody):
    world = oldham()
    workhub_of_both_schools(world)
    head = somebody(screen={"width": 320, "height": 640}).signs_in(world.head)

    makes_address(head)

    assert head.heading == "Add to Outlook, Google or Apple"
    assert "Google Calendar" in head.words
    assert head.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert head.page.get_by_role("link", name="Open in this device’s calendar").first.is_visible()


def test_a_head_looks_through_her_diary_on_a_telephone(somebody):
    world = oldham()
    meeting = called_meeting(world, workhub_of_both_schools(world))
    head = somebody(screen=PHONE).signs_in(world.head)

    head.opens(f"/diary/?on={timezone.localdate(meeting.starts_at).isoformat()}")
    listed = head.page.get_by_role("link", name="The form, fourth draft").first
    list_top = listed.bounding_box()["y"]
    grid_top = head.page.get_by_role("table").bounding_box()["y"]
    listed.click()

    assert list_top < grid_top
    assert head.heading == "The form, fourth draft"
