import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from reviews.days.models import Note, View
from reviews.days.services.dating import keep_dates
from tests.factories.days import FindingFactory
from tests.factories.reviews import FrameworkFactory, ThemeFactory
from tests.journeys.conftest import PHONE
from tests.journeys.review_world import Eyes, cycle_of, publish, saddleworth

KEPT = "Object.keys(window.localStorage)"
THEMES = ("Curriculum", "Feedback")


@dataclass
class Day:
    """A review day that began two hours ago: the first head hosts, the three others go."""

    review: Any
    team: list[Any]
    notes: str
    views: str


@pytest.fixture
def day():
    world = saddleworth(count=4)
    began = timezone.now() - timedelta(hours=2)
    cycle = cycle_of(world, starts_on=began.date(), ends_on=began.date())
    cycle.framework = FrameworkFactory(alliance=world.alliance, evidence="Learning walk\nBooks")
    cycle.save()
    for name in THEMES:
        ThemeFactory(framework=cycle.framework, name=name)
    (made,) = publish(cycle, began.date(), teams=[(1, 2, 3)])
    made.starts_at, made.ends_at = began, began + timedelta(hours=7)
    made.save()
    made.places.update(answer="accepted", answered_at=began)
    keep_dates([made.pk], began)
    made.review.contact_name, made.review.contact_telephone = "Jo Firth", "0161 496 0123"
    made.review.save()
    page = f"/reviews/days/{made.pk}"
    return Day(made.review, world.heads[1:], f"{page}/notes/", f"{page}/views/")


def writes(person, text, **chosen):
    for label, value in chosen.items():
        person.page.get_by_label(label.replace("_", " ")).select_option(value)
    person.page.get_by_label("What you saw").first.fill(text)
    person.presses("Keep the note")


def line(person, containing):
    person.page.get_by_role("status").get_by_text(containing).wait_for()


def is_with_portal(person):
    line(person, "Everything is with the portal.")


def rows(person):
    return person.page.get_by_role("main").locator("li[data-portal-key]:visible")


def ends_every_session():
    Session.objects.all().delete()
    cache.clear()


def comes_back(person, address):
    """She has closed the tab, and opens another."""
    person.page.close()
    person.context.set_offline(False)
    person.page = person.context.new_page()
    person.page.set_default_timeout(15_000)
    person.opens(address)


def signs_out(person):
    person.opens("/accounts/logout/")
    person.presses("Sign out")
    person.page.wait_for_url("**/")


def test_three_reviewers_write_without_a_network_and_each_note_arrives_once(somebody, day):
    eyes = Eyes()
    lead, second, third = (somebody(screen=PHONE).signs_in(each) for each in day.team)
    team = (lead, second, third)
    for person in team:
        person.opens(day.notes)
        eyes.read(person)
        person.context.set_offline(True)

    for number, person in enumerate(team):
        writes(person, f"First of {number}", Theme="Feedback", Where_you_saw_it="Books")
        writes(person, f"Second of {number}")
        line(person, "2 notes are on this device only")
        eyes.read(person)
    before = Note.objects.count()
    third.page.get_by_label("What you saw").first.fill("Half a thought")
    lead.context.set_offline(False)
    second.context.set_offline(False)
    comes_back(third, day.notes)
    for person in (lead, second, third):
        person.page.get_by_text("Second of").first.wait_for()
    is_with_portal(lead)
    is_with_portal(second)
    line(third, "What you type is kept on this device")
    half = third.page.get_by_label("What you saw").first.input_value()
    third.presses("Keep the note")
    is_with_portal(third)

    assert before == 0
    assert half == "Half a thought"
    assert sorted(Note.objects.values_list("text", "theme__name", "activity")) == sorted(
        [
            *[
                (f"{which} of {n}", "Feedback", "Books")
                for n in range(3)
                for which in ("First", "Second")
            ],
            ("Half a thought", "Feedback", "Books"),
        ]
    )
    for person in team:
        assert person.page.evaluate(KEPT) == []
        person.page.reload()
        assert rows(person).count() == (3 if person is third else 2)
        assert "Half a thought" not in person.words or person is third
        eyes.read(person)
        signs_out(person)
        assert person.page.evaluate(KEPT) == []
    assert eyes.found == []


