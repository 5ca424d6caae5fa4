"""Findings are worded, worded otherwise and removed, each with the evidence behind it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from reviews.days.models import Agreement, Finding, Note, Review
from reviews.days.notices.moderating import ASKED_AGAIN
from reviews.days.services.moderating import moderation_of
from reviews.days.services.telling import record_of, team_people, tell_of


class FindingGone(Exception):
    """Somebody removed the finding meanwhile."""


@transaction.atomic
def add_finding(
    *,
    review: Review,
    words: dict[str, Any],
    notes: Collection[int] = (),
    by: Person,
    now: datetime,
) -> Finding:
    """Word a finding; whoever words it agrees to it."""
    current = moderation_of(review)
    behind = of_review(current, notes) if notes else set()
    told = {"written_by": by, "written_at": now, "changed_at": now, **words}
    finding = Finding.objects.create(review=current, evidence_count=len(behind), **told)
    finding.evidence.add(*behind)
    Agreement.objects.create(finding=finding, person=by, agreed_at=now)
    record_of("finding added", current, by=by, now=now)
    return finding


@transaction.atomic
def change_finding(
    *,
    finding: Finding,
    changes: dict[str, Any],
    seen_version: int | None = None,
    by: Person,
    now: datetime,
) -> Finding:
    """Word it otherwise: she agrees, and everybody else is asked again, told of it once a day."""
    review = moderation_of(finding.review)
    current = lock_finding(finding, seen_version=seen_version)
    changed = apply_changes(current, changes)
    if not changed:
        return current
    Finding.objects.filter(pk=current.pk).update(changed_at=now)
    agreed = Agreement.objects.filter(finding=current)
    asked = set(agreed.values_list("person", flat=True)) - {by.pk}
    agreed.delete()
    Agreement.objects.create(finding=current, person=by, agreed_at=now)
    if asked:
        asked &= team_people(review)
        what = london_day(now).isoformat()
        tell_of(review, asked, kind=ASKED_AGAIN, what=what, by=by, now=now)
    record_of("finding changed", review, by=by, now=now, fields=changed)
    return current


@transaction.atomic
def remove_finding(
    *, finding: Finding, seen_version: int | None = None, by: Person, now: datetime
) -> None:
    """Take a finding out; the notes behind it stay."""
    review = moderation_of(finding.review)
    current = lock_finding(finding, seen_version=seen_version)
    current.delete()
    record_of("finding removed", review, by=by, now=now)


@transaction.atomic
def choose_evidence(
    *,
    finding: Finding,
    shown: Collection[int],
    ticked: Collection[int],
    seen_version: int | None = None,
    by: Person,
    now: datetime,
) -> Finding:
    """Of the notes that were shown, the ticked ones stand behind the finding; its words stay agreed."""
    review = moderation_of(finding.review)
    current = lock_finding(finding, seen_version=seen_version)
    asked = of_review(review, set(shown) | set(ticked))
    held = set(current.evidence.filter(pk__in=asked).values_list("pk", flat=True))
    wanted = asked & set(ticked)
    if held == wanted:
        return current
    _put(current, wanted - held, held - wanted)
    record_of("evidence chosen", review, by=by, now=now, fields=["evidence"])
    return current


def of_review(review: Review, notes: Collection[int]) -> set[int]:
    """Those of the notes that belong to this review and weren't removed."""
    live = Note.objects.filter(review=review, removed_at=None, pk__in=notes)
    return set(live.values_list("pk", flat=True))


def lock_finding(finding: Finding, *, seen_version: int | None = None) -> Finding:
    """The finding, locked after its review."""
    try:
        return lock(finding, seen_version=seen_version)
    except Finding.DoesNotExist:
        raise FindingGone from None


def _put(finding: Finding, more: Collection[int], less: Collection[int]) -> None:
    finding.evidence.add(*more)
    if less:
        finding.evidence.remove(*less)
    count = finding.evidence.filter(removed_at=None).count()
    finding.evidence_count = count
    finding.version += 1
    finding.save(update_fields=["evidence_count", "version"])
