from django.utils import timezone

from partnership.calendar.years import AcademicYear
from tests.factories import (
    SupportAreaFactory,
    SupportRulesFactory,
    WorkhubFactory,
    WorkhubYearFactory,
)
from tests.journeys.conftest import PHONE
from tests.journeys.day_world import DEVELOPMENT, STRENGTH, released
from tests.journeys.review_world import Eyes

OWN = "We would like replies to pupils to be of use at once."
BEGAN = "Began with a finding of a review"


def test_head_proposes_a_topic_with_a_finding_in_her_own_words(somebody):
    visit = released()
    alliance, lead = visit.world.alliance, visit.world.heads[3]
    SupportRulesFactory(alliance=alliance)
    SupportAreaFactory(alliance=alliance)
    year = AcademicYear.containing(timezone.localdate()).start
    hub = WorkhubFactory(alliance=alliance, name="Marking less")
    WorkhubYearFactory(workhub=hub, year=year, lead=lead)
    eyes = Eyes()
    head = somebody(screen=PHONE).signs_in(visit.host)
    reviewer = somebody().signs_in(visit.lead)
    hub_lead = somebody().signs_in(lead)

    head.opens(f"{visit.page}/report/")
    assert "Begin something with it" in eyes.read(head)
    area = head.page.get_by_role("article").filter(has_text="Feedback comes late.")
    with head.page.expect_navigation():
        area.get_by_role("link", name="Begin something with it").click()
    assert DEVELOPMENT in eyes.read(head)
    head.page.get_by_role("radio", name="Propose a topic to a workhub").check()
    head.fills("What goes across", OWN)
    head.presses("Go on to the form")
    assert DEVELOPMENT not in eyes.read(head)
    assert head.page.get_by_label("What would it help with?").input_value() == OWN
    head.page.get_by_label("For which workhub?").select_option(
        label=f"Marking less, {AcademicYear(year)}"
    )
    head.fills("Topic", "Replies of use")
    head.presses("Propose the topic")
    assert BEGAN in eyes.read(head)
    topic = head.page.url

    hub_lead.opens(topic)
    read = eyes.read(hub_lead)
    assert OWN in read
    assert BEGAN not in read
    hub_lead.follows("Answer")
    eyes.read(hub_lead)
    hub_lead.fills("As an objective of the workhub", "Every reply is of use in the lesson")
    hub_lead.presses("Take it up")
    assert "Taken up" in eyes.read(hub_lead)

    head.follows(BEGAN)
    assert head.page.get_by_role("link", name="Topic for a workhub").count() == 1
    reviewer.opens(f"{visit.page}/report/")
    words = eyes.read(reviewer)
    assert STRENGTH in words
    assert "Topic for a workhub" not in words
    assert reviewer.opens(topic) == 404
    assert eyes.found == []