def test_a_session_that_ends_keeps_her_notes_for_her_and_for_nobody_else(somebody, day):
    her, other = day.team[0], day.team[1]
    person = somebody(screen=PHONE).signs_in(her)
    person.opens(day.notes)
    ends_every_session()
    writes(person, "Books show drafts")
    line(person, "You are signed out.")
    kept = person.page.evaluate(KEPT)

    person.signs_in(other)
    person.opens(day.notes)
    is_with_portal(person)
    seen_by_other = person.page.content()
    signs_out(person)
    still_kept = person.page.evaluate(KEPT)
    person.signs_in(her)
    person.opens(day.notes)
    is_with_portal(person)

    assert len(kept) == 1
    assert kept == still_kept
    assert "Books show drafts" not in seen_by_other
    assert list(Note.objects.values_list("author", "text")) == [(her.pk, "Books show drafts")]
    assert person.page.evaluate(KEPT) == []


def test_she_signs_in_again_in_another_tab_and_the_page_sends_by_itself(somebody, day):
    person = somebody().signs_in(day.team[0])
    person.opens(day.notes)
    first = person.page
    ends_every_session()
    writes(person, "Written after the session ended")
    line(person, "You are signed out.")

    person.page = person.context.new_page()
    person.signs_in(day.team[0])
    person.page = first
    first.evaluate("window.dispatchEvent(new Event('focus'))")
    is_with_portal(person)

    assert Note.objects.get().author == day.team[0]


def test_two_tabs_at_once_keep_each_note_once(somebody, day):
    person = somebody().signs_in(day.team[0])
    person.opens(day.notes)
    first = person.page
    first.get_by_label("What you saw").first.fill("Begun in the first tab")
    person.page = person.context.new_page()
    person.opens(day.notes)
    empty = person.page.get_by_label("What you saw").first.input_value()
    person.context.set_offline(True)
    writes(person, "From the second tab")
    second, person.page = person.page, first
    person.presses("Keep the note")
    line(person, "2 notes are on this device only")
    person.context.set_offline(False)
    is_with_portal(person)
    shown = rows(person).count()
    person.page = second
    is_with_portal(person)

    assert empty == ""
    assert (shown, rows(person).count()) == (2, 2)
    assert sorted(Note.objects.values_list("text", flat=True)) == [
        "Begun in the first tab",
        "From the second tab",
    ]


def test_a_note_whose_answer_is_lost_on_the_way_back_is_sent_again_and_kept_once(somebody, day):
    person = somebody(screen=PHONE).signs_in(day.team[0])
    person.opens(day.notes)
    lost = []

    def lose_the_answer(route):
        lost.append(route.fetch().status)
        route.abort()

    person.page.route("**/notes/sync/", lose_the_answer, times=1)
    writes(person, "Books show drafts")
    line(person, "No connection. 1 note is on this device only")
    arrived = Note.objects.count()
    person.page.evaluate("window.dispatchEvent(new Event('online'))")
    is_with_portal(person)

    assert (lost, arrived) == ([200], 1)
    assert Note.objects.get().version == 1


def test_what_nobody_sent_for_thirty_days_goes(somebody, day):
    person = somebody().signs_in(day.team[0])
    written = timezone.now() - timedelta(days=31)
    entry = {"key": "old", "at": written.isoformat(), "state": "ready", "text": "Old"}
    person.page.evaluate(
        "entry => localStorage.setItem('portal-notes:1:1:old', JSON.stringify(entry))", entry
    )

    person.opens("/desk/")

    assert person.page.evaluate(KEPT) == []


def test_without_a_network_a_note_is_changed_and_another_removed(somebody, day):
    person = somebody(screen=PHONE).signs_in(day.team[0])
    person.opens(day.notes)
    writes(person, "To be changed")
    writes(person, "To be removed")
    is_with_portal(person)
    person.page.reload()
    person.context.set_offline(True)
    rows(person).filter(has_text="To be changed").get_by_role(
        "link", name=re.compile("^Change")
    ).click()
    person.page.get_by_label("What you saw").first.fill("Changed")
    person.presses("Keep the note")
    rows(person).filter(has_text="To be removed").get_by_role(
        "link", name=re.compile("^Remove")
    ).click()
    person.presses("Remove it")
    line(person, "2 notes are on this device only")
    person.context.set_offline(False)
    is_with_portal(person)

    assert rows(person).count() == 1
    assert list(Note.objects.filter(removed_at=None).values_list("text", "version")) == [
        ("Changed", 2)
    ]


def test_a_note_changed_on_two_devices_is_shown_in_both_words(somebody, day):
    phone, desk = (somebody().signs_in(day.team[0]) for _ in range(2))
    phone.opens(day.notes)
    writes(phone, "As it was")
    is_with_portal(phone)
    desk.opens(day.notes)
    for person, words in ((phone, "By phone"), (desk, "At the desk")):
        rows(person).get_by_text("Change").first.click()
        person.page.get_by_label("What you saw").first.fill(words)
        person.presses("Keep the note")
        person.page.get_by_text(words).first.wait_for()
        if person is phone:
            is_with_portal(phone)
    desk.page.get_by_text("Changed elsewhere, too", exact=True).wait_for()
    both = rows(desk).inner_text()
    desk.presses("Keep what I wrote here")
    is_with_portal(desk)

    assert "By phone" in both
    assert "At the desk" in both
    assert Note.objects.get().text == "At the desk"


