"""The moderation of a review: open once all views are in, ended by the lead, opened again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from partnership.people.models import Person
from partnership.toolkit.statements import answer
from partnership.toolkit.versions import apply_changes
from reviews.cycles.models import DayPlace
from reviews.days.course import counted, facts_in
from reviews.days.models import Agreement, Finding, Report, Review, TeamStep
from reviews.days.notices.moderating import ENDED, OPENED
from reviews.days.services.telling import record_of, team_people, tell_of


class ViewsMissing(Exception):
    """Somebody's own view isn't in yet."""


class ModeratedAlready(Exception):
    """The moderation has ended."""


class NotModerated(Exception):
    """The moderation hasn't ended."""


class SentAlready(Exception):
    """The report is with the host."""


class NothingFound(Exception):
    """There is no finding yet."""


class NotAgreed(Exception):
    """Somebody of the team doesn't agree to every finding yet."""


def _row(*, pk: int) -> QuerySet[Review]:
    return counted(Review.objects.select_for_update(of=("self",)).filter(pk=pk))


def lock_review(review: Review) -> Review:
    """The review's row, locked, with what its facts follow from; its cycle stays loaded."""
    current: Review = answer(_row, pk=review.pk)[0]
    current.cycle = review.cycle
    return current


def moderation_of(review: Review) -> Review:
    """The review, locked, while its team moderates.

    Whatever changes in a moderation locks the review first, so that one thing happens at a time.
    """
    current = lock_review(review)
    if current.moderated_at is not None:
        raise ModeratedAlready
    if not facts_in(current).all_views_are_in:
        raise ViewsMissing
    return current


@transaction.atomic
def end_moderation(*, review: Review, by: Person, now: datetime) -> Review:
    """End it: everybody agrees to every finding, and there is at least one. The team is told."""
    current = moderation_of(review)
    findings = set(Finding.objects.filter(review=current).values_list("pk", flat=True))
    if not findings:
        raise NothingFound
    if _lacking(current, findings, by):
        raise NotAgreed
    _count_evidence(current)
    apply_changes(current, {"moderated_at": now, "moderated_by": by})
    what = f"{now:%Y-%m-%dT%H:%M:%S}"
    tell_of(current, team_people(current), kind=ENDED, what=what, by=by, now=now)
    values = {"findings": len(findings)}
    record_of("moderation ended", current, by=by, now=now, values=values)
    return current


def waited_for(review: Review) -> set[int]:
    """Whose agreement is waited for: the team's, but for whom the lead goes on without."""
    excused = TeamStep.objects.filter(review=review, excused_at__isnull=False)
    places = DayPlace.objects.filter(
        day=review.day_id, ended_at=None, answer=DayPlace.Answer.ACCEPTED
    )
    asked = places.exclude(person__in=excused.values("person"))
    return set(asked.values_list("person", flat=True))


def _lacking(review: Review, findings: set[int], lead: Person) -> bool:
    people = waited_for(review) | {lead.pk}
    given = Agreement.objects.filter(finding__review=review, person__in=people)
    return len(findings) * len(people) > given.count()


def _count_evidence(review: Review) -> None:
    """Notes may have been removed by their authors; the count is what stays once all are deleted."""
    if review.notes_deleted_at is not None:
        return
    live = Count("evidence", filter=Q(evidence__removed_at=None))
    findings = Finding.objects.filter(review=review).annotate(live=live)
    for finding in findings.exclude(live=F("evidence_count")):
        Finding.objects.filter(pk=finding.pk).update(evidence_count=finding.live)


@transaction.atomic
def open_moderation_again(*, review: Review, by: Person, now: datetime) -> Review:
    """Open it again, until the report is with the host; what was agreed stays agreed."""
    current = lock_review(review)
    if current.moderated_at is None:
        raise NotModerated
    if Report.objects.filter(review=current, sent_at__isnull=False).exists():
        raise SentAlready
    apply_changes(current, {"moderated_at": None, "moderated_by": None})
    what = f"{now:%Y-%m-%dT%H:%M:%S}"
    tell_of(current, team_people(current), kind=OPENED, what=what, by=by, now=now)
    record_of("moderation opened again", current, by=by, now=now)
    return current
