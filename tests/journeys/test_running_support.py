from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from partnership.calendar.days import next_school_day, previous_school_day
from partnership.calendar.years import AcademicYear
from support.directory.services import promise_days
from tests.journeys.conftest import PHONE
from tests.journeys.test_signing_in import faults
from tests.support.programmes.agreed import make_agreed
from tests.support.progress.begun import begin

SEEN = "Modelled writing in three lessons of five."
DISPUTED = "It was four of five: one was after break."
OBJECTIVE = "Teachers model writing each day"
LEADING = "The English lead leads"
NARROW = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture
def running():
    """A programme that all signed two months ago, in its first term, with days promised."""
    now = timezone.now()
    signed_at = now - timedelta(days=60)
    made = make_agreed(now=now, sent_at=signed_at, signed_at=signed_at)
    begin(made.programme, made.director, terms=terms_around(timezone.localdate()), at=signed_at)
    made.page = made.programme.get_absolute_url()
    return made


def terms_around(today):
    """Five terms of eleven weeks, of which the first has three weeks to go."""
    first = today - timedelta(days=56)
    starts = [first + timedelta(weeks=13 * number) for number in range(5)]
    return [(start, start + timedelta(weeks=11)) for start in starts]


def promised(made, *, on: date):
    """Six days of the practitioner, in the academic year of a day."""
    strand = made.programme.strands.get(practitioner__person=made.practitioner)
    promise_days(
        practitioner=strand.practitioner,
        year=AcademicYear.containing(on).start,
        days=Decimal(6),
        strand_id=strand.pk,
        by=made.director,
        now=timezone.now(),
    )


def plans_visit(person, made, *, on: date, purpose):
    person.opens(f"{made.page}visits/plan/")
    fills_visit(person, on=on, purpose=purpose)
    person.presses("Plan it")


def fills_visit(person, *, on: date, purpose):
    person.page.get_by_role("radio", name="Priya Nair").check()
    person.fills("Purpose", purpose)
    person.page.get_by_label("Day", exact=True).fill(on.isoformat())


def sets_objective(person, words, *, focus, success):
    person.fills("What is to be reached?", words)
    person.fills("How will both schools know?", success)
    person.page.get_by_role("radio", name=focus, exact=True).check()
    person.presses("Add it")


def drafts_note(person):
    """From the desk, until the portal has kept what she typed; the address of the visit."""
    person.opens("/desk/")
    person.follows("Say that your visit was held")
    visit = person.page.url
    person.follows("Write the note")
    person.fills("With whom, by role", "English lead, two teachers")
    person.fills("What was seen", SEEN)
    person.page.get_by_text("as your draft").nth(1).wait_for()
    person.page.reload()
    return visit


def disputes_note(person):
    """From the desk; what she read of it."""
    person.follows("Check the note of a visit")
    read = person.words
    person.page.get_by_role("radio", name="No, not in some points").check()
    person.fills("What isn’t accurate?", DISPUTED)
    person.presses("Say so")
    return read


def lets_director_read(person):
    person.follows("Let others read it")
    person.page.get_by_role("radio", name="The alliance’s director").check()
    person.presses("Give consent")


def begins_plan(person, made):
    person.opens(made.page)
    person.follows("Begin the plan")
    person.presses("Begin the plan")
    sets_objective(person, OBJECTIVE, focus="Teaching", success="Seen in four of five visits")
    person.follows("Add an objective")
    sets_objective(person, LEADING, focus="Leadership", success="She leads three staff meetings")


def changes_objective(person):
    person.opens("/desk/")
    person.follows("Agree to the plan of a support programme, or change it")
    person.follows(f"Change the objective {OBJECTIVE}")
    person.fills("How will both schools know?", "Seen in each of five visits")
    person.presses("Save")


def begins_view(person, made):
    """From the programme; what she reads before she gives her view."""
    person.opens(made.page)
    read = person.words
    person.follows("Give your view")
    return read + person.words


