from datetime import timedelta

from django.utils import timezone

from alliances.meetings.models import Meeting
from partnership.calendar.days import next_school_day
from tests.journeys.conftest import PHONE, WITH_AND_WITHOUT_SCRIPT
from tests.journeys.world import oldham


@WITH_AND_WITHOUT_SCRIPT
def test_a_director_creates_a_workhub_invites_a_school_and_calls_its_meeting(
    somebody, mailbox, with_script
):
    world = oldham()
    director = somebody(with_script=with_script).signs_in(world.director)
    day = next_school_day(timezone.localdate() + timedelta(days=21))

    director.opens("/workhubs/")
    director.follows("Create a workhub")
    director.fills("Name", "The Oldham Leader")
    director.fills("What it works on", "the next heads")
    director.presses("Create the workhub")
    created = director.told
    director.follows("Invite schools")
    director.ticks("Delph Primary School")
    director.presses("Invite the ticked schools")
    invited = director.told
    (invitation,) = mailbox.fetch()
    head = somebody(screen=PHONE, with_script=with_script).signs_in(world.head)
    head.opens(invitation.link("/workhubs/"))
    head.presses("Join")
    joined = head.told
    director.opens("/workhubs/")
    director.follows("The Oldham Leader")
    director.follows("Call a meeting")
    director.fills("Title", "Placements after Easter")
    director.fills("Day", day.isoformat())
    director.fills("Begins at", "16:00")
    director.fills("Ends at", "17:15")
    director.fills("Place", "Delph Primary School")
    director.presses("Go on to calling it")
    director.presses("Call it and ask everybody")
    called = mailbox.fetch()

    assert created == "The Oldham Leader created. Now invite its schools."
    assert (
        invited == "Delph Primary School is invited. Its head is told by mail in the next minutes."
    )
    assert invitation.to == [world.head.email]
    assert joined == "Delph Primary School has joined The Oldham Leader."
    assert [letter.to for letter in called] == [[world.head.email]]
    assert Meeting.objects.get().state == Meeting.State.CALLED
