from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from reviews.days.urls import urlpatterns
from tests.factories.days import ReportCommentFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import DayPlaceFactory, ReviewDayFactory
from tests.journeys.conftest import PHONE
from tests.journeys.day_world import DEVELOPMENT, EXCELLENCE, STRENGTH, released
from tests.journeys.review_world import Eyes

DISPUTE = "We give feedback in the lesson."
FOCUS = "How well do pupils write at length?"
SECRETS = (STRENGTH, DEVELOPMENT, EXCELLENCE, DISPUTE, FOCUS)
READ_BY_ALL = {"report_list", "theme_list"}
OF_DIRECTOR = {"themes", "themes_export"}
FETCHED = """addresses => Promise.all(addresses.map(async address => {
  const answer = await fetch(address, {redirect: "manual"});
  return [answer.status, await answer.text()];
}))"""


def sent():
    """The host has its report and disputes a sentence."""
    visit = released(days_ago=0)
    visit.review.released_at = None
    visit.review.save()
    ReportCommentFactory(report=visit.review.report, said_by=visit.host, words=DISPUTE)
    return visit


def leads_elsewhere(visit):
    """Tom goes to another school of the same cycle, and leads there."""
    now = timezone.now()
    hosts, reviewers = visit.review.cycle.hosts, visit.review.cycle.reviewers
    day = ReviewDayFactory(
        cycle=visit.review.cycle,
        host=hosts.exclude(pk=visit.review.host_id).order_by("pk")[0],
        day=timezone.localdate() + timedelta(days=30),
        published_at=now,
    )
    tom = visit.world.heads[3]
    DayPlaceFactory(
        day=day, reviewer=reviewers.get(reviewer__person=tom), is_lead=True, answer="accepted"
    )
    return tom


def addresses(visit):
    """All that the room has, with this review's own numbers."""
    review = visit.review
    part = review.report.parts.order_by("pk")[0].pk
    own = {"pk": visit.day.pk, "urn": visit.school.urn, "year": 2026, "kind": "csv"}
    own |= {"audience": "governors", "part": part, "part_pk": part, "theme_pk": visit.theme.pk}
    own |= {"finding_pk": review.findings.order_by("pk")[0].pk, "person_pk": visit.lead.pk}
    for route in urlpatterns:
        told = {key: own.get(key, 1) for key in route.pattern.converters}
        if route.name in OF_DIRECTOR:
            told["pk"] = review.cycle_id
        yield route.name, reverse(f"days:{route.name}", kwargs=told)


def types_every_address(person, visit):
    """The pages that open for her, and what they say."""
    named = list(addresses(visit))
    answers = person.page.evaluate(FETCHED, [address for _name, address in named])
    opened, said = set(), ""
    for (name, _address), (status, words) in zip(named, answers, strict=True):
        if status not in {403, 404, 405}:
            opened.add(name)
            said += words
    return opened, said


def clicks_through(person, visit, eyes):
    """As far as links lead: desk, search, diary, list of cycles, the cycle, the rota and the day."""
    said = ""
    for place in ("/desk/", "/search/?q=feedback", f"/diary/?on={visit.day.day}", "/reviews/"):
        person.opens(place)
        said += person.words
    cycle = person.page.get_by_role("main").get_by_role("link", name=visit.review.cycle.name)
    if not cycle.count():
        return said, False
    cycle.first.click()
    said += person.words
    person.opens(visit.day.get_absolute_url())
    return said + eyes.read(person), True


def test_nobody_outside_host_and_team_finds_a_word_of_a_disputed_report(somebody, mailbox):
    visit, eyes = sent(), Eyes()
    visit.review.focus, visit.review.focus_at = FOCUS, timezone.now()
    visit.review.save()
    people = {
        "reviewer": leads_elsewhere(visit),
        "director": visit.world.director,
        "officer": PersonFactory(staff=True),
    }
    opened, said, clicked = {}, {}, {}

    for who, person in people.items():
        browser = somebody(screen=PHONE).signs_in(person)
        said[who], clicked[who] = clicks_through(browser, visit, eyes)
        opened[who], more = types_every_address(browser, visit)
        said[who] += more
    letters = "".join(each.subject + each.text for each in mailbox.fetch())

    assert clicked == {"reviewer": True, "director": True, "officer": False}
    assert opened == {
        "reviewer": READ_BY_ALL,
        "director": READ_BY_ALL | OF_DIRECTOR,
        "officer": READ_BY_ALL,
    }
    for words in SECRETS:
        assert not [who for who in people if words in said[who]]
        assert words not in letters
    assert eyes.found == []
