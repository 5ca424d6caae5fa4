"""Whether the school may have the support it asks for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from partnership.toolkit.statements import answer
from support.programmes.models import EligibilityCheck, Programme
from support.programmes.parts.part import Part
from support.programmes.permissions import Rights, can_check_eligibility, can_see_history
from support.programmes.rows import latest_checks


def _checks(*, programme: Programme) -> QuerySet[EligibilityCheck]:
    checks = EligibilityCheck.objects.filter(programme=programme).select_related("checked_by")
    return checks.order_by("checked_at", "pk")


def eligibility(rights: Rights, _now: datetime) -> Part | None:
    """The last check of each rule, for both sides, until support is decided on."""
    if not can_see_history(rights) or rights.programme.judged_at is not None:
        return None
    checks = list(latest_checks(answer(_checks, programme=rights.programme)).values())
    may_check = can_check_eligibility(rights)
    if not checks and not may_check:
        return None
    nouns = {"programme": rights.programme, "checks": checks, "may_check": may_check}
    return Part("programmes/includes/_eligibility.html", nouns)
