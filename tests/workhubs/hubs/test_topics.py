from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.urls import reverse

from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders, send_waiting
from partnership.toolkit.registers import Duty, DutyWindow
from tests.factories import (
    AlliancePostFactory,
    DelegationFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    TopicProposalFactory,
    WorkhubYearFactory,
)
from workhubs.hubs.duties import topics_to_answer, topics_to_answer_as_deputy
from workhubs.hubs.models import Objective, TopicProposal
from workhubs.hubs.services import (
    NotAMember,
    TopicSettled,
    YearOver,
    close_year,
    decline_topic,
    propose_topic,
    take_up_topic,
    withdraw_topic,
)

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
TODAY = date(2026, 11, 23)
SECRET = "Thin books after Christmas"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def year():
    year = WorkhubYearFactory()
    year.lead, year.deputy = head_in(year).person, head_in(year).person
    year.save()
    return year


def head_in(year):
    head = SchoolPostFactory()
    MembershipFactory(alliance=year.workhub.alliance, school=head.school)
    return head


def propose(year, head=None, **facts):
    head = head or head_in(year)
    told = {"topic": "Writing at length", "about": SECRET, "by": head.person, "now": NOW}
    return propose_topic(workhub_year=year, school=head.school, **(told | facts))


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_lead_and_deputy_are_told_and_owe_an_answer(year):
    director = AlliancePostFactory(alliance=year.workhub.alliance, kind="director").person

    proposal = propose(year)

    window = DutyWindow(now=NOW)
    assert proposal.answer_by == datetime(2026, 12, 7, 17, tzinfo=UTC)
    assert told("hubs.topic_proposed") == {year.lead_id, year.deputy_id}
    assert {Duty(*row).person_id for row in topics_to_answer(window)} == {year.lead_id}
    assert {Duty(*row).person_id for row in topics_to_answer_as_deputy(window)} == {year.deputy_id}
    assert director.pk not in told("hubs.topic_proposed")


def owed():
    window = DutyWindow(now=NOW)
    rows = [*topics_to_answer(window), *topics_to_answer_as_deputy(window)]
    return {(duty.thing_id, duty.person_id) for duty in (Duty(*row) for row in rows)}


def test_answer_is_owed_until_it_is_given_or_the_topic_taken_back(year):
    waits, answered, withdrawn = propose(year), propose(year), propose(year)
    decline_topic(proposal=answered, by=year.lead, now=NOW)
    withdraw_topic(proposal=withdrawn, by=withdrawn.proposed_by, now=NOW)

    assert owed() == {(waits.pk, year.lead_id), (waits.pk, year.deputy_id)}


def test_without_a_lead_the_director_answers(year):
    director = AlliancePostFactory(alliance=year.workhub.alliance, kind="director").person
    year.lead = year.deputy = None
    year.save()

    proposal = propose(year)

    assert told("hubs.topic_proposed") == {director.pk}
    assert owed() == {(proposal.pk, director.pk)}


def test_reminders_are_planned_once_however_often_somebody_looks(year):
    late = propose(year).answer_by
    plan_reminders(now=late)
    planned = Notice.objects.count()

    plan_reminders(now=late)

    assert Notice.objects.count() == planned
    assert planned > len(told("hubs.topic_proposed"))


def test_mails_and_audit_name_neither_topic_nor_school(year):
    head = head_in(year)
    proposal, late = propose(year, head), propose(year, head)
    send_waiting(clock=lambda: NOW)
    take_up_topic(proposal=proposal, objective="All write.", by=year.lead, now=NOW)
    withdraw_topic(proposal=propose(year, head), by=head.person, now=NOW)
    plan_reminders(now=late.answer_by)
    send_waiting(clock=lambda: late.answer_by)

    sent = [message for message in mail.outbox if "topic" in message.subject]
    kept = " ".join(f"{event.title} {event.values}" for event in Event.objects.all())
    assert {message.to[0] for message in sent} == {
        head.person.email,
        year.lead.email,
        year.deputy.email,
    }
    for words in (SECRET, "Writing at length", head.school.name):
        assert not [message for message in sent if words in f"{message.subject} {message.body}"]
        assert words not in kept


def test_topic_becomes_an_objective_as_the_lead_words_it(year):
    proposal = propose(year)

    take_up_topic(
        proposal=proposal,
        objective="Every school writes at length",
        measure="Half of the books",
        words="Gladly.",
        by=year.lead,
        now=NOW,
    )

    objective = Objective.objects.get()
    proposal.refresh_from_db()
    assert (objective.words, objective.workhub_year) == ("Every school writes at length", year)
    assert (proposal.is_taken_up, proposal.objective, proposal.answer) == (
        True,
        objective,
        "Gladly.",
    )
    assert told("hubs.topic_answered") == {proposal.proposed_by_id}


