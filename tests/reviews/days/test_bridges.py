from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail

from alliances.membership.models import Membership
from partnership.audit.models import Event
from partnership.notices.services import plan_reminders, send_waiting
from partnership.toolkit.registers import hand_over, handed
from reviews.days.models import Crossing, Review
from support.directory.models import SchoolOffer
from support.programmes.models import Programme
from tests.factories import (
    AlliancePostFactory,
    DiaryFeedFactory,
    MembershipFactory,
    PersonFactory,
    SchoolOfferFactory,
    SchoolPostFactory,
    SupportAreaFactory,
    SupportRulesFactory,
    TopicProposalFactory,
    WorkhubFactory,
    WorkhubYearFactory,
)
from tests.factories.days import (
    CrossingFactory,
    ReportConsentFactory,
    ReportFactory,
    ReportPartFactory,
    ReviewFactory,
)
from tests.factories.reviews import (
    CycleFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
)
from workhubs.hubs.models import TopicProposal

NOW = datetime(2027, 2, 15, 10, tzinfo=UTC)
SECRET = "Phonics is taught without any plan"
OWN = "We would like to get better at early reading"
BEGAN = "Began with a finding of a review"
WAYS = ("programmes.from_finding", "hubs.topic", "directory.offer")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@dataclass
class Scene:
    """A released report, and an alliance in which its host asks, proposes and offers."""

    review: Review
    alliance: Any
    school: Any
    head: Any
    lead: Any
    director: Any
    colleague: Any
    area: Any
    year: Any
    parts: dict[str, Any]

    def bridge(self, way):
        part = self.parts["strength" if way == "directory.offer" else "development"]
        return f"/reviews/days/{self.review.day_id}/report/parts/{part.pk}/begin/"

    def form(self, way):
        """What is typed on the target's own form beside the words that came across."""
        return {
            "programmes.from_finding": {"area": self.area.pk, "need": OWN, "urgency": "term"},
            "hubs.topic": {
                "workhub": self.year.pk,
                "school": self.school.pk,
                "topic": "Early reading",
                "about": OWN,
            },
            "directory.offer": {
                "school": self.school.name,
                "kind": "modelling",
                "title": "A morning in Reception",
                "about": OWN,
                "starts_on": "2027-02-15",
            },
        }[way]

    def began(self, way):
        """The thing that began, and the pages on which it stands."""
        made = {
            "programmes.from_finding": (Programme, ["/support/"]),
            "hubs.topic": (TopicProposal, [self.year.get_absolute_url()]),
            "directory.offer": (SchoolOffer, ["/directory/offers/"]),
        }
        model, lists = made[way]
        thing = model.objects.get()
        return thing, [thing.get_absolute_url(), *lists]


@pytest.fixture
def scene():
    cycle = CycleFactory(state="published", published_at=NOW, opened_at=NOW)
    alliance = cycle.alliance
    SupportRulesFactory(alliance=alliance)
    day = ReviewDayFactory(cycle=cycle, day=date(2027, 1, 20), state="held")
    dates = {"released_at": NOW - timedelta(days=3), "planning_starts_at": None}
    review = ReviewFactory(day=day, released=True, **dates)
    head = SchoolPostFactory(school=day.school).person
    colleague, lead = SchoolPostFactory(), SchoolPostFactory()
    for school in (day.school, colleague.school, lead.school):
        MembershipFactory(alliance=alliance, school=school)
    reviewer = CycleReviewerFactory(cycle=cycle, reviewer__person=lead.person)
    DayPlaceFactory(day=day, reviewer=reviewer, answer="accepted", is_lead=True)
    report = ReportFactory(review=review, sent=True, opening=SECRET)
    return Scene(
        review=review,
        alliance=alliance,
        school=day.school,
        head=head,
        lead=lead.person,
        director=AlliancePostFactory(alliance=alliance, kind="director").person,
        colleague=colleague.person,
        area=SupportAreaFactory(alliance=alliance),
        year=WorkhubYearFactory(workhub=WorkhubFactory(alliance=alliance), lead=colleague.person),
        parts={
            meaning: ReportPartFactory(report=report, meaning=meaning, words=SECRET)
            for meaning in ("strength", "development")
        },
    )


def cross(client, scene, way):
    """The head words it, looks at the form, and sends it; answers the form as she saw it."""
    client.force_login(scene.head)
    gone = client.post(scene.bridge(way), {"way": way, "words": OWN})
    shown = client.get(gone.url)
    sent = client.post(gone.url, scene.form(way), follow=True)
    return gone.url, shown, sent


def read(client, person, url):
    client.force_login(person)
    return client.get(url, follow=True)


