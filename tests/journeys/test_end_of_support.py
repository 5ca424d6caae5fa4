from datetime import timedelta

from django.utils import timezone

from support.programmes.models import Programme
from support.progress.models import SustainCheck
from tests.journeys.test_measures_and_board import in_term
from tests.journeys.test_signing_in import faults

WORKED = "Leaders watch lessons together now."
BECAUSE = "Leaders carry it on by themselves."


def stands(person, made):
    """What the list of support says of how far the programme has come."""
    person.opens("/support/?state=any")
    (row,) = person.page.get_by_role("row").filter(has_text=str(made.programme.school)).all()
    return row.inner_text().split("\t")[2].strip()


def story(person):
    """What the page of the end says of a story for others."""
    return person.page.get_by_role("region", name="A story for others").inner_text()


def looks_back(person, made, *, thanks):
    person.opens(made.page)
    person.follows("Write the final review")
    person.page.get_by_role("radio", name="Reached", exact=True).check()
    person.fills("What has changed", WORKED)
    person.fills("Thanks to the other school", thanks)
    found = faults(person)
    person.presses("Give this view")
    return found


def says_it_lasts(person, words):
    soon = timezone.now() + timedelta(days=7)
    SustainCheck.objects.filter(given_at=None).update(due_at=soon)
    person.page.reload()
    person.follows("Say whether it lasts")
    person.page.get_by_role("radio", name="On course", exact=True).check()
    person.fills("What still stands, and what slipped", words)
    person.presses("Say so")
    return person.told


def opens_final_review(director, end):
    director.opens(end)
    director.follows("Open the final review now")
    director.presses("Open the final review")
    return director.told


def names_story(director, end):
    director.opens(end)
    director.follows("Name it for a case study")
    director.fills("Why should others read of it?", BECAUSE)
    director.presses("Ask the school")


def says_what_changed(head):
    head.follows("Say what changed")
    head.fills("What changed", WORKED)
    head.fills("For whom", "Years 5 and 6")
    head.fills("With what evidence", "Books of both years")
    head.presses("Say so")


def test_from_the_last_term_over_to_the_second_sustain_check(somebody):
    made = in_term(5)
    end = f"{made.page}end/"
    head, supporter, director = (
        somebody().signs_in(person) for person in (made.head, made.supporting_head, made.director)
    )

    opened = opens_final_review(director, end)
    states = [stands(supporter, made)]
    found = looks_back(head, made, thanks="Thank you for every Tuesday.")
    supporter.opens(end)
    of_one = supporter.words
    looks_back(supporter, made, thanks="We learnt as much as you did.")
    of_both = supporter.words
    states.append(stands(supporter, made))
    names_story(director, end)
    head.opens(end)
    found += faults(head)
    head.presses("Agree")
    agreed = head.told
    director.page.reload()
    story_agreed = story(director)
    head.presses("Take it back")
    taken_back = head.told
    director.page.reload()
    story_taken_back = story(director)
    said = says_it_lasts(head, "Lessons are watched each week.")
    says_what_changed(head)
    supporter.opens(made.page)
    half_way = supporter.words
    states.append(stands(supporter, made))
    says_it_lasts(head, "It stands without anybody’s help.")
    states.append(stands(supporter, made))
    supporter.opens(end)
    whole = supporter.words
    found += faults(supporter)

    assert opened == "The final review is open."
    assert WORKED not in of_one
    assert "Each school reads the other’s view once both are given." in of_one
    for words in (WORKED, "Thank you for every Tuesday.", "We learnt as much as you did."):
        assert words in of_both
    assert agreed == "Your school agrees to be a case study."
    assert "Yusuf Iqbal agreed on" in story_agreed
    assert taken_back == "There will be no case study."
    assert "agreed on" not in story_taken_back
    assert "Not wanted" in story_taken_back
    assert said == "Thank you. Both schools and the director read it."
    assert "Checks whether it lasts: 1 of 2" in half_way
    assert "It stands without anybody’s help." in whole
    assert "Books of both years" in whole
    assert states == ["Running", "Does it last?", "Does it last?", "Finished"]
    assert Programme.objects.get().state == "finished"
    assert found == []
