"""A moderation asks each of the team to agree, and its lead to end it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnership.toolkit.registers import DutyKind, DutyWindow
from reviews.cycles.models import DayPlace
from reviews.days.duties.making import kind, of_team
from reviews.days.models import Agreement, Finding, TeamStep

AGREE, END = "days.agree_findings", "days.end_moderation"
MODERATION = "days:moderation"


def _open() -> Q:
    """All views are in: nobody goes whose own view is still waited for."""
    steps = TeamStep.objects.filter(review__day=OuterRef("day"), person=OuterRef("person"))
    is_in = steps.filter(Q(views_at__isnull=False) | Q(excused_at__isnull=False))
    going = DayPlace.objects.filter(
        day=OuterRef("day"), ended_at=None, answer=DayPlace.Answer.ACCEPTED
    )
    return ~Q(Exists(going.filter(~Exists(is_in))))


def _asked() -> Q:
    """Some finding reads as she hasn't agreed yet, and the lead doesn't go on without her."""
    agreed = Agreement.objects.filter(finding=OuterRef("pk"), person=OuterRef(OuterRef("person")))
    findings = Finding.objects.filter(~Exists(agreed), review__day=OuterRef("day"))
    excused = TeamStep.objects.filter(
        review__day=OuterRef("day"), person=OuterRef("person"), excused_at__isnull=False
    )
    return Q(Exists(findings)) & ~Q(Exists(excused))


def _to_agree(window: DutyWindow) -> QuerySet[Any, Any]:
    who = _open() & _asked() | Q(day__review__moderated_at__isnull=False)
    return of_team(window, AGREE, due="moderate_by", done="moderated_at", who=who)


def _to_end(window: DutyWindow) -> QuerySet[Any, Any]:
    who = _open() | Q(day__review__moderated_at__isnull=False)
    due, done = "moderate_by", "moderated_at"
    return of_team(window, END, due=due, done=done, only_lead=True, who=who)


MODERATING: tuple[DutyKind, ...] = (
    kind(
        AGREE,
        "Agree to the findings of a review",
        "two school days after the day",
        _to_agree,
        title="Read and agree with your team on a review",
        url=MODERATION,
        action="Read and agree",
        is_host=False,
    ),
    kind(
        END,
        "End the moderation of a review",
        "two school days after the day",
        _to_end,
        title="End the moderation of a review that you lead",
        url=MODERATION,
        action="Open it",
        is_host=False,
        goes_up_after=3,
        goes_up_to="whoever looks after the cycle",
    ),
)
