from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from alliances.schools.models import Delegation
from partnership.audit.models import Event
from partnership.notices.models import Notice
from support.programmes.models import Programme, SwiftReview
from support.programmes.parts.steps import steps_of
from support.programmes.services import (
    AnsweredAlready,
    AskedAlready,
    GivesNoSupport,
    NotAMember,
    TooLateToWithdraw,
    ask_for_support,
    decline_request,
    open_request,
    refer_school,
    signpost_request,
    withdraw_request,
)
from tests.factories import (
    AllianceFactory,
    DelegationFactory,
    EnquiryFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    WorkhubYearFactory,
)
from tests.factories.support import (
    ProgrammeFactory,
    SupportAreaFactory,
    SupportRulesFactory,
)
from tests.support.programmes.scene import NOW, make_scene

pytestmark = pytest.mark.django_db

ASK, REFER = "/support/ask/", "/support/refer/"


@pytest.fixture
def scene():
    return make_scene()


def ask(scene, **facts):
    told = {"alliance": scene.alliance, "school": scene.school, "area": scene.area}
    told |= {"need": "Writing stands still.", "by": scene.head, "now": NOW}
    return ask_for_support(**{**told, **facts})


def told_of(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def typed(scene, **words):
    return {"area": scene.area.pk, "need": "Writing stands still.", "urgency": "term", **words}


def test_request_is_to_be_answered_in_school_days_and_waits_for_the_director(scene):
    programme = ask(scene)

    assert programme.answer_by == datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert (programme.state, programme.way) == ("asked", "head")
    assert told_of("programmes.your_turn") == {scene.director.pk}
    event = Event.objects.get(action="support asked for")
    assert "Writing" not in f"{event.title}{event.values}"


def test_school_has_one_open_request_in_an_area(scene):
    first = ask(scene)

    with pytest.raises(AskedAlready) as standing:
        ask(scene)

    assert standing.value.programme == first
    decline_request(programme=first, answer="Not now.", by=scene.director, now=NOW)
    assert ask(scene) != first


def test_only_members_ask_and_only_for_areas_of_the_alliance(scene):
    with pytest.raises(NotAMember):
        ask(scene, school=SchoolFactory())
    with pytest.raises(GivesNoSupport):
        ask(scene, area=SupportAreaFactory())
    with pytest.raises(GivesNoSupport):
        ask(scene, alliance=AllianceFactory())


def test_director_refers_a_school_and_its_head_is_told(scene):
    programme = refer_school(
        alliance=scene.alliance,
        school=scene.school,
        area=scene.area,
        need="Attendance falls.",
        by=scene.director,
        now=NOW,
    )

    assert (programme.way, programme.director) == ("director", scene.director)
    assert told_of("programmes.changed") == {scene.head.pk}


def test_opening_a_request_begins_the_swift_review(scene):
    programme = open_request(
        programme=ask(scene), assessor=scene.director, by=scene.director, now=NOW
    )

    review = SwiftReview.objects.get()
    assert (programme.state, programme.stage_now) == ("open", "own_view")
    assert (review.assessor, review.due_at) == (
        scene.director,
        datetime(2026, 12, 7, 17, tzinfo=UTC),
    )
    with pytest.raises(AnsweredAlready):
        decline_request(programme=programme, answer="No.", by=scene.director, now=NOW)


def test_request_is_signposted_with_words(scene):
    hub = WorkhubYearFactory(workhub__alliance=scene.alliance).workhub

    programme = signpost_request(
        programme=ask(scene), answer="Go there.", workhub=hub, by=scene.director, now=NOW
    )

    assert (programme.state, programme.signposted_workhub) == ("signposted", hub)
    assert programme.stage_now == "ended"
    assert told_of("programmes.changed") == {scene.head.pk}


def test_head_takes_her_request_back_until_it_is_judged(scene):
    programme = ask(scene)

    withdraw_request(programme=programme, because="Solved.", by=scene.head, now=NOW)

    assert Programme.objects.get().state == "withdrawn"
    judged = ProgrammeFactory(state="open", judged_at=NOW)
    with pytest.raises(TooLateToWithdraw):
        withdraw_request(programme=judged, by=scene.head, now=NOW)


@time_machine.travel(NOW, tick=False)
def test_head_asks_on_the_page(scene, client):
    client.force_login(scene.head)

    response = client.post(ASK, typed(scene), follow=True)

    programme = Programme.objects.get()
    assert response.redirect_chain[-1][0] == programme.get_absolute_url()
    assert "You hear by Monday 30 November 2026." in response.text
    assert (programme.school, programme.asked_by) == (scene.school, scene.head)


def test_second_request_leads_to_the_open_one(scene, client):
    first = ask(scene)
    client.force_login(scene.head)

    response = client.post(ASK, typed(scene))

    assert "has an open request in this area already" in response.text
    assert f'<a href="{first.get_absolute_url()}">Open it</a>' in response.text
    assert "&lt;a" not in response.text


def test_head_of_two_schools_says_which(scene, client):
    other = SchoolFactory(name="Example Vale")
    MembershipFactory(alliance=scene.alliance, school=other)
    SchoolPostFactory(school=other, person=scene.head, kind="executive_head")
    client.force_login(scene.head)

    refused = client.post(ASK, typed(scene))
    client.post(ASK, typed(scene, place=f"{scene.alliance.pk}-{other.pk}"))

    assert "place" in refused.context["form"].errors
    assert Programme.objects.get().school == other


def test_area_must_be_of_the_alliance_that_is_asked(scene, client):
    other = AllianceFactory()
    SupportRulesFactory(alliance=other)
    MembershipFactory(alliance=other, school=scene.school)
    client.force_login(scene.head)

    response = client.post(ASK, typed(scene, place=f"{other.pk}-{scene.school.pk}"))

    assert "gives no support in it" in response.context["form"].errors["area"][0]


def test_who_acts_for_the_head_in_support_asks_and_a_deputy_does_not(scene, client):
    deputy = PersonFactory()
    SchoolPostFactory(school=scene.school, person=deputy, kind="deputy")
    client.force_login(deputy)
    before = client.get(ASK).status_code

    told = {"school": scene.school, "deputy": deputy, "given_by": scene.head}
    DelegationFactory(**told, kind=Delegation.Kind.SUPPORT)

    assert (before, client.get(ASK).status_code) == (403, 200)


def test_director_refers_by_name_or_number(scene, client):
    client.force_login(scene.director)

    unknown = client.post(REFER, typed(scene, school="Nowhere"))
    client.post(REFER, typed(scene, school="example hill primary school"))

    assert "No school of the alliance is called so" in unknown.text
    assert Programme.objects.get().way == "director"


def test_forms_cost_the_same_however_many_schools_there_are(
    scene, client, django_assert_num_queries
):
    client.force_login(scene.director)
    client.get(REFER)
    with django_assert_num_queries(3):
        client.get(REFER)
    MembershipFactory.create_batch(3, alliance=scene.alliance)

    with django_assert_num_queries(3):
        client.get(REFER)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ({"decision": "open"}, "open"),
        ({"decision": "decline", "answer": "Not our field."}, "declined"),
        ({"decision": "signpost", "answer": "Ask them.", "signpost": "writing HUB"}, "signposted"),
    ],
)
def test_director_answers_on_the_page(scene, client, words, state):
    WorkhubYearFactory(workhub__alliance=scene.alliance, workhub__name="Writing hub")
    programme = ask(scene)
    client.force_login(scene.director)

    client.post(reverse("programmes:request_answer", args=[programme.pk]), words)
    page = client.get(programme.get_absolute_url())

    programme.refresh_from_db()
    assert (programme.state, programme.director) == (state, scene.director)
    assert words.get("answer", "") in page.text


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"decision": "decline"}, "answer"),
        ({"decision": "signpost", "answer": "There."}, "signpost"),
        ({"decision": "signpost", "answer": "There.", "signpost": "Nobody"}, "signpost"),
    ],
)
def test_answer_that_sends_away_needs_words_and_a_way(scene, client, words, field):
    programme = ask(scene)
    client.force_login(scene.director)

    response = client.post(reverse("programmes:request_answer", args=[programme.pk]), words)

    assert field in response.context["form"].errors
    assert Programme.objects.get().state == "asked"


