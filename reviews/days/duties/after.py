"""What the release asks: a workshop, that it was held, one's own actions, and the check-back."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from alliances.schools.models import SchoolPost
from partnership.toolkit.registers import DutyKind, DutyWindow, duty_rows
from reviews.cycles.duties.year import ORGANISER
from reviews.days.duties.making import LEAD, LIVE, kind, of_host, page
from reviews.days.models import ReviewAction

ARRANGE, SAY_HELD = "days.arrange_workshop", "days.workshop_held"
ACT, CHECK_BACK = "days.action", "days.check_back"
AFTER = "days:after"


def _to_arrange(window: DutyWindow) -> QuerySet[Any, Any]:
    open_still: dict[str, Any] = {} if window.with_done else {"workshop__held_at": None}
    return of_host(
        window,
        ARRANGE,
        due="workshop__hold_by",
        done="workshop__arranged_at",
        asked="released_at",
        **open_still,
    )


def _to_say(window: DutyWindow) -> QuerySet[Any, Any]:
    """Of workshops that are over."""
    return of_host(
        window,
        SAY_HELD,
        due="workshop__ends_at",
        done="workshop__held_at",
        asked="workshop__ends_at",
        workshop__ends_at__lte=window.moment,
        workshop__given_up_at=None,
    )


def _to_check_back(window: DutyWindow) -> QuerySet[Any, Any]:
    return of_host(
        window,
        CHECK_BACK,
        due="check_back__due_at",
        done="check_back__given_at",
        asked="released_at",
        up="lead",
    )


def _to_do(window: DutyWindow) -> QuerySet[Any, Any]:
    """By whose it is; what somebody outside the portal does, by whoever wrote it down.

    Only as long as she is of the school.
    """
    posts = SchoolPost.objects.on(window.today).filter(
        school=OuterRef("review__school"), person=OuterRef("doer")
    )
    actions = ReviewAction.objects.filter(
        review__cycle__state__in=LIVE,
        review__day__isnull=False,
        review__released_at__isnull=False,
        due_at__isnull=False,
    ).annotate(doer=Coalesce("owner", "made_by", output_field=BigIntegerField()))
    if window.only_person is not None:
        actions = actions.filter(
            Q(owner=window.only_person) | Q(owner=None, made_by=window.only_person)
        )
    return duty_rows(
        actions.filter(Exists(posts)),
        window,
        kind=ACT,
        person="doer",
        subject=Value(""),
        page="review__day",
        happens_at="review__day__starts_at",
        asked_at="made_at",
        due_at="due_at",
        school="review__school",
        alliance="review__cycle__alliance",
        sender="review__cycle__alliance__name",
        done_at="done_at",
    )


AFTERWARDS: tuple[DutyKind, ...] = (
    kind(
        ARRANGE,
        "Ask a champion and arrange the workshop after a review",
        "twenty school days after the report is released",
        _to_arrange,
        title="Arrange the workshop after your review",
        url=AFTER,
        action="Arrange it",
        is_host=True,
        offsets=(-10, -5, 0, 3),
        goes_up_after=5,
        goes_up_to=ORGANISER,
    ),
    kind(
        SAY_HELD,
        "Say what came of the workshop after a review",
        "the end of the workshop",
        _to_say,
        title="Say what came of the workshop after your review",
        url=AFTER,
        action="Write it down",
        is_host=True,
        offsets=(1, 4),
    ),
    kind(
        ACT,
        "Do what you took on after a review",
        "5pm of the day that its school sets",
        _to_do,
        title="Do what you took on after a review",
        url=AFTER,
        action="See what it is",
        is_host=True,
        why=lambda duty: f"You have this because your school was reviewed in {duty.sender}.",
        offsets=(-3, 0, 7),
        beside="",
    ),
    kind(
        CHECK_BACK,
        "Say what changed after a review",
        "ninety days after the report is released",
        _to_check_back,
        title="Say what changed after your review",
        url=AFTER,
        action="Say what changed",
        is_host=True,
        offsets=(-14, -3, 0, 3),
        goes_up_after=5,
        goes_up_to=LEAD,
        up_url=page(AFTER),
    ),
)
