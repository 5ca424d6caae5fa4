from datetime import timedelta

from django.utils import timezone

from alliances.meetings.models import Action, Attendance, Meeting, MinuteDraft
from tests.factories import AlliancePostFactory
from tests.journeys.conftest import PHONE
from tests.journeys.world import called_meeting, oldham, workhub_of_both_schools


def meeting_that_is_over(world, **facts):
    meeting = called_meeting(world, workhub_of_both_schools(world))
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=2), "ends_at": now - timedelta(hours=1)}
    Meeting.objects.filter(pk=meeting.pk).update(**times, **facts)
    return Meeting.objects.get(pk=meeting.pk)


def test_an_administrator_minutes_a_meeting_the_chair_checks_and_a_head_does_her_action(somebody):
    world = oldham()
    administrator = AlliancePostFactory(
        alliance=world.alliance, kind="administrator", person__name="Donna Whitehouse"
    ).person
    meeting = meeting_that_is_over(world, chair=world.other_head, minute_taker=administrator)
    minutes = f"/meetings/{meeting.pk}/minutes/"
    phone = somebody(screen=PHONE).signs_in(administrator)

    phone.opens(meeting.get_absolute_url())
    phone.follows("Take the register")
    phone.page.get_by_role("group", name="Anna Kershaw").get_by_role(
        "radio", name="Present"
    ).check()
    phone.presses("It was held with these people")
    phone.follows("Write the minutes")
    part = phone.page.get_by_role("region", name="1. The form")
    part.get_by_label("What was said, in short").fill("Both schools have tried it.")
    part.get_by_text("as your draft").wait_for()
    phone.page.reload()
    restored = part.get_by_label("What was said, in short").input_value()
    offered = part.inner_text()
    part.get_by_text("A decision or an action").click()
    part.get_by_label("What is to be done").fill("Send the form round")
    part.get_by_label("Who does it").fill("Anna Kershaw")
    part.get_by_role("button", name="Save: 1. The form").click()
    saved = phone.told
    phone.follows("Leave")
    phone.presses("Give to the chair")
    given = phone.told
    head = somebody(screen=PHONE).signs_in(world.head)
    too_early = head.opens(minutes)
    chair = somebody().signs_in(world.other_head)
    chair.opens("/desk/")
    chair.follows("Check the minutes: The form, fourth draft")
    chair.presses("These are right")
    published = chair.told
    head.opens(minutes)
    read = head.words
    head.opens("/desk/")
    head.presses("Done: Send the form round")
    done = head.told
    stranger = somebody().signs_in(world.stranger)
    action = Action.objects.get()

    assert restored == "Both schools have tried it."
    assert "You had typed this and not saved it," in offered
    assert saved == "Minutes saved."
    assert given.startswith("The minutes are with the chair, to be checked by ")
    assert too_early == 403
    assert published == "The minutes are published. Everybody who was asked is told."
    assert "Both schools have tried it." in read
    assert "Anna Kershaw (Delph Primary School)" in read
    assert done == "Done: Send the form round"
    assert action.done_by == world.head
    hidden = (minutes, f"/meetings/{meeting.pk}/minutes.pdf", action.get_absolute_url())
    assert [stranger.opens(address) for address in hidden] == [404, 404, 404]


def test_a_line_of_the_register_is_kept_as_it_is_touched_and_the_others_stay_as_they_are(somebody):
    world = oldham()
    meeting = meeting_that_is_over(world, state=Meeting.State.HELD, held_at=timezone.now())
    phone = somebody(screen=PHONE).signs_in(world.director)

    phone.opens(f"/meetings/{meeting.pk}/register/")
    lines = phone.page.get_by_role("main").get_by_role("group")
    asked = lines.count()
    lines.get_by_role("radio", name="Late").first.check()
    phone.page.get_by_role("status").get_by_text("One member was there.").wait_for()
    shown = lines.count()

    assert shown == asked > 1
    assert Attendance.objects.get().state == "late"


def test_without_a_script_saving_one_part_loses_nothing_of_the_others(somebody):
    world = oldham()
    meeting = meeting_that_is_over(world, state=Meeting.State.HELD, held_at=timezone.now())
    desk = somebody(with_script=False).signs_in(world.director)

    desk.opens(f"/meetings/{meeting.pk}/minutes/write/")
    general = desk.page.get_by_role("region", name="In general")
    part = desk.page.get_by_role("region", name="1. The form")
    general.get_by_label("What was said, in short").fill("All were there.")
    part.get_by_label("What was said, in short").fill("We talked.")
    part.get_by_text("A decision or an action").click()
    part.get_by_label("What is to be done").fill("Send it")
    part.get_by_role("button", name="Save: 1. The form").click()
    asked = desk.words
    kept = general.get_by_label("What was said, in short").input_value()
    part.get_by_label("Who does it").fill("Anna Kershaw")
    part.get_by_label("Who does it").press("Enter")
    told = desk.told

    assert "Say who does it." in asked
    assert kept == "All were there."
    assert told == "Minutes saved."
    assert Action.objects.get().owner == world.head
    assert {minute.text for minute in meeting.minuted.all()} == {"All were there.", "We talked."}


def test_minutes_typed_without_a_connection_are_kept_on_the_device_and_sent_once(somebody):
    world = oldham()
    meeting = meeting_that_is_over(world, state=Meeting.State.HELD, held_at=timezone.now())
    desk = somebody().signs_in(world.director)
    sent = []

    desk.opens(f"/meetings/{meeting.pk}/minutes/write/")
    desk.page.on("requestfinished", lambda request: sent.append(request.url))
    part = desk.page.get_by_role("region", name="1. The form")
    desk.context.set_offline(True)
    part.get_by_label("What was said, in short").fill("We talked.")
    part.get_by_role("button", name="Save: 1. The form").click()
    warned = part.get_by_role("status").inner_text()
    part.get_by_text("No connection").wait_for()
    before = MinuteDraft.objects.count()
    desk.context.set_offline(False)
    part.get_by_text("as your draft").wait_for()
    desk.context.set_offline(True)
    part.get_by_label("What was said, in short").fill("We talked for long.")
    desk.page.close()
    desk.context.set_offline(False)
    desk.page = desk.context.new_page()
    desk.opens(f"/meetings/{meeting.pk}/minutes/write/")
    part = desk.page.get_by_role("region", name="1. The form")
    part.get_by_text("as your draft").wait_for()
    kept = desk.page.evaluate("window.localStorage.length")

    assert warned.startswith("No connection: this is not saved yet.")
    assert before == 0
    assert [url for url in sent if url.endswith("/draft/")] == [
        f"{desk.portal}/meetings/{meeting.pk}/minutes/draft/"
    ]
    assert part.get_by_label("What was said, in short").input_value() == "We talked for long."
    assert MinuteDraft.objects.get().text == "We talked for long."
    assert kept == 0


def test_minutes_typed_before_the_script_comes_over_a_slow_line_are_kept_as_a_draft(somebody):
    world = oldham()
    meeting = meeting_that_is_over(world, state=Meeting.State.HELD, held_at=timezone.now())
    phone = somebody(screen=PHONE).signs_in(world.director)
    part = phone.page.get_by_role("region", name="1. The form")

    with phone.before_script("minutes.js", f"/meetings/{meeting.pk}/minutes/write/"):
        part.get_by_label("What was said, in short").fill("Typed at once.")
    part.get_by_text("as your draft").wait_for()

    assert MinuteDraft.objects.get().text == "Typed at once."
