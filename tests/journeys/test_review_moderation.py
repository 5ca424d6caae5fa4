from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.days.models import Agreement, Finding
from reviews.days.services.dating import keep_dates
from tests.factories.days import NoteFactory, TeamStepFactory, ViewFactory
from tests.factories.reviews import FrameworkFactory, JudgementFactory, ThemeFactory
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.review_world import Eyes, cycle_of, publish, saddleworth

SEEN = "Pupils use feedback in the lesson."


@pytest.fixture
def review():
    """A day that was yesterday: three heads went and wrote notes, two views are in."""
    world = saddleworth(count=4)
    began = timezone.now() - timedelta(days=1)
    cycle = cycle_of(world, starts_on=began.date(), ends_on=began.date())
    cycle.framework = FrameworkFactory(alliance=world.alliance, evidence="Learning walk")
    cycle.save()
    theme = ThemeFactory(framework=cycle.framework, name="Feedback")
    for label in ("Embedded", "Growing"):
        JudgementFactory(framework=cycle.framework, label=label)
    (day,) = publish(cycle, began.date(), teams=[(1, 2, 3)])
    day.starts_at, day.ends_at = began, began + timedelta(hours=7)
    day.save()
    day.places.update(answer="accepted", answered_at=began)
    keep_dates([day.pk], began)
    for number, person in enumerate(world.heads[1:]):
        given = {"review": day.review, "author": person, "theme": theme}
        NoteFactory(**given, text=f"Note {number}: books with replies.")
        ViewFactory(**given, strengths=f"View {number}. {SEEN}", development="")
        TeamStepFactory(
            review=day.review, person=person, views_at=timezone.now() if number < 2 else None
        )
    day.review.team = world.heads[1:]
    return day.review


def test_three_reviewers_agree_what_they_found(somebody, review):
    eyes = Eyes()
    page = f"/reviews/days/{review.day_id}/moderation/"
    on = (DESK, PHONE, PHONE)
    lead, second, third = (
        somebody(screen=screen).signs_in(person)
        for screen, person in zip(on, review.team, strict=True)
    )
    lead.opens(page)
    before = eyes.read(lead)
    review.steps.update(views_at=timezone.now())
    lead.opens(page)
    beside = eyes.read(lead)

    assert "Whose view is missing" in before
    assert SEEN not in before
    assert [number for number in range(3) if f"View {number}. {SEEN}" in beside] == [0, 1, 2]
    words_from_notes(lead, eyes)
    words_change_under_somebody(page, second, third, eyes)
    for person in (lead, third):
        person.opens(page)
        person.presses("I agree")
    assert Agreement.objects.filter(finding=Finding.objects.get()).count() == 3
    is_labelled_and_ended(lead, page, eyes)
    third.opens(page)
    assert "I no longer agree" not in eyes.read(third)
    third.follows("2 pieces of evidence")
    assert "Note 2: books with replies." in eyes.read(third)
    assert eyes.found == []


def words_from_notes(lead, eyes):
    lead.follows("3 notes on Feedback")
    eyes.read(lead)
    for number in (0, 2):
        lead.ticks(f"Note {number}: books with replies.")
    lead.presses("Word a finding from the ticked notes")
    lead.page.get_by_label("Affirmed strength").check()
    lead.fills("The finding", "Feedback is used.")
    eyes.read(lead)
    lead.presses("Add it")
    assert "2 pieces of evidence" in eyes.read(lead)


def words_change_under_somebody(page, second, third, eyes):
    for person in (second, third):
        person.opens(page)
        eyes.read(person)
    second.follows("Change")
    second.fills("The finding", "Feedback is used in the same lesson.")
    second.fills("What changed in discussion", "One of us had seen it in one year only.")
    eyes.read(second)
    second.presses("Save")
    third.presses("I agree")
    assert "reads otherwise now than what you saw" in eyes.read(third)
    assert "Feedback is used in the same lesson." in third.words
    assert Agreement.objects.count() == 1


def is_labelled_and_ended(lead, page, eyes):
    lead.opens(page)
    lead.follows("Give it a label of Feedback")
    lead.page.get_by_label("Label").select_option("Growing")
    eyes.read(lead)
    lead.presses("Save")
    lead.follows("End the moderation")
    eyes.read(lead)
    lead.presses("End it")
    assert "The moderation ended on" in eyes.read(lead)
