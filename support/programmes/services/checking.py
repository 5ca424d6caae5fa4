"""Whether a school may have the support it asks for: rule by rule, with who said so and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import lock
from support.programmes.models import EligibilityCheck, Programme
from support.programmes.rows import latest_checks
from support.programmes.services.telling import record_of


@dataclass(frozen=True)
class Finding:
    """A rule, whether it is met, and how we know."""

    rule: str
    is_met: bool
    because: str = ""


@transaction.atomic
def check_eligibility(
    *, programme: Programme, findings: Iterable[Finding], by: Person, now: datetime
) -> list[EligibilityCheck]:
    """Write down what differs from the last check of each rule; earlier checks stay."""
    current = lock(programme)
    known = latest_checks(EligibilityCheck.objects.filter(programme=current).order_by("pk"))
    fresh = [
        EligibilityCheck(
            programme=current,
            rule=finding.rule,
            is_met=finding.is_met,
            because=finding.because,
            checked_by=by,
            checked_at=now,
        )
        for finding in findings
        if _differs(finding, known.get(finding.rule))
    ]
    made = EligibilityCheck.objects.bulk_create(fresh)
    if made:
        record_of("eligibility checked", current, by=by, now=now)
    return made


def _differs(finding: Finding, known: EligibilityCheck | None) -> bool:
    if known is None:
        return True
    return (finding.is_met, finding.because) != (known.is_met, known.because)