def test_topic_is_answered_or_taken_back_once(year):
    declined, withdrawn = propose(year), propose(year)
    decline_topic(proposal=declined, words="Next year.", by=year.lead, now=NOW)
    withdraw_topic(proposal=withdrawn, by=withdrawn.proposed_by, now=NOW)

    for proposal in (declined, withdrawn):
        with pytest.raises(TopicSettled):
            take_up_topic(proposal=proposal, objective="Write.", by=year.lead, now=NOW)
        with pytest.raises(TopicSettled):
            withdraw_topic(proposal=proposal, by=proposal.proposed_by, now=NOW)

    assert not Objective.objects.exists()
    assert told("hubs.topic_withdrawn") == {year.lead_id, year.deputy_id}


def test_only_members_propose_and_only_while_the_year_goes_on(year):
    with pytest.raises(NotAMember):
        propose(year, SchoolPostFactory())
    with pytest.raises(YearOver):
        propose(WorkhubYearFactory(year=2025))

    assert not TopicProposal.objects.exists()


def test_closing_a_year_answers_what_waits(year):
    proposal = propose(year)

    close_year(workhub_year=year, last_day=TODAY, by=year.lead, now=NOW)

    proposal.refresh_from_db()
    assert (proposal.is_open, proposal.answer) == (False, "The workhub has closed.")
    assert told("hubs.topic_answered") == {proposal.proposed_by_id}


def test_head_proposes_and_lead_takes_it_up_on_the_pages(client, year):
    head = head_in(year)
    client.force_login(head.person)
    typed = {"workhub": year.pk, "school": head.school_id, "topic": "Spelling", "about": SECRET}
    shown = client.post("/workhubs/topics/new/", typed, follow=True)
    proposal = TopicProposal.objects.get()
    client.force_login(year.lead)
    at = f"/workhubs/topics/{proposal.pk}/answer/"
    refused = client.post(at, {"answer": "yes", "objective": ""})
    taken = client.post(at, {"answer": "yes", "objective": "All spell well"}, follow=True)

    assert SECRET in shown.text
    assert "Write the objective that it becomes." in refused.text
    assert "Taken up" in taken.text
    assert Objective.objects.get().words == "All spell well"


def test_topic_is_read_by_its_school_and_by_who_runs_the_workhub(client, year):
    proposal = propose(year)
    stranger_in_alliance = head_in(year).person
    deputy = SchoolPostFactory(school=proposal.school, kind="deputy").person
    given = {"school": proposal.school, "given_by": proposal.proposed_by}
    answers_for_head = DelegationFactory(deputy=deputy, **given).deputy
    office = AlliancePostFactory(alliance=year.workhub.alliance, kind="administrator").person
    staff = PersonFactory(is_staff=True)
    may = [proposal.proposed_by, year.lead, year.deputy, answers_for_head, office]

    found = {}
    for person in (*may, stranger_in_alliance, staff):
        client.force_login(person)
        found[person.pk] = client.get(f"/workhubs/topics/{proposal.pk}/").status_code
        page = client.get(year.get_absolute_url()).text
        assert ("Writing at length" in page) == (person in may)

    assert found == {person.pk: 200 for person in may} | {
        stranger_in_alliance.pk: 404,
        staff.pk: 404,
    }


def test_pages_cost_few_queries(client, year, django_assert_max_num_queries):
    head = head_in(year)
    proposal = propose(year, head)
    for _number in range(2):
        TopicProposalFactory(workhub_year=year, school=SchoolFactory())
    client.force_login(head.person)
    client.get("/workhubs/topics/new/")

    with django_assert_max_num_queries(6):
        client.get("/workhubs/topics/new/")
    with django_assert_max_num_queries(7):
        client.get(f"/workhubs/topics/{proposal.pk}/")


def test_a_head_is_asked_before_a_topic_is_taken_back_for_good(client, year):
    head = head_in(year)
    proposal = propose(year, head)
    address = reverse("hubs:topic_withdraw", args=[proposal.pk])
    client.force_login(head.person)

    page = client.get(proposal.get_absolute_url()).text
    asked = client.get(address).text
    waits = TopicProposal.objects.get().is_open
    done = client.post(address, follow=True).text
    again = client.get(address, follow=True).text

    assert f'href="{address}"' in page
    assert "it can’t be brought back, only proposed anew" in asked
    assert waits
    assert "is taken back." in done
    assert "Taken back" in again
    assert "it can’t be brought back" not in again