def gives_view(person, *, teaching, leading, words):
    """How she sees both objectives, and what she sees; the whole as the first of them."""
    for objective, course in ((OBJECTIVE, teaching), (LEADING, leading)):
        part = person.page.get_by_role("region", name=objective)
        part.get_by_role("radio", name=course, exact=True).check()
        part.get_by_label("How you know").fill(f"{words} in lessons.")
    whole = person.page.get_by_role("region", name="The whole")
    whole.get_by_role("radio", name=teaching, exact=True).check()
    whole.get_by_label("What you see").fill(words)
    person.presses("Give this view")


def closes_review(person):
    person.follows("Close the review")
    person.page.get_by_role("radio", name="Slower than planned").check()
    next_on = timezone.localdate() + timedelta(weeks=12)
    person.page.get_by_label("Next review on").fill(next_on.isoformat())
    person.presses("Close the review")


def pauses(person, made):
    person.opens(made.page)
    person.follows("Pause the programme")
    person.fills("Why it is paused", "The school has burst pipes.")
    again = timezone.localdate() + timedelta(days=30)
    person.page.get_by_label("Look at it again on").fill(again.isoformat())
    person.presses("Pause it")


def says_why(person, act, label, words, button):
    person.follows(act)
    person.fills(label, words)
    person.presses(button)


def test_a_note_of_a_visit_is_written_disputed_released_and_taken_back(somebody, mailbox, running):
    day = previous_school_day(timezone.localdate() - timedelta(days=1))
    promised(running, on=day)
    practitioner = somebody(screen=PHONE).signs_in(running.practitioner)
    director = somebody().signs_in(running.director)
    plans_visit(practitioner, running, on=day, purpose="Books of Year 5")

    visit = drafts_note(practitioner)
    kept = practitioner.page.get_by_label("What was seen").input_value()
    found = faults(practitioner)
    is_narrow = practitioner.page.evaluate(NARROW)
    director.opens(visit)
    before_given = director.words
    practitioner.presses("Go on to giving it")
    practitioner.presses("Give it to the school")
    given = practitioner.told
    letters = mailbox.fetch()
    head = somebody().signs_in(running.head)
    read = disputes_note(head)
    said = head.told
    practitioner.page.reload()
    director.page.reload()
    before_released = director.words
    lets_director_read(head)
    found += faults(head)
    director.page.reload()
    released = director.words
    head.follows("Take it back")
    head.presses("Take it back")
    taken_back = head.told
    director.page.reload()

    assert kept == SEEN
    assert "It isn’t given yet." in before_given
    assert SEEN not in before_given
    assert given == "The note is given to the school, whose head checks it now."
    assert SEEN in read
    assert said == "What you said stands beside the note."
    for person in (practitioner, head):
        assert SEEN in person.words
        assert DISPUTED in person.words
    for words in (before_released, director.words):
        assert "There is a note, given " in words
        assert "The school finds it not accurate in some points." in words
        assert SEEN not in words
        assert DISPUTED not in words
    assert SEEN in released
    assert DISPUTED in released
    assert taken_back == "The consent is taken back. From now on they don’t read it."
    assert found == []
    assert is_narrow
    assert any(letter.to == [running.head.email] for letter in letters)
    told = [letter.subject + letter.text for letter in letters + mailbox.fetch()]
    assert not [words for words in told if running.programme.school.name in words or SEEN in words]


