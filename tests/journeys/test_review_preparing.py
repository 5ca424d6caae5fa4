from datetime import timedelta

from django.utils import timezone

from partnership.calendar.days import next_school_day
from partnership.calendar.years import AcademicYear
from tests.factories.days import PriorityFactory, SelfEvaluationFactory
from tests.journeys.conftest import PHONE
from tests.journeys.day_world import visit_on
from tests.journeys.review_world import Eyes, open_weeks

FOCUS = "How well do pupils write at length?"
THIN = "Writing is thin in Year 5."
PLAN = "Development plan of the year"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_a_host_prepares_and_a_reviewer_reads_all_of_it_on_her_phone(somebody, mailbox):
    visit, eyes = visit_on(open_weeks(1) + timedelta(days=1)), Eyes()
    year = AcademicYear.containing(timezone.localdate())
    before = SelfEvaluationFactory(school=visit.school, year=year.start - 1)
    PriorityFactory(evaluation=before)
    host = somebody().signs_in(visit.host)
    lead = somebody(screen=PHONE).signs_in(visit.lead)
    hidden = lead.opens(f"{visit.page}/preparation/")

    begins_from_last_years(host, visit, eyes)
    shares_it(host, eyes)
    prepares(host, visit, eyes)
    timetables(host, visit, eyes)
    host.opens(f"{visit.page}/preparation/")
    missing = eyes.read(host)
    still_hidden = lead.opens(f"{visit.page}/preparation/")
    accepts(lead, visit)
    reads(lead, visit, eyes)
    host.page.reload()
    letters = [each.subject + each.text for each in mailbox.fetch()]

    assert (hidden, still_hidden) == (404, 404)
    assert "Declarations by the team" in missing
    assert missing.count("Was due") == 0
    assert "Writing at length in every subject" in lead_sees(lead, f"{visit.page}/self-evaluation/")
    assert THIN in lead.words
    team = host.page.get_by_role("region", name="The team").inner_text()
    assert "Martin O’Neill leads Declared Has read" in " ".join(team.split())
    assert "A connection is declared before a review day" in "".join(letters)
    for words in (visit.school.name, FOCUS, THIN, PLAN, "Our daughters swim together."):
        assert not any(words in each for each in letters)
    assert eyes.found == []


def lead_sees(person, address):
    person.opens(address)
    return person.words


def begins_from_last_years(host, visit, eyes):
    """By the day's page, as whoever comes to it for the first time."""
    host.opens(visit.day.get_absolute_url())
    eyes.read(host)
    host.follows("Self-evaluation and priorities")
    eyes.read(host)
    host.follows("Read or write it first")
    eyes.read(host)
    host.follows("Begin a year")
    eyes.read(host)
    host.presses("Begin it")
    begun = eyes.read(host)
    host.follows("Write it")
    eyes.read(host)
    host.fills("What is to improve", THIN)
    host.presses("Save")

    assert "Pupils read widely and talk about what they read." in begun
    assert "Writing at length in every subject" in begun
    assert THIN in host.words


def shares_it(host, eyes):
    with host.page.expect_navigation():
        host.page.get_by_role("region", name="Reviews").get_by_role("link").click()
    host.follows("Share it with the team")
    eyes.read(host)
    host.presses("Share it")

    assert host.told == "The team reads your self-evaluation now, and is told."
    assert THIN in eyes.read(host)


def prepares(host, visit, eyes):
    """Focus and lines, a document, the planning meeting, and whom to ring."""
    host.opens(f"{visit.page}/preparation/")
    host.follows("Choose the focus")
    eyes.read(host)
    host.page.get_by_label("Focus", exact=True).fill(FOCUS)
    host.fills("Lines of enquiry", "Writing in Year 2\nWriting in Year 5")
    host.presses("Save")
    host.follows("Add a document")
    eyes.read(host)
    host.fills("Title of the document", PLAN)
    host.page.get_by_label("File", exact=True).set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    host.presses("Add the document")
    host.presses("These are all: tell the team")
    host.follows("Arrange the planning meeting")
    eyes.read(host)
    day = next_school_day(visit.day.day - timedelta(days=10))
    host.page.get_by_label("Day", exact=True).fill(day.isoformat())
    host.fills("Where, or a link to join", "The library")
    host.presses("Arrange it")
    host.follows("Name them whom to ring")
    eyes.read(host)
    host.fills("Designated safeguarding lead (DSL)", "Jo Firth")
    host.fills("Telephone of the safeguarding lead", "0161 496 0123")
    host.presses("Save")


def timetables(host, visit, eyes):
    """From the usual one, with a partner for each part."""
    host.opens(f"{visit.page}/preparation/")
    host.follows("Timetable with a host partner for each part")
    eyes.read(host)
    host.presses("Use the usual timetable")
    incomplete = eyes.read(host)
    host.follows("Name the partners")
    eyes.read(host)
    for box in host.page.get_by_role("main").get_by_role("textbox").all():
        box.fill("Priya Nair, deputy headteacher")
    host.presses("Save")

    assert "Not complete" in incomplete
    assert "Each part has a partner of the host." in eyes.read(host)


def accepts(person, visit):
    person.opens(visit.day.get_absolute_url())
    person.presses("Accept")


def reads(lead, visit, eyes):
    """Declares, opens the document, says that she has read it, and takes the pack along."""
    lead.opens(visit.day.get_absolute_url())
    eyes.read(lead)
    with lead.page.expect_navigation():
        lead.page.get_by_role("link", name="Preparation", exact=True).first.click()
    prepared = eyes.read(lead)
    lead.follows("Declare")
    eyes.read(lead)
    lead.page.get_by_role("radio", name="Yes").check()
    lead.fills("Which connection", "Our daughters swim together.")
    lead.ticks("I keep what I read")
    lead.presses("Declare")
    file = lead.page.get_by_role("link", name=PLAN).get_attribute("href")
    got = lead.context.request.get(f"{lead.portal}{file}")
    lead.presses("I have read all that is here")
    lead.follows("Pack for the day")
    pack = eyes.read(lead)
    paper = lead.page.get_by_role("link", name="PDF").get_attribute("href")
    printed = lead.context.request.get(f"{lead.portal}{paper}")

    for words in (FOCUS, "Writing in Year 5", PLAN, "Jo Firth", "The library"):
        assert words in prepared
    for words in (FOCUS, PLAN, "Jo Firth", "0161 496 0123", "Priya Nair", "Feedback"):
        assert words in pack
    assert got.body() == PDF
    assert printed.body().startswith(b"%PDF")