def test_a_note_that_stands_behind_a_finding_comes_back_when_it_is_removed(somebody, day):
    person = somebody(screen=PHONE).signs_in(day.team[0])
    person.opens(day.notes)
    writes(person, "Behind a finding")
    is_with_portal(person)
    FindingFactory(review=day.review).evidence.add(Note.objects.get())
    rows(person).get_by_role("button", name="Remove", exact=True).click()
    person.presses("Remove it")
    line(person, "The team has chosen that note as evidence, so it stays.")

    assert rows(person).count() == 1
    assert not person.page.get_by_role("button", name="Remove it").is_visible()
    assert Note.objects.get().removed_at is None
    assert person.page.evaluate(KEPT) == []


def test_signing_out_with_a_note_on_the_device_asks_first_and_then_takes_it_along(somebody, day):
    person = somebody(screen=PHONE).signs_in(day.team[0])
    person.opens(day.notes)
    person.page.route("**/notes/sync/", lambda route: route.abort())
    writes(person, "Never sent")
    line(person, "1 note is on this device only")
    other_tab = person.page
    person.page = person.context.new_page()
    person.opens("/accounts/logout/")
    asked = person.words
    back = person.page.get_by_role("link", name="Open its page").get_attribute("href")
    person.presses("Sign out and lose it")
    person.page.wait_for_url("**/")

    assert "What you wrote on a review is on this device only" in asked
    assert back == day.notes
    assert person.page.evaluate(KEPT) == []
    assert "Never sent" not in other_tab.content()
    assert Note.objects.count() == 0


def test_a_reviewer_gives_her_view_and_the_lead_goes_on_without_the_third(somebody, day):
    eyes = Eyes()
    lead, second = (somebody(screen=PHONE).signs_in(each) for each in day.team[:2])
    for person in (lead, second):
        person.opens(day.views)
        eyes.read(person)
        person.follows("Curriculum")
        eyes.read(person)
        person.fills("What is strong", f"Strong, says {person is lead}")
        person.presses("Keep it and go on to Feedback")
        person.fills("What is to be developed", "It comes late")
        person.presses("Keep it")
        person.follows("My view is complete")
        person.presses("It is complete")
    hidden = "Strong, says True" in second.words
    lead.opens(day.views)
    with lead.page.expect_navigation():
        lead.page.get_by_role("link", name=f"Go on without {day.team[2]}").click()
    eyes.read(lead)
    lead.presses("Go on without it")
    lead.opens(day.views)
    all_in = eyes.read(lead)

    assert not hidden
    assert "All views are in." in all_in
    assert eyes.found == []


def test_a_view_typed_without_a_network_comes_back_and_nothing_of_it_stays_on_the_device(
    somebody, day
):
    person = somebody(screen=PHONE).signs_in(day.team[0])
    person.opens(day.views)
    person.follows("Curriculum")
    address = person.page.url
    person.context.set_offline(True)
    person.fills("What is strong", "Pupils draft and edit")
    person.presses("Keep it")
    warned = person.page.get_by_role("alert").inner_text()
    comes_back(person, address)
    line(person, "You had typed this")
    restored = person.page.get_by_label("What is strong").input_value()
    kept = len(person.page.evaluate(KEPT))
    person.presses("Keep it and go on to Feedback")
    after = person.page.evaluate(KEPT)

    assert warned.startswith("No connection: nothing is sent yet.")
    assert restored == "Pupils draft and edit"
    assert (kept, after) == (1, [])
    assert View.objects.get().strengths == "Pupils draft and edit"


def test_what_to_do_for_a_child_at_risk_is_one_press_from_the_notes(somebody, day):
    eyes = Eyes()
    person = somebody(screen=PHONE).signs_in(day.team[1])
    person.opens(day.notes)
    person.follows("What to do")
    words = eyes.read(person)

    assert "Jo Firth: 0161 496 0123" in words
    assert "This page keeps nothing" in words
    assert eyes.found == []


def test_what_is_typed_before_the_script_comes_over_a_slow_line_is_kept(somebody, day):
    person = somebody(screen=PHONE).signs_in(day.team[0])

    with person.before_script("notes.js", day.notes):
        person.fills("What you saw", "Typed at once")
    line(person, "What you type is kept on this device")
    begun = person.page.get_by_label("What you saw").first.input_value()
    person.presses("Keep the note")
    is_with_portal(person)

    assert begun == "Typed at once"
    assert Note.objects.get().text == "Typed at once"


