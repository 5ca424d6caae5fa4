from datetime import timedelta

from django.utils import timezone

from reviews.days.models import CheckBack
from support.programmes.models import Programme
from tests.factories import SupportAreaFactory, SupportRulesFactory
from tests.journeys.conftest import PHONE
from tests.journeys.day_world import DEVELOPMENT, STRENGTH, link_about, released
from tests.journeys.review_world import Eyes, letter_to

ACTION = "Agree how feedback is given in every year group"
AGREED = "We mark less and talk more."
CHANGED = "Pupils use feedback in the same lesson."
OWN = "We would like help with feedback in mathematics."


def test_a_head_asks_a_champion_and_holds_the_workshop(somebody, mailbox):
    visit, eyes = released(), Eyes()
    champion = visit.world.heads[3]
    page = f"{visit.page}/afterwards/"
    mailbox.fetch()
    host = somebody().signs_in(visit.host)
    tom = somebody(screen=PHONE).signs_in(champion)

    hidden = tom.opens(page)
    asks(host, visit, champion, eyes)
    letters = mailbox.fetch()
    tom.opens(letter_to(champion, letters).link("/afterwards/"))
    seen = eyes.read(tom)
    tom.opens(f"{visit.page}/report/")
    seen += eyes.read(tom)
    evidence = tom.opens(f"{visit.page}/moderation/")
    arranges(host, visit, eyes)
    adds_an_action(host, visit, eyes)
    letters += mailbox.fetch()
    tom.opens(page)
    eyes.read(tom)
    tom.follows("Say what came of it")
    eyes.read(tom)
    tom.fills("What came of it", AGREED)
    tom.presses("Save")
    eyes.read(tom)
    host.opens(page)
    held = eyes.read(host)
    is_done(host, eyes)
    letters += mailbox.fetch()
    told = [each.subject + each.text for each in letters]

    assert (hidden, evidence) == (404, 403)
    assert STRENGTH in seen
    assert DEVELOPMENT in seen
    assert AGREED in held
    assert "Tom Whitehead, who wasn’t on the team" in held
    for words in (visit.school.name, DEVELOPMENT, ACTION, AGREED):
        assert not any(words in each for each in told)
    assert eyes.found == []


def asks(host, visit, champion, eyes):
    host.opens(f"{visit.page}/afterwards/")
    eyes.read(host)
    host.follows("Ask a champion")
    eyes.read(host)
    choice = host.page.get_by_label("Who leads the workshop")
    offered = choice.get_by_role("option").all_inner_texts()
    choice.select_option(label=offered[1])
    host.presses("Ask")

    assert offered == ["Choose somebody", "Tom Whitehead (Uppermill Infants)"]
    assert host.told == f"{champion.name} is asked to lead the workshop."


def arranges(host, visit, eyes):
    """Told late: it was yesterday."""
    host.follows("Arrange it")
    eyes.read(host)
    yesterday = timezone.localdate() - timedelta(days=1)
    host.page.get_by_label("Day", exact=True).fill(yesterday.isoformat())
    host.fills("Where, or a link to join", "Our library")
    host.presses("Save")

    assert host.told == "The workshop is arranged, and whoever leads it is told."


def adds_an_action(host, visit, eyes):
    host.follows("Add an action")
    eyes.read(host)
    host.fills("What is done", ACTION)
    host.page.get_by_label("Area for development").select_option(label="1. Feedback")
    host.page.get_by_label("Who does it", exact=True).select_option(label=visit.host.name)
    due = timezone.localdate() + timedelta(days=30)
    host.page.get_by_label("By", exact=True).fill(due.isoformat())
    host.presses("Add it")

    assert host.told == "The action is added."
    assert ACTION in eyes.read(host)


def is_done(host, eyes):
    """Said too early, opened again, and said once more."""
    for _time in range(2):
        link_about(host, "Done", ACTION).click()
        eyes.read(host)
        host.presses("It is done")
        told = host.told
        if _time == 0:
            with host.page.expect_navigation():
                host.page.get_by_role("button", name="Open again").click()
            assert host.told == "The action is open again."

    assert told == "The action is done."


def test_ninety_days_later_a_head_says_what_changed_and_her_old_lead_reads_that_alone(
    somebody, mailbox
):
    visit, eyes = released(days_ago=100), Eyes()
    page = f"{visit.page}/afterwards/"
    mailbox.fetch()
    host = somebody(screen=PHONE).signs_in(visit.host)
    lead = somebody().signs_in(visit.lead)

    lead.opens(page)
    awaits = eyes.read(lead)
    host.opens(page)
    eyes.read(host)
    with host.page.expect_navigation():
        host.page.get_by_role("link", name="Say what changed").click()
    above = eyes.read(host)
    host.page.get_by_role("radio", name="Something has changed").check()
    host.fills("What changed", CHANGED)
    host.fills("For whom", "Two classes of Year 5")
    host.fills("How you know", "Books of six weeks")
    host.presses("Save")
    eyes.read(host)
    lead.page.reload()
    not_yet = lead.words
    host.follows("Give the check-back")
    eyes.read(host)
    host.fills("What comes next", "Year 6 follows.")
    host.presses("Give it")
    given = eyes.read(host)
    letters = mailbox.fetch()
    lead.opens(letter_to(visit.lead, letters).link("/afterwards/"))
    read = eyes.read(lead)
    report = lead.opens(f"{visit.page}/report/")

    assert "Was due" in awaits
    assert DEVELOPMENT in above
    assert CHANGED not in awaits + not_yet
    for words in (CHANGED, "Two classes of Year 5", "Books of six weeks", "Year 6 follows."):
        assert words in given
        assert words in read
    assert DEVELOPMENT not in awaits + read
    assert report == 404
    assert CheckBack.objects.get().given_by == visit.host
    assert not [each for each in letters if CHANGED in each.text or visit.school.name in each.text]
    assert eyes.found == []


def test_a_finding_becomes_a_support_request_in_the_heads_own_words(somebody, mailbox):
    visit, eyes = released(count=3), Eyes()
    SupportRulesFactory(alliance=visit.world.alliance)
    SupportAreaFactory(alliance=visit.world.alliance, name="Feedback")
    host = somebody().signs_in(visit.host)
    director = somebody().signs_in(visit.world.director)

    host.opens(f"{visit.page}/report/")
    link_about(host, "Begin something with it", DEVELOPMENT[:12]).click()
    above = eyes.read(host)
    box = host.page.get_by_label("What goes across")
    empty = box.input_value()
    box.fill(OWN)
    host.presses("Go on to the form")
    eyes.read(host)
    across = host.page.get_by_label("What help does the school need?").input_value()
    host.page.get_by_label("In which area?").select_option("Feedback")
    host.page.get_by_label("Within two weeks").check()
    host.presses("Ask for support")
    programme = Programme.objects.get()
    host.opens(programme.get_absolute_url())
    hers = eyes.read(host)
    host.follows("Began with a finding of a review")
    back = host.heading, host.page.get_by_role("link", name="Request for support").count()
    director.opens(programme.get_absolute_url())
    directors = eyes.read(director)
    refused = director.opens(f"{visit.page}/report/")

    assert DEVELOPMENT in above
    assert (empty, across) == ("", OWN)
    assert "Began with a finding of a review" in hers
    assert back == ("Report", 1)
    assert OWN in directors
    assert "Began with a finding" not in directors
    assert DEVELOPMENT not in hers + directors
    assert refused == 404
    assert not [each for each in mailbox.fetch() if OWN in each.text or DEVELOPMENT in each.text]
    assert eyes.found == []
