"""The swift review: both views, the head's reply, and what is decided by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import ChangedSince, apply_changes, lock
from support.programmes.models import Programme, ReviewNeed, ReviewView, SwiftReview
from support.programmes.services.telling import (
    directors_of,
    record_of,
    supported_side_of,
    tell_change,
    tell_turn,
)

Side = ReviewView.Side
GIVEN_AT = {Side.SCHOOL.value: "own_view_at", Side.ASSESSOR.value: "assessed_at"}


class NotTheTurn(Exception):
    """The review stands at another step than this one."""


def begin_review(
    *, programme: Programme, assessor: Person, due_at: datetime, by: Person, now: datetime
) -> SwiftReview:
    """The request was opened: the school gives its own view first."""
    review = SwiftReview.objects.create(programme=programme, assessor=assessor, due_at=due_at)
    today = now.astimezone(UK).date()
    heads = supported_side_of(programme, on=today)
    tell_turn(programme, heads, what="review-begun", by=by, now=now)
    record_of("swift review begun", programme, by=by, now=now)
    return review


@transaction.atomic
def keep_view(
    *,
    programme: Programme,
    side: str,
    changes: dict[str, Any],
    needs: Mapping[int, str],
    is_given: bool,
    by: Person,
    now: datetime,
    seen_version: int = 0,
) -> ReviewView:
    """Keep one side's view as a draft, or give it: then it stands still and the next has the turn.

    `needs` are words by area. Raises ChangedSince when somebody kept it meanwhile.
    """
    current = lock(programme)
    _refuse_out_of_turn(current, side)
    view = _view_of(current, side, by=by)
    if seen_version and view.version != seen_version:
        raise ChangedSince(view)
    given = {"submitted_at": now} if is_given else {}
    apply_changes(view, {**changes, **given, "written_by": by})
    if _needs_of(view) != dict(needs):
        view.needs.all().delete()
        rows = [ReviewNeed(view=view, area_id=area, words=said) for area, said in needs.items()]
        ReviewNeed.objects.bulk_create(rows)
    if is_given:
        _give(current, side, by=by, now=now)
    else:
        record_of("view drafted", current, by=by, now=now)
    return view


def _refuse_out_of_turn(programme: Programme, side: str) -> None:
    is_open = programme.state == Programme.State.OPEN
    moment = getattr(programme, GIVEN_AT[side])
    is_first = side == Side.SCHOOL or programme.own_view_at is not None
    if not is_open or moment is not None or not is_first:
        raise NotTheTurn


def _view_of(programme: Programme, side: str, *, by: Person) -> ReviewView:
    review = SwiftReview.objects.get(programme=programme)
    view, _is_new = ReviewView.objects.get_or_create(
        review=review, side=side, defaults={"written_by": by}
    )
    return view


def _needs_of(view: ReviewView) -> dict[int, str]:
    return dict(view.needs.order_by().values_list("area", "words"))


def _give(programme: Programme, side: str, *, by: Person, now: datetime) -> None:
    moment = GIVEN_AT[side]
    apply_changes(programme, {moment: now})
    today = now.astimezone(UK).date()
    if side == Side.SCHOOL:
        assessor = SwiftReview.objects.values_list("assessor", flat=True).get(programme=programme)
        turn = {assessor}
    else:
        turn = supported_side_of(programme, on=today)
    tell_turn(programme, turn, what=moment, by=by, now=now)
    record_of(f"{Side(side).label.lower()} given", programme, by=by, now=now)


@transaction.atomic
def reply_to_review(
    *, programme: Programme, agrees: bool, reply: str, by: Person, now: datetime
) -> SwiftReview:
    """The head has read both views: only now do they count."""
    current = lock(programme)
    is_open = current.state == Programme.State.OPEN
    if not is_open or current.assessed_at is None or current.replied_at is not None:
        raise NotTheTurn
    review = SwiftReview.objects.get(programme=current)
    apply_changes(review, {"agrees": agrees, "reply": reply, "replied_by": by})
    apply_changes(current, {"replied_at": now})
    today = now.astimezone(UK).date()
    tell_turn(current, directors_of(current, on=today), what="replied_at", by=by, now=now)
    record_of("head replied to the review", current, by=by, now=now)
    return review


@transaction.atomic
def judge_review(
    *,
    programme: Programme,
    approach: str,
    reasons: str,
    watch_on: date | None = None,
    by: Person,
    now: datetime,
) -> Programme:
    """Decide by the review how the alliance goes on, with reasons; the school is told at once."""
    current = lock(programme)
    is_open = current.state == Programme.State.OPEN
    if not is_open or current.replied_at is None or current.matched_at is not None:
        raise NotTheTurn
    review = SwiftReview.objects.get(programme=current)
    apply_changes(review, {"reasons": reasons, "judged_by": by})
    apply_changes(current, {"approach": approach, "judged_at": now, **_follows(approach, watch_on)})
    if approach == Programme.Approach.NOT_NOW:
        apply_changes(current, {"ended_at": now, "ended_because": "Not now"})
    today = now.astimezone(UK).date()
    told = supported_side_of(current, on=today) | directors_of(current, on=today)
    tell_change(current, told, what="judged", by=by, now=now)
    record_of("approach decided", current, by=by, now=now)
    return current


def _follows(approach: str, watch_on: date | None) -> dict[str, Any]:
    states: dict[str, str] = {
        Programme.Approach.WATCH: Programme.State.WATCHED,
        Programme.Approach.NOT_NOW: Programme.State.NOT_NOW,
    }
    is_watched = approach == Programme.Approach.WATCH
    state = states.get(approach, Programme.State.OPEN)
    if not is_watched or watch_on is None:
        return {"state": state, "watch_on": None, "watch_until": None}
    watch_until = datetime.combine(watch_on, time(17), tzinfo=UK)
    return {"state": state, "watch_on": watch_on, "watch_until": watch_until}


@transaction.atomic
def look_again(*, programme: Programme, by: Person, now: datetime) -> Programme:
    """A watched programme is judged afresh; the review stands, and its reasons are written anew."""
    current = lock(programme)
    if current.state != Programme.State.WATCHED:
        raise NotTheTurn
    changes = {
        "state": Programme.State.OPEN,
        "watch_on": None,
        "watch_until": None,
        "judged_at": None,
        "approach": "",
    }
    apply_changes(current, changes)
    record_of("watched programme looked at again", current, by=by, now=now)
    return current
