"""The plan in short: its objectives, what is open and late of them, and whether it is agreed."""

from __future__ import annotations

from datetime import datetime

from support.programmes.parts import Part
from support.programmes.permissions import Rights
from support.progress.course import facts_of
from support.progress.permissions import can_write_plan, has_ended
from support.progress.rows.plans import plan_in_short


def plan(rights: Rights, now: datetime) -> Part:
    """For whoever sees the course; where there is no plan, how to begin one."""
    facts = facts_of(rights, now)
    has_plan = facts.plan_version is not None
    nouns = {
        "programme": rights.programme,
        "has_ended": has_ended(rights),
        "has_plan": has_plan,
        "is_agreed": facts.is_plan_agreed,
        "agree_by": facts.agree_by,
        "is_late": facts.agree_by is not None and facts.agree_by < now,
        "objectives": tuple(plan_in_short(rights, now)) if has_plan else (),
        "can_write": can_write_plan(rights),
    }
    return Part("progress/includes/_plan.html", nouns)
