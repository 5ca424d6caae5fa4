import time

from alliances.membership.models import Enquiry
from alliances.membership.tasks import mail_answers
from support.programmes.models import Programme
from tests.factories import (
    PersonFactory,
    PublicPageFactory,
    SchoolPostFactory,
    SupportAreaFactory,
    SupportRulesFactory,
)
from tests.journeys.conftest import PHONE
from tests.journeys.world import oldham

NEED = "Half of our children begin without English."


def supporting():
    """The world with support in it: its alliance gives some in phonics."""
    world = oldham()
    SupportRulesFactory(alliance=world.alliance)
    SupportAreaFactory(alliance=world.alliance, name="Phonics")
    return world


def test_a_head_asks_the_director_answers_and_nobody_else_finds_anything(somebody, mailbox):
    world = supporting()
    governor = SchoolPostFactory(
        school=world.school, person=PersonFactory(), kind="chair_of_governors"
    ).person
    head = somebody(screen=PHONE).signs_in(world.head)

    head.opens("/support/")
    head.page.get_by_role("link", name="Ask for support").first.click()
    head.page.get_by_label("In which area?").select_option("Phonics")
    head.fills("What help does the school need?", NEED)
    head.page.get_by_label("Within two weeks").check()
    head.presses("Ask for support")
    asked = head.told
    programme = Programme.objects.get()
    letters = mailbox.fetch()
    director = somebody().signs_in(world.director)
    director.opens("/desk/")
    director.follows("Answer a request for support")
    director.page.get_by_label("Open it: the swift review begins").check()
    director.fills("Your words to the school", "We begin with how you see it.")
    director.presses("Send the answer")
    opened = director.told
    head.opens(programme.get_absolute_url())
    turn = head.words
    found = []
    for person in (world.stranger, governor):
        other = somebody().signs_in(person)
        status = other.opens(programme.get_absolute_url())
        other.opens("/support/?state=any")
        listed = other.words
        other.opens(f"/search/?q={world.school.name.split()[0]}")
        found.append((status, "Phonics" in listed, "Support programmes" in other.words))

    assert asked.startswith("You have asked for support. You hear by ")
    assert [letter.to for letter in letters] == [[world.director.email]]
    assert letters[0].subject == "Something waits for you in a support programme"
    assert world.school.name not in letters[0].text
    assert NEED not in letters[0].text
    assert opened == "The request is open, and the school gives its own view next."
    assert "It is your turn." in turn
    assert "We begin with how you see it." in turn
    assert found == [(404, False, False)] * 2


def test_a_visitor_writes_and_is_signposted_by_mail(somebody, mailbox, mailoutbox):
    world = supporting()
    PublicPageFactory(alliance=world.alliance, lead="Schools that help each other")
    visitor = somebody(screen=PHONE, with_script=False)

    visitor.opens(f"/alliances/{world.alliance.slug}/public/")
    visitor.follows("Want to be involved?")
    visitor.fills("Your name", "Vera Visitor")
    visitor.fills("E-mail address", "vera@visitor.example")
    visitor.fills("What is it about?", "I could hear children read.")
    time.sleep(3)
    visitor.presses("Send")
    thanked = visitor.heading
    mailbox.fetch()
    told = [sent.body for sent in mailoutbox]
    director = somebody().signs_in(world.director)
    director.opens("/desk/")
    director.follows("Answer an enquiry from the public page")
    director.fills("Your answer", "Thank you. They do the checks with you.")
    director.fills("Who else helps", "Young Readers")
    director.fills("Where to find them", "https://readers.example/")
    director.presses("Send the answer")
    answered = director.told
    mail_answers()

    assert thanked == "Thank you"
    assert all("Vera" not in body for body in told)
    assert answered == "Your answer goes to Vera Visitor by mail."
    assert Enquiry.objects.get().state == "signposted"
    assert mailoutbox[-1].to == ["vera@visitor.example"]
    assert "https://readers.example/" in mailoutbox[-1].body
