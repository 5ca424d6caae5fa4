"""Each member of the team agrees to each finding as it is worded, and may take that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes
from reviews.days.models import Agreement, Finding, Review, TeamStep
from reviews.days.services.moderating import ViewsMissing, moderation_of
from reviews.days.services.telling import record_of, team_people


class Herself(Exception):
    """The lead agrees to what she ends."""


class NotInTeam(Exception):
    """Whoever isn’t in the team isn’t waited for anyway."""


@dataclass(frozen=True)
class Agreed:
    """How many findings she agreed to, and how many read otherwise than what she saw."""

    count: int
    changed: int


@transaction.atomic
def agree_to_findings(
    *, review: Review, seen: Mapping[int, int], by: Person, now: datetime
) -> Agreed:
    """Agree to findings in the versions that she saw; to words that changed since she doesn't."""
    current = moderation_of(review)
    stands = dict(Finding.objects.filter(review=current, pk__in=seen).values_list("pk", "version"))
    agreed = [pk for pk, version in seen.items() if stands.get(pk) == version]
    if agreed:
        Agreement.objects.bulk_create(
            (Agreement(finding_id=pk, person=by, agreed_at=now) for pk in agreed),
            ignore_conflicts=True,
        )
        values = {"findings": len(agreed)}
        record_of("findings agreed to", current, by=by, now=now, values=values)
    return Agreed(len(agreed), len(seen) - len(agreed))


@transaction.atomic
def take_agreement_back(*, finding: Finding, by: Person, now: datetime) -> None:
    """She doesn't agree any more; asked twice nothing more happens."""
    current = moderation_of(finding.review)
    gone, _by_kind = Agreement.objects.filter(finding=finding, person=by).delete()
    if gone:
        record_of("agreement taken back", current, by=by, now=now)


@transaction.atomic
def stop_waiting(*, review: Review, person: Person, by: Person, now: datetime) -> None:
    """Go on without somebody’s agreement, who fell ill, say; what she agreed to stays."""
    current = moderation_of(review)
    if person == by:
        raise Herself
    if person.pk not in team_people(current):
        raise NotInTeam
    step, _is_new = TeamStep.objects.get_or_create(review=current, person=person)
    if apply_changes(step, {"excused_at": step.excused_at or now, "excused_by": by}):
        record_of("agreement not waited for", current, by=by, now=now)


@transaction.atomic
def wait_for(*, review: Review, person: Person, by: Person, now: datetime) -> None:
    """Wait for her agreement again; nobody is waited for whose own view never came in."""
    current = moderation_of(review)
    step = TeamStep.objects.filter(review=current, person=person).first()
    if step is None or step.views_at is None:
        raise ViewsMissing
    if apply_changes(step, {"excused_at": None, "excused_by": None}):
        record_of("agreement waited for again", current, by=by, now=now)
