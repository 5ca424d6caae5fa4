"""A draft becomes the published rota: by difference, so that who stays keeps what she answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.registers import follow
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import Cycle, DayPlace, ReviewDay, RotaChange, RotaDraft
from reviews.cycles.notices.publishing import ROTA_PUBLISHED
from reviews.cycles.services.blocking import block_days
from reviews.cycles.services.cycles import lock_live
from reviews.cycles.services.day_news import tell_asked, tell_changed
from reviews.cycles.services.differing import Kind, Publication, Step, publication_of
from reviews.cycles.services.placing import cancel_day, end_place, place, set_day, shift_day
from reviews.cycles.services.telling import heads_of, record_of

NO_DAY = "No day was found when the rota was planned again."


class NotPublishable(Exception):
    """The draft is outdated, or no longer a draft; the words say why, for the page."""


@dataclass
class Done:
    """What was done so far, and who is to be told of it."""

    changes: list[RotaChange] = field(default_factory=list)
    asked: list[DayPlace] = field(default_factory=list)
    changed: list[tuple[ReviewDay, set[int]]] = field(default_factory=list)
    new_schools: list[int] = field(default_factory=list)
    made: list[int] = field(default_factory=list)


@transaction.atomic
def publish_draft(
    *, draft: RotaDraft, by: Person, now: datetime, seen_version: int | None = None
) -> RotaDraft:
    """Make, move and end days and places as the draft has them; those whom it concerns are told.

    Raises CycleOver, ChangedSince or NotPublishable.
    """
    cycle = lock_live(draft.cycle)
    current = lock(draft, seen_version=seen_version)
    current.cycle = cycle
    publication = publication_of(current, now=now)
    if publication.refusal:
        raise NotPublishable(publication.refusal)
    done = Done()
    for step in publication.steps:
        _take(step, publication, done, by=by, now=now)
    RotaChange.objects.bulk_create(done.changes, batch_size=500)
    _keep_out(publication, by=by, now=now)
    apply_changes(current, {"state": RotaDraft.State.PUBLISHED})
    changes = {
        "state": Cycle.State.PUBLISHED,
        "published_at": cycle.published_at or now,
        "opened_at": cycle.opened_at or now,
    }
    apply_changes(cycle, changes)
    days = [*done.made, *(day.pk for day, _people in done.changed)]
    follow("review_day", days, now)
    _tell(current, done, by=by, now=now)
    counted = Counter(str(step.kind) for step in publication.steps)
    values = {"draft": current.number, **counted}
    record_of("rota published", cycle, by=by, now=now, values=values)
    return current


def _keep_out(publication: Publication, *, by: Person, now: datetime) -> None:
    """Whoever is out when a rota was planned again is so for later drafts, too; why isn’t known."""
    replan = publication.draft.replan
    if not replan:
        return
    is_host, key = replan["kind"] == "host", replan["id"]
    block_days(
        days=[date.fromisoformat(each) for each in replan["dates"]],
        school=publication.hosts[key].school if is_host else None,
        person=None if is_host else publication.reviewers[key].reviewer.person,
        by=by,
        now=now,
    )


def _take(step: Step, publication: Publication, done: Done, *, by: Person, now: datetime) -> None:
    """One host's day as the draft has it."""
    cycle = publication.draft.cycle
    if step.day is None:
        day = set_day(cycle, step.host, step.to, now)
        done.new_schools.append(day.school_id)
        done.made.append(day.pk)
    else:
        day = step.day
        _change(step, day, now)
        told = [*step.freed, *step.turned]
        people = {publication.reviewers[key].reviewer.person_id for key in told}
        done.changed.append((day, people))
    for key in step.asked:
        is_lead = key == step.after["lead"]
        made = place(day, publication.reviewers[key], is_lead, now)
        made.day = day
        done.asked.append(made)
    done.changes.append(_history(step, publication.draft, by=by, now=now))


def _change(step: Step, day: ReviewDay, now: datetime) -> None:
    """End, in a day that stands, what the draft has no more."""
    if step.kind == Kind.CANCELLED:
        cancel_day(day, NO_DAY, now)
        return
    if step.kind == Kind.MOVED:
        shift_day(day, step.to, now)
    staying = []
    for standing in step.places:
        key = str(standing.reviewer_id)
        declined = standing.answer == DayPlace.Answer.DECLINED
        if step.kind == Kind.MOVED or key in step.freed or key in step.asked:
            end_place(standing, now)
        elif not declined:
            staying.append(standing)
    if step.kind == Kind.TEAM:
        # One lead at a time: she who leads no more comes first.
        for standing in sorted(staying, key=lambda each: not each.is_lead):
            leads = str(standing.reviewer_id) == step.after["lead"]
            apply_changes(standing, {"is_lead": leads})
        apply_changes(day, {"changed_at": now})


def _history(step: Step, draft: RotaDraft, *, by: Person, now: datetime) -> RotaChange:
    return RotaChange(
        cycle_id=draft.cycle_id,
        host=step.host,
        kind=step.kind,
        before=step.before,
        after=step.after,
        draft_number=draft.number,
        because=NO_DAY if step.kind == Kind.CANCELLED else "",
        made_by=by,
        made_at=now,
    )


def _tell(draft: RotaDraft, done: Done, *, by: Person, now: datetime) -> None:
    """One mail of all her days to whoever hosts anew or is asked to several; else one of the one."""
    heads = heads_of(done.new_schools, on=now.astimezone(UK).date())
    visits = Counter(made.person_id for made in done.asked)
    several = heads | {person for person, count in visits.items() if count > 1}
    tell(
        recipients=several - {by.pk},
        kind=ROTA_PUBLISHED,
        key=f"rota-published:{draft.pk}",
        thing_id=draft.cycle_id,
        alliance_id=draft.alliance_id,
        now=now,
    )
    for made in done.asked:
        if made.person_id not in several:
            tell_asked(made, by=by, now=now, has_moved=made.day.sequence > 0)
    for day, people in done.changed:
        tell_changed(day, people, what=f"published-{draft.number}", by=by, now=now)