def test_head_withdraws_on_the_page(scene, client):
    programme = ask(scene)
    client.force_login(scene.head)

    client.post(reverse("programmes:request_withdraw", args=[programme.pk]), {"because": "Done."})

    assert "The school took its request back" in client.get(programme.get_absolute_url()).text


@time_machine.travel(NOW, tick=False)
def test_director_makes_a_request_of_an_enquiry(scene, client):
    enquiry = EnquiryFactory(alliance=scene.alliance, about="Our writing stands still.")
    foreign = EnquiryFactory(about="Not hers.")
    client.force_login(scene.director)
    way = f"{REFER}?enquiry={enquiry.pk}"

    shown = client.get(f"/alliances/osa/enquiries/{enquiry.pk}/").text
    form = client.get(way).text
    client.post(way, typed(scene, school=scene.school.name))

    assert f'href="{way}"' in shown
    assert "Our writing stands still." in form
    assert "Not hers." not in client.get(f"{REFER}?enquiry={foreign.pk}").text
    enquiry.refresh_from_db()
    assert (Programme.objects.get().way, enquiry.state) == ("enquiry", "taken_on")


def test_steps_of_a_declined_request_end_where_it_ended():
    declined = ProgrammeFactory.build(state="declined", answered_at=NOW)

    assert [(step.words, step.stands) for step in steps_of(declined)] == [
        ("Request", "Done"),
        ("Declined", "Ended"),
    ]