@pytest.mark.parametrize("way", WAYS)
def test_head_sees_what_goes_across_and_sends_it_herself(client, scene, way):
    client.force_login(scene.head)
    asked = client.get(scene.bridge(way))
    url, shown, _sent = cross(client, scene, way)
    thing, _pages = scene.began(way)

    assert asked.text.count(SECRET) == 1
    assert f">{SECRET}</textarea>" not in asked.text
    assert OWN in shown.text
    assert "Only what stands in this form goes across" in shown.text
    assert SECRET not in shown.text
    assert OWN.rpartition(" ")[2] not in url
    crossing = Crossing.objects.get()
    assert (crossing.kind, crossing.thing_id, crossing.made_by) == (way, thing.pk, scene.head)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_the_report_goes_anywhere(client, scene, way):
    begun_before = Event.objects.count()
    cross(client, scene, way)
    thing, pages = scene.began(way)
    send_waiting(clock=lambda: NOW)
    plan_reminders(now=NOW + timedelta(days=20))
    send_waiting(clock=lambda: NOW + timedelta(days=20))
    exports = {
        "programmes.from_finding": "/support/export.csv",
        "hubs.topic": "/workhubs/export.csv",
        "directory.offer": "/directory/offers/export.csv",
    }
    seen, found = [], set()
    for person in (scene.head, scene.director, scene.colleague):
        client.force_login(person)
        feed = f"/diary/feeds/{DiaryFeedFactory(person=person).secret}.ics"
        for url in (*pages, "/desk/", "/search/?q=phonics", "/diary/", feed, exports[way]):
            answer = client.get(url, follow=True)
            found.add((person.pk, answer.status_code))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            seen.append(body.decode("utf-8", "replace"))

    assert (scene.head.pk, 200) in found
    assert (scene.head.pk, 404) not in found
    assert [page for page in seen if OWN in page]
    assert mail.outbox or way == "directory.offer"
    events = list(Event.objects.all()[begun_before:])
    told = [f"{message.subject} {message.body}" for message in mail.outbox]
    kept = [f"{event.action} {event.title} {event.fields} {event.values}" for event in events]
    facts = [str(vars(each)) for each in (thing, *Crossing.objects.all())]
    assert "something begun with a finding" in [event.action for event in events]
    for words in (*seen, *told, *kept, *facts):
        assert SECRET not in words
        assert "Phonics" not in words.replace("q=phonics", "")
    assert not [words for words in (*told, *kept) if OWN in words]


@pytest.mark.parametrize(
    ("way", "sees_both", "sees_it_alone"),
    [
        ("programmes.from_finding", {"head"}, {"director"}),
        ("hubs.topic", {"head"}, {"director", "colleague"}),
        ("directory.offer", {"head", "lead"}, {"director", "colleague"}),
    ],
)
def test_where_it_began_is_shown_to_readers_of_the_report_alone(
    client, scene, way, sees_both, sees_it_alone
):
    cross(client, scene, way)
    page = scene.began(way)[0].get_absolute_url()
    people = ("head", "lead", "director", "colleague")

    answers = {who: read(client, getattr(scene, who), page) for who in people}

    found = {who for who, answer in answers.items() if answer.status_code == 200}
    linked = {who for who in found if BEGAN in answers[who].text}
    assert (linked, found - linked) == (sees_both, sees_it_alone)
    report = f'href="/reviews/days/{scene.review.day_id}/report/"'
    assert {who for who in found if report in answers[who].text} == sees_both


@pytest.mark.parametrize(
    ("way", "words", "seen_by"),
    [
        ("programmes.from_finding", "Request for support", {"head"}),
        ("hubs.topic", "Topic for a workhub", {"head", "colleague"}),
        ("directory.offer", "Offer in the directory", {"head", "lead", "colleague"}),
    ],
)
def test_report_leads_to_what_began_those_who_may_see_it_there(client, scene, way, words, seen_by):
    cross(client, scene, way)
    there = scene.began(way)[0].get_absolute_url()
    ReportConsentFactory(review=scene.review, audience="alliance")
    report = f"/reviews/days/{scene.review.day_id}/report/"
    pages = {
        who: read(client, getattr(scene, who), report).text for who in ("head", "lead", "colleague")
    }

    assert all(SECRET in page for page in pages.values())
    assert {
        who for who, page in pages.items() if f'<a href="{there}">{words}</a>' in page
    } == seen_by
    assert {who for who, page in pages.items() if "Begin something with it" in page} == {"head"}


def test_thing_that_is_gone_is_not_led_to(client, scene):
    cross(client, scene, "directory.offer")
    SchoolOffer.objects.all().delete()
    report = f"/reviews/days/{scene.review.day_id}/report/"

    assert "Offer in the directory" not in read(client, scene.head, report).text


