"""Schools propose topics to a workhub; lead, deputy or office take them up, or don't."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alliances.schools.models import School
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import began
from partnership.toolkit.versions import lock
from workhubs.hubs.bridges import PROPOSE_TOPIC
from workhubs.hubs.models import Objective, TopicProposal, WorkhubYear
from workhubs.hubs.notices import TOPIC_ANSWERED, TOPIC_PROPOSED, TOPIC_WITHDRAWN
from workhubs.hubs.services.objectives import add_objective
from workhubs.hubs.services.places import YearOver, days_later, refuse_strangers
from workhubs.hubs.services.telling import heads_of, leads_of, tell_of

DAYS_TO_ANSWER = 14


class TopicSettled(Exception):
    """The topic is answered or taken back already."""


@transaction.atomic
def propose_topic(
    *,
    workhub_year: WorkhubYear,
    school: School,
    topic: str,
    about: str,
    by: Person,
    now: datetime,
    origin: str = "",
) -> TopicProposal:
    """A school says what the workhub should work on; whoever leads it has two weeks to answer.

    `origin` is what another room handed over, if it began there.
    """
    today = now.astimezone(UK).date()
    current = lock(workhub_year)
    current.workhub = workhub_year.workhub
    if current.is_over(today):
        raise YearOver
    refuse_strangers(current, {school.pk: school}, today=today)
    proposal = TopicProposal.objects.create(
        workhub_year=current,
        school=school,
        topic=topic,
        about=about,
        proposed_by=by,
        proposed_at=now,
        answer_by=days_later(now, DAYS_TO_ANSWER),
    )
    _record("topic proposed", proposal, by=by, now=now)
    tell_of(TOPIC_PROPOSED, proposal.pk, leads_of(current, on=today) - {by.pk}, current, now=now)
    began(origin, kind=PROPOSE_TOPIC, thing_id=proposal.pk, by=by, now=now)
    return proposal


@transaction.atomic
def take_up_topic(
    *,
    proposal: TopicProposal,
    objective: str,
    measure: str = "",
    words: str = "",
    by: Person,
    now: datetime,
) -> TopicProposal:
    """It becomes an objective of the workhub's year, as whoever takes it up words it."""
    workhub_year = _locked_year(proposal)
    current = _open(proposal)
    if workhub_year.is_over(now.astimezone(UK).date()):
        raise YearOver
    made = add_objective(
        workhub_year=workhub_year, words=objective, measure=measure, by=by, now=now
    )
    return _answered(current, workhub_year, words=words, objective=made, by=by, now=now)


@transaction.atomic
def decline_topic(
    *, proposal: TopicProposal, words: str = "", by: Person, now: datetime
) -> TopicProposal:
    """Not this time; the school reads why."""
    workhub_year = _locked_year(proposal)
    current = _open(proposal)
    return _answered(current, workhub_year, words=words, objective=None, by=by, now=now)


@transaction.atomic
def withdraw_topic(*, proposal: TopicProposal, by: Person, now: datetime) -> TopicProposal:
    """The school takes it back, and nobody owes it an answer."""
    workhub_year = _locked_year(proposal)
    current = _open(proposal)
    current.withdrawn_at = now
    current.save(update_fields=["withdrawn_at"])
    _record("topic taken back", current, by=by, now=now)
    told = leads_of(workhub_year, on=now.astimezone(UK).date()) - {by.pk}
    tell_of(TOPIC_WITHDRAWN, current.pk, told, workhub_year, now=now)
    return current


def _answered(
    proposal: TopicProposal,
    workhub_year: WorkhubYear,
    *,
    words: str,
    objective: Objective | None,
    by: Person,
    now: datetime,
) -> TopicProposal:
    proposal.answered_at, proposal.answered_by = now, by
    proposal.is_taken_up = objective is not None
    proposal.objective = objective
    proposal.answer = words
    fields = ["answered_at", "answered_by", "is_taken_up", "objective", "answer"]
    proposal.save(update_fields=fields)
    _record("topic taken up" if objective else "topic declined", proposal, by=by, now=now)
    heads = heads_of([proposal.school_id], on=now.astimezone(UK).date())
    told = (heads | {proposal.proposed_by_id}) - {by.pk}
    tell_of(TOPIC_ANSWERED, proposal.pk, told, workhub_year, now=now)
    return proposal


def _locked_year(proposal: TopicProposal) -> WorkhubYear:
    """The year is locked before what belongs to it, as whoever invites does."""
    years = WorkhubYear.objects.select_related("workhub__alliance")
    return years.select_for_update(of=("self",)).get(pk=proposal.workhub_year_id)


def _open(proposal: TopicProposal) -> TopicProposal:
    current = lock(proposal)
    if not current.is_open:
        raise TopicSettled
    return current


def _record(action: str, proposal: TopicProposal, *, by: Person, now: datetime) -> None:
    workhub_year = proposal.workhub_year
    record(
        action,
        workhub_year.workhub,
        by=by,
        at=now,
        values={"year": str(workhub_year.academic_year)},
        alliance_id=workhub_year.workhub.alliance_id,
    )
