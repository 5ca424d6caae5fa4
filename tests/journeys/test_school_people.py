from datetime import timedelta

from django.utils import timezone

from alliances.schools.models import DetailsCheck, SchoolPost
from alliances.schools.permissions import is_head_of
from alliances.schools.services import ask_for_details, settle_departures
from tests.factories import PersonFactory, SchoolPostFactory
from tests.journeys.conftest import PHONE, WITH_AND_WITHOUT_SCRIPT
from tests.journeys.world import called_meeting, oldham, workhub_of_both_schools


@WITH_AND_WITHOUT_SCRIPT
def test_a_head_confirms_her_schools_details_and_delegates_to_her_deputy(somebody, with_script):
    world = oldham()
    deputy = SchoolPostFactory(
        school=world.school, kind="deputy", person=PersonFactory(name="Imran Sharif")
    ).person
    meeting = called_meeting(world, workhub_of_both_schools(world))
    ask_for_details(now=timezone.now())
    until = timezone.localdate() + timedelta(days=60)
    people = f"/schools/{world.school.urn}/people/"
    head = somebody(with_script=with_script).signs_in(world.head)

    head.opens(f"/schools/{world.school.urn}/details/")
    head.page.get_by_label("All of it is right").check()
    head.presses("Send the answer")
    confirmed = head.words
    head.opens(people)
    head.follows("Let somebody act for you")
    head.page.get_by_label("Who acts for the school").select_option(label="Imran Sharif")
    head.ticks("Replies: answer meetings and workhub invitations for the school")
    head.fills("Last day", until.isoformat())
    head.presses("Delegate")
    named = head.told
    phone = somebody(screen=PHONE, with_script=with_script).signs_in(deputy)
    phone.opens("/desk/")
    owed = phone.words
    phone.presses("Yes: coming to The form, fourth draft")
    done = phone.words
    head.opens(people)
    head.follows("End at once: Imran Sharif, Replies")
    head.presses("End it now")
    phone.opens(meeting.get_absolute_url())

    assert "Anna Kershaw confirmed these details on" in confirmed
    assert DetailsCheck.objects.get(school=world.school).answered_by == world.head
    assert "Imran Sharif may act for Delph Primary School until" in named
    assert "Answer for your head: The form, fourth draft" in owed
    assert "Nothing waits on you." in done
    assert meeting.replies.get(person=world.head).answer == "yes"
    assert phone.heading != "The form, fourth draft"


def test_a_head_leaves_in_four_weeks_and_her_successor_is_ready(somebody, mailbox):
    world = oldham()
    workhub_year = workhub_of_both_schools(world)
    meeting = called_meeting(world, workhub_year)
    last_day = timezone.localdate() + timedelta(days=27)
    head = somebody().signs_in(world.head)

    head.opens(f"/schools/{world.school.urn}/people/")
    head.follows("Leaves the school: Anna Kershaw, Headteacher")
    head.fills("Last day", last_day.isoformat())
    head.fills("Name of whoever follows", "Martin Holt")
    head.fills("E-mail address of whoever follows", "martin.holt@delph.example")
    head.presses("Arrange it")
    told = head.told
    (invited,) = [letter for letter in mailbox.fetch() if "martin.holt@delph.example" in letter.to]
    successor = somebody(screen=PHONE)
    successor.opens(invited.link("/invitations/accept/"))
    successor.fills("Choose a password", "three quiet brown hens")
    successor.page.get_by_role("main").get_by_role("button").first.click()
    successor.opens(f"/schools/{world.school.urn}/")
    school_page = successor.words
    person = SchoolPost.objects.get(school=world.school, person__name="Martin Holt").person
    day_after = last_day + timedelta(days=1)
    settle_departures(now=timezone.now() + timedelta(days=28))

    assert "Martin Holt follows." in told
    assert "Begins" in school_page
    assert is_head_of(world.head, world.school, last_day)
    assert not is_head_of(person, world.school, last_day)
    assert is_head_of(person, world.school, day_after)
    assert not is_head_of(world.head, world.school, day_after)
    assert meeting.starts_at.date() >= day_after
