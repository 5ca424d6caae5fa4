from datetime import timedelta

from django.utils import timezone

from alliances.membership.models import AlliancePost
from support.programmes.models import Programme
from tests.factories import ProgrammeFactory, SupportAreaFactory, SwiftReviewFactory
from tests.journeys.conftest import PHONE
from tests.journeys.world import oldham

RATED = (
    "Capacity to improve",
    "Readiness of leadership",
    "Potential in early years",
    "Potential in Year 2",
    "Potential in Year 6",
    "Potential for disadvantaged pupils",
)


def opened(world):
    """A request that the director has opened, and whose review nobody has begun."""
    assert AlliancePost.objects.filter(person=world.director).exists()
    now = timezone.now()
    area = SupportAreaFactory(alliance=world.alliance, name="Writing")
    programme = ProgrammeFactory(
        alliance=world.alliance,
        school=world.school,
        area=area,
        asked_by=world.head,
        state="open",
        answered_at=now,
        answered_by=world.director,
        director=world.director,
        asked_at=now - timedelta(days=2),
        answer_by=now + timedelta(days=3),
    )
    SwiftReviewFactory(programme=programme, assessor=world.director, due_at=now + timedelta(days=9))
    return programme


def fill_in_view(person, *, capacity, need):
    person.page.get_by_label("Area of need 1").select_option("Writing")
    person.fills("What is needed 1", need)
    for name in RATED:
        word = capacity if name == RATED[0] else "Secure"
        person.page.get_by_role("group", name=name).get_by_role("radio", name=word).check()
    person.fills("Strengths to build on", "Calm classrooms.")


def test_a_head_and_a_director_see_a_school_through_a_swift_review(somebody, mailbox):
    world = oldham()
    programme = opened(world)
    address = programme.get_absolute_url()
    head = somebody(screen=PHONE).signs_in(world.head)
    director = somebody().signs_in(world.director)
    director.opens(address)
    before = director.words

    head.opens(address)
    head.follows("Write your own view")
    fill_in_view(head, capacity="Growing", need="Writing is modelled in one lesson of five.")
    head.presses("Keep as a draft")
    director.opens(address)
    while_draft = director.words
    head.follows("Write your own view")
    head.presses("Give this view")
    director.opens(address)
    director.follows("Write the assessor’s view")
    fill_in_view(director, capacity="Fragile", need="One teacher carries it.")
    director.presses("Give this view")
    head.opens(address)
    head.follows("Reply")
    head.page.get_by_role("radio", name="Not in all of it").check()
    head.fills("Your reply", "The new deputy began in September.")
    head.presses("Send the reply")
    director.opens(address)
    director.follows("Decide the approach")
    director.page.get_by_role("radio", name="Supportive partnership").check()
    director.fills("Reasons", "Both views agree on writing.")
    director.presses("Decide")
    head.opens(address)
    head.page.get_by_text("Both views, side by side").click()
    stranger = somebody().signs_in(world.stranger)

    assert "Writing is modelled" not in before + while_draft
    assert "Decision: supportive partnership" in head.words
    assert "One teacher carries it." in head.words
    assert stranger.opens(address) == 404
    assert Programme.objects.get().approach == "supportive"
    letters = mailbox.fetch()
    assert {tuple(letter.to) for letter in letters} == {
        (world.head.email,),
        (world.director.email,),
    }
    assert not [letter for letter in letters if world.school.name in letter.text + letter.subject]
