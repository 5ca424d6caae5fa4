from alliances.meetings.models import MeetingReply
from partnership.notices.services import plan_reminders
from tests.journeys.conftest import PHONE, WITH_AND_WITHOUT_SCRIPT
from tests.journeys.world import called_meeting, oldham, workhub_of_both_schools


@WITH_AND_WITHOUT_SCRIPT
def test_a_head_answers_from_the_mail_and_the_desk_and_is_no_longer_reminded(
    somebody, mailbox, with_script
):
    world = oldham()
    meeting = called_meeting(world, workhub_of_both_schools(world))
    letters = {letter.to[0]: letter for letter in mailbox.fetch()}
    phone = somebody(screen=PHONE, with_script=with_script)

    phone.opens(letters[world.head.email].link("/meetings/answer/"))
    asked = phone.heading
    phone.presses("Maybe")
    thanked = phone.told
    desk = somebody(with_script=with_script).signs_in(world.head)
    desk.opens("/desk/")
    waits = desk.words
    desk.follows("The form, fourth draft")
    desk.presses("Yes")
    answered = desk.words
    plan_reminders(now=meeting.answer_by)
    reminded = [letter.to for letter in mailbox.fetch(now=meeting.answer_by)]

    assert asked == "Will you come? The form, fourth draft"
    assert "Thank you" in thanked
    assert "Nothing waits on you." in waits
    assert "You are coming." in answered
    assert MeetingReply.objects.get(person=world.head).answer == "yes"
    assert reminded == [[world.other_head.email]]


@WITH_AND_WITHOUT_SCRIPT
def test_a_head_answers_on_the_desk_in_place(somebody, mailbox, with_script):
    world = oldham()
    called_meeting(world, workhub_of_both_schools(world))
    desk = somebody(screen=PHONE, with_script=with_script).signs_in(world.head)

    desk.opens("/desk/")
    desk.presses("No: not coming to The form, fourth draft")

    assert "Nothing waits on you." in desk.words
    assert MeetingReply.objects.get(person=world.head).answer == "no"