def test_what_a_browser_fills_in_again_is_the_note_that_was_begun_and_no_second_one(somebody, day):
    person = somebody(screen=PHONE).signs_in(day.team[0])
    person.opens(day.notes)
    person.fills("What you saw", "Half a thought")
    line(person, "What you type is kept on this device")

    with person.before_script("notes.js", day.notes):
        person.fills("What you saw", "Half a thought")
    line(person, "What you type is kept on this device")
    shown, kept = rows(person).count(), len(person.page.evaluate(KEPT))
    person.presses("Keep the note")
    is_with_portal(person)

    assert (shown, kept) == (0, 1)
    assert Note.objects.get().text == "Half a thought"


def test_another_note_typed_before_the_script_stands_beside_the_one_that_was_begun(somebody, day):
    person = somebody(screen=PHONE).signs_in(day.team[0])
    person.opens(day.notes)
    person.fills("What you saw", "Half a thought")
    line(person, "What you type is kept on this device")

    with person.before_script("notes.js", day.notes):
        person.fills("What you saw", "Typed at once")
    rows(person).get_by_text("Half a thought").wait_for()

    assert rows(person).count() == 1
    assert person.page.get_by_label("What you saw").first.input_value() == "Typed at once"


def test_a_note_that_the_page_itself_sends_while_the_script_comes_is_kept_once(somebody, day):
    person = somebody(screen=PHONE).signs_in(day.team[0])
    with person.before_script("notes.js", day.notes):
        person.fills("What you saw", "Sent by the page itself")
    line(person, "What you type is kept on this device")

    with person.page.expect_navigation():
        person.page.evaluate("document.querySelector('[data-portal-note]').submit()")
    is_with_portal(person)
    box = person.page.get_by_label("What you saw").first.input_value()

    assert (box, rows(person).count(), person.page.evaluate(KEPT)) == ("", 1, [])
    assert Note.objects.get().text == "Sent by the page itself"


def test_notes_that_come_too_late_are_shown_to_her_until_the_moderation_opens_again(somebody, day):
    eyes = Eyes()
    person = somebody(screen=PHONE).signs_in(day.team[0])
    person.opens(day.notes)
    person.context.set_offline(True)
    writes(person, "Written in the hall")
    person.fills("What you saw", "Half a thought")
    day.review.moderated_at = timezone.now()
    day.review.save()

    comes_back(person, day.notes)
    line(person, "The findings are agreed: notes stay as they are. 1 note is on this device only")
    rows(person).get_by_text("Half a thought").wait_for()
    late = eyes.read(person)
    buttons = rows(person).get_by_role("button").count()
    day.review.moderated_at = None
    day.review.save()
    person.page.evaluate("window.dispatchEvent(new Event('online'))")
    line(person, "A note that you didn’t finish is on this device only")

    assert "Written in the hall" in late
    assert buttons == 0
    assert Note.objects.get().text == "Written in the hall"
    assert eyes.found == []


def test_a_view_typed_before_the_script_comes_stays_below_what_comes_back(somebody, day):
    person = somebody(screen=PHONE).signs_in(day.team[0])
    person.opens(day.views)
    person.follows("Curriculum")
    address = person.page.url.removeprefix(person.portal)
    person.fills("What is strong", "Pupils draft")
    line(person, "What you type is kept on this device")
    person.page.close()
    person.page = person.context.new_page()
    person.page.set_default_timeout(15_000)

    with person.before_script("views.js", address):
        person.fills("What is strong", "Pupils edit")
        person.fills("What is to be developed", "It comes late")
    line(person, "You had typed this")
    person.page.reload()
    line(person, "You had typed this")
    person.presses("Keep it")
    person.page.get_by_text("Strong: Pupils draft").wait_for()

    view = View.objects.get()
    assert (view.strengths, view.development) == ("Pupils draft\n\nPupils edit", "It comes late")
    assert person.page.evaluate(KEPT) == []


def test_a_view_typed_before_the_script_comes_is_kept_on_the_device(somebody, day):
    person = somebody(screen=PHONE).signs_in(day.team[0])
    person.opens(day.views)
    person.follows("Curriculum")
    address = person.page.url.removeprefix(person.portal)

    with person.before_script("views.js", address):
        person.fills("What is strong", "Pupils edit")
    line(person, "What you type is kept on this device")
    comes_back(person, address)
    line(person, "You had typed this")

    assert person.page.get_by_label("What is strong").input_value() == "Pupils edit"