def test_consent_shows_the_origin_and_its_withdrawal_hides_it(client, scene):
    cross(client, scene, "directory.offer")
    page = scene.began("directory.offer")[0].get_absolute_url()
    consent = ReportConsentFactory(review=scene.review, audience="alliance")
    with_consent = read(client, scene.colleague, page).text
    consent.withdrawn_at = NOW
    consent.withdrawn_by = scene.head
    consent.save()

    assert BEGAN in with_consent
    assert BEGAN not in read(client, scene.colleague, page).text


def test_handed_words_are_hers_alone_and_lapse(client, scene, time_machine):
    url, shown, _sent = cross(client, scene, "hubs.topic")
    assert OWN in shown.text
    Crossing.objects.all().delete()

    other = read(client, scene.colleague, url)
    client.post(
        url, scene.form("hubs.topic") | {"school": scene.year.lead.school_posts.get().school_id}
    )
    made_up = read(client, scene.head, f"{urlsplit(url).path}?origin=made-up:words")
    time_machine.move_to(NOW + timedelta(days=8), tick=False)
    lapsed = read(client, scene.head, url)

    assert OWN not in other.text
    assert [page.status_code for page in (other, made_up, lapsed)] == [200, 200, 200]
    assert OWN not in lapsed.text
    assert not Crossing.objects.exists()


def test_head_who_left_links_nothing_any_more(client, scene):
    token = hand_over("days.report_part", scene.parts["development"].pk, OWN, by=scene.head)
    Review.objects.update(released_at=None)
    client.force_login(scene.head)
    client.post(f"/support/ask/?origin={token}", scene.form("programmes.from_finding"))

    assert handed(token, by=scene.head).words == OWN
    assert Programme.objects.count() == 1
    assert not Crossing.objects.exists()


def test_only_who_speaks_for_the_host_begins_anything(client, scene):
    foreign = ReportPartFactory(report__review__day__cycle=scene.review.cycle)
    answers = {
        who: read(client, getattr(scene, who), scene.bridge("hubs.topic")).status_code
        for who in ("head", "lead", "director", "colleague")
    }
    answers["staff"] = read(
        client, PersonFactory(is_staff=True), scene.bridge("hubs.topic")
    ).status_code
    other = scene.bridge("hubs.topic").replace(
        f"parts/{scene.parts['development'].pk}/", f"parts/{foreign.pk}/"
    )

    assert answers == {"head": 200, "lead": 403, "director": 404, "colleague": 404, "staff": 404}
    assert read(client, scene.head, other).status_code == 404
    Review.objects.update(released_at=None)
    assert read(client, scene.head, scene.bridge("hubs.topic")).status_code == 404


def test_ways_follow_what_the_part_says_and_who_offers_them(client, scene):
    development = read(client, scene.head, scene.bridge("hubs.topic")).text
    strength = read(client, scene.head, scene.bridge("directory.offer")).text
    scene.alliance.support_rules.delete()
    without_support = read(client, scene.head, scene.bridge("hubs.topic")).text
    nothing = read(client, scene.head, scene.bridge("directory.offer")).text

    assert "Ask for support" in development
    assert "Propose a topic to a workhub" in development
    assert "Offer it in the directory" not in development
    assert "Offer it in the directory" in strength
    assert "Ask for support" not in without_support
    assert "There is nothing that you can begin with this part" in nothing


def test_offer_begins_in_an_alliance_where_the_school_still_is(client, scene):
    Membership.objects.filter(school=scene.school).delete()
    elsewhere = SupportRulesFactory().alliance
    MembershipFactory(school=scene.school, alliance=elsewhere)
    client.force_login(scene.head)

    answer = client.post(scene.bridge("directory.offer"), {"way": "directory.offer", "words": OWN})

    assert f"/{elsewhere.slug}/" in answer.url
    assert client.get(answer.url).status_code == 200


def test_page_costs_few_queries(client, scene, django_assert_max_num_queries):
    client.force_login(scene.head)
    client.get(scene.bridge("hubs.topic"))

    with django_assert_max_num_queries(7):
        client.get(scene.bridge("hubs.topic"))


@pytest.mark.parametrize("count", [1, 3])
def test_report_costs_as_much_however_much_began(client, scene, count, django_assert_num_queries):
    for _number in range(count):
        offer = SchoolOfferFactory(alliance=scene.alliance, school=scene.school)
        CrossingFactory(part=scene.parts["strength"], thing_id=offer.pk, made_by=scene.head)
        proposal = TopicProposalFactory(workhub_year=scene.year, school=scene.school)
        told = {"kind": "hubs.topic", "thing_id": proposal.pk, "made_by": scene.head}
        CrossingFactory(part=scene.parts["development"], **told)
    report = f"/reviews/days/{scene.review.day_id}/report/"
    client.force_login(scene.head)
    client.get(report)

    with django_assert_num_queries(8):
        client.get(report)
