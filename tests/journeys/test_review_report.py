from tests.factories import SchoolPostFactory
from tests.factories.people import PersonFactory
from tests.journeys.conftest import PHONE
from tests.journeys.day_world import (
    DEVELOPMENT,
    EXCELLENCE,
    SLOW,
    STRENGTH,
    link_about,
    moderated,
    released,
)
from tests.journeys.review_world import Eyes, letter_to

DISPUTE = "We give feedback in the lesson in Years 1 to 4."
BETTER = "Feedback comes late in Years 5 and 6."


def test_a_host_disputes_a_sentence_and_gets_the_report_as_it_is_right(somebody, mailbox):
    visit, eyes = moderated(), Eyes()
    page = f"{visit.page}/report/"
    lead = somebody().signs_in(visit.lead)
    host = somebody(screen=PHONE).signs_in(visit.host)

    host.opens(page)
    waits = eyes.read(host)
    drafts(lead, visit, eyes)
    host.opens(page)
    still_waits = host.words
    sends(lead, eyes)
    letters = mailbox.fetch()
    host.opens(letter_to(visit.host, letters).link("/report/"))
    sent = eyes.read(host)
    disputes(host, eyes)
    letters += mailbox.fetch()
    answers(lead, visit, eyes)
    letters += mailbox.fetch()
    host.opens(page)
    answered = eyes.read(host)
    host.follows("It is accurate")
    eyes.read(host)
    host.presses("It is accurate")
    lead.opens(page)
    eyes.read(lead)
    lead.follows("Release it")
    eyes.read(lead)
    lead.presses("Release it")
    eyes.read(lead)
    letters += mailbox.fetch()
    host.opens(page)
    final = eyes.read(host)
    told = [each.subject + each.text for each in letters]

    for words in (STRENGTH, DEVELOPMENT, EXCELLENCE):
        assert words in sent
        assert words not in waits + still_waits
    assert "Changed" in answered
    assert "You are right, we had seen one class." in answered
    assert "It is the school’s report." in lead.told
    assert BETTER in final
    assert SLOW not in final.replace(f"“{SLOW}”", "").replace(BETTER, "")
    assert "The school owns it and decides who else reads it." in final
    for words in (visit.school.name, SLOW, DISPUTE, BETTER, STRENGTH):
        assert not any(words in each for each in told)
    assert eyes.found == []


def drafts(lead, visit, eyes):
    lead.opens(f"{visit.page}/report/")
    eyes.read(lead)
    lead.presses("Draft the report")
    assert lead.told == "Drafted from your findings. The host doesn’t see it yet."
    assert DEVELOPMENT in eyes.read(lead)
    lead.follows("Word opening and closing")
    eyes.read(lead)
    lead.fills("How the day went", "We were made welcome.")
    lead.presses("Save")


def sends(lead, eyes):
    lead.follows("Send it to the host")
    eyes.read(lead)
    lead.presses("Send it")
    assert lead.told == "Sent. The host’s head checks it now."


def disputes(host, eyes):
    link_about(host, "Comment on this", SLOW[:12]).click()
    eyes.read(host)
    host.page.get_by_role("radio", name=SLOW, exact=True).check()
    host.fills("What isn’t accurate?", DISPUTE)
    host.presses("Send the comment")
    assert host.told == "The team has your comment and answers it."
    assert DISPUTE in eyes.read(host)


def answers(lead, visit, eyes):
    lead.opens(f"{visit.page}/report/")
    eyes.read(lead)
    with lead.page.expect_navigation():
        lead.page.get_by_role("link", name="Answer the comment").click()
    eyes.read(lead)
    lead.page.get_by_role("radio", name="The report was changed").check()
    lead.fills("Your answer to the host", "You are right, we had seen one class.")
    lead.fills("What the report says there from now on", BETTER)
    lead.presses("Answer")
    assert lead.told == "Answered. The host reads your answer."


def test_a_head_lets_her_governors_read_the_report_and_takes_that_back(somebody, mailbox):
    visit, eyes = released(count=3), Eyes()
    chair = SchoolPostFactory(
        school=visit.school, person=PersonFactory(name="Ruth Okoro"), kind="chair_of_governors"
    ).person
    page, paper = f"{visit.page}/report/", f"{visit.page}/report.pdf"
    host = somebody().signs_in(visit.host)
    reader = somebody(screen=PHONE).signs_in(chair)
    mailbox.fetch()

    before = finds(reader, page, paper)
    host.opens(page)
    eyes.read(host)
    host.follows("Who else may read it")
    closed = eyes.read(host)
    link_about(host, "Give consent", "Our governors").click()
    eyes.read(host)
    host.presses("Give consent")
    given = eyes.read(host)
    reader.opens("/reviews/reports/")
    eyes.read(reader)
    reader.follows(visit.school.name)
    read = eyes.read(reader)
    during = finds(reader, page, paper)
    link_about(host, "Take it back", "Our governors").click()
    eyes.read(host)
    host.presses("Take it back")
    taken = eyes.read(host)
    after = finds(reader, page, paper)

    assert before == after == (404, 404, False)
    assert during == (200, 200, True)
    assert "Freedom of Information Act" in closed
    assert "Consent of Anna Kershaw" in given
    for words in (STRENGTH, DEVELOPMENT, EXCELLENCE, "You read it because the school lets you."):
        assert words in read
    assert "taken back by Anna Kershaw" in taken
    assert mailbox.fetch() == []
    assert eyes.found == []


def finds(reader, page, paper):
    """How page and PDF answer, and whether her list has a report."""
    answers = reader.opens(page), reader.context.request.get(f"{reader.portal}{paper}").status
    reader.opens("/reviews/reports/")
    return (*answers, "There is no report for you to read." not in reader.words)
