from alliances.meetings.models import Paper
from partnership.people.models import Person
from partnership.toolkit.registers import search
from tests.journeys.conftest import WITH_AND_WITHOUT_SCRIPT
from tests.journeys.world import called_meeting, oldham, workhub_of_both_schools


@WITH_AND_WITHOUT_SCRIPT
def test_a_stranger_sees_nothing_in_page_list_search_file_or_mail(somebody, mailbox, with_script):
    world = oldham()
    workhub_year = workhub_of_both_schools(world)
    meeting = called_meeting(world, workhub_year)
    letters = mailbox.fetch()
    stranger = somebody(with_script=with_script).signs_in(world.stranger)
    director = somebody(with_script=with_script).signs_in(world.director)
    pages = [
        workhub_year.get_absolute_url(),
        workhub_year.workhub.get_absolute_url(),
        meeting.get_absolute_url(),
    ]
    paper = f"{meeting.get_absolute_url()}papers/{Paper.objects.get().pk}/"
    said = {}

    for address in pages:
        assert (stranger.opens(address), director.opens(address)) == (404, 200)
    for who, browser in (("stranger", stranger), ("director", director)):
        browser.opens("/workhubs/")
        said[who] = browser.words
        browser.opens("/alliances/oldham/")
        said[who] += browser.words
        browser.opens("/desk/")
        said[who] += browser.words
        browser.opens("/meetings/")
        said[who] += browser.words
    found = {
        person.name: [each.title for each in search(person, "transition", limit=9)]
        for person in Person.objects.filter(pk__in=[world.stranger.pk, world.director.pk])
    }

    assert stranger.context.request.get(f"{stranger.portal}{paper}").status == 404
    assert director.context.request.get(f"{director.portal}{paper}").status == 200
    assert "Transition" in said["director"]
    assert "The form, fourth draft" in said["director"]
    assert "Transition" not in said["stranger"]
    assert "The form, fourth draft" not in said["stranger"]
    assert found == {"Chloe Winters": [], "Amina Hussain": ["Transition"]}
    assert world.stranger.email not in {letter.to[0] for letter in letters}
    assert {world.head.email, world.other_head.email} <= {letter.to[0] for letter in letters}