def test_both_schools_agree_a_plan_and_three_ratings_of_it_that_differ_are_talked_about(
    somebody, running
):
    head = somebody().signs_in(running.head)
    supporter = somebody().signs_in(running.supporting_head)
    review = f"{running.page}reviews/1/"

    begins_plan(head, running)
    changes_objective(supporter)
    head.opens("/desk/")
    head.follows("Agree to the plan of a support programme, or change it")
    changed = head.page.get_by_role("region", name="What the other school has changed").inner_text()
    found = faults(head)
    head.presses("Agree to the plan")
    agreed = head.told
    director = somebody().signs_in(running.director)
    director.opens(f"{running.page}reviews/")
    director.presses("Open the review of term 1 now")
    director.follows("Give your view")
    gives_view(director, teaching="Stuck", leading="On course", words="Nothing moves")
    seen_by_head = begins_view(head, running)
    found += faults(head)
    gives_view(head, teaching="On course", leading="On course", words="Three of us model")
    seen_by_head += head.words
    seen_by_supporter = begins_view(supporter, running)
    gives_view(supporter, teaching="Slower than planned", leading="On course", words="Two of five")
    told_last, shown = supporter.told, supporter.words
    found += faults(supporter)
    head.opens(review)
    head.follows("Write what came of talking")
    head.fills("What came of it", "We count lessons together from now on.")
    head.presses("Write it down")
    director.opens(review)
    closes_review(director)
    closed = director.told
    head.page.reload()

    assert "Seen in four of five visits" in changed
    assert "Seen in each of five visits" in changed
    assert LEADING not in changed
    assert agreed == "Your school agrees to the plan as it stands."
    assert "Nothing moves" not in seen_by_head + seen_by_supporter
    assert "Three of us model" not in seen_by_supporter
    for words in ("Nothing moves", "Three of us model", "Two of five"):
        assert words in shown
    assert (
        told_last == "Your view is given. All three are there now, and all three sides read them."
    )
    assert f"Views differ on “{OBJECTIVE}”." in shown
    assert closed == "The review is closed: slower than planned. Both schools are told."
    assert "We count lessons together from now on." in head.words
    assert "Views differ" not in head.words
    assert found == []


def test_a_director_pauses_support_lets_it_go_on_and_ends_it_early(somebody, running):
    head = somebody().signs_in(running.head)
    director = somebody().signs_in(running.director)
    day = next_school_day(timezone.localdate() + timedelta(days=7))
    plans_visit(head, running, on=day, purpose="Books of Year 5")
    planned = head.told
    head.opens(f"{running.page}visits/plan/")
    fills_visit(head, on=next_school_day(day + timedelta(days=1)), purpose="Books of Year 6")
    open_form = head.page

    pauses(director, running)
    paused = director.told
    head.presses("Plan it")
    refused = head.words
    found = faults(head)
    head.page = head.context.new_page()
    head.opens(f"{running.page}visits/")
    listed = head.words
    may_plan = head.page.get_by_role("main").get_by_role("link", name="Plan a visit").count()
    head.opens(running.page)
    resting = head.words
    found += faults(head)
    says_why(director, "Let it go on", "What has changed", "The pipes hold.", "Let it go on")
    resumed = director.told
    head.page.reload()
    going_on = head.words
    head.page = open_form
    head.presses("Send it again")
    sent_again = head.told
    says_why(director, "End it early", "Why the support ends early", "It joins a trust.", "End it")
    ended = director.told
    head.page.reload()

    assert planned.endswith("is planned, and those concerned are told.")
    assert paused == "The programme is paused. Everybody in it is told."
    assert "The support is paused: nothing in it can be changed until it goes on." in refused
    assert "This programme is paused." in listed
    assert "Books of Year 5" in listed
    assert "Books of Year 6" not in listed
    assert may_plan == 0
    assert "The school has burst pipes." in resting
    assert "Begin the plan" not in resting
    assert resumed == "The programme goes on. Everybody in it is told."
    assert "burst pipes" not in going_on
    assert "It is your turn." in going_on
    assert sent_again.endswith("is planned, and those concerned are told.")
    assert ended == "The support has ended. Everybody in it is told."
    assert "It joins a trust." in head.words
    assert head.page.get_by_role("table").get_by_text("Cancelled").count() == 2
    assert found == []
