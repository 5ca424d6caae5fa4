"""The end of support: final views, what lasts, what it changed, thanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import Refusals, Wording
from partnership.people.requests import PersonRequest
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import ways_on
from support.programmes.permissions import Rights
from support.programmes.services.asking import school_days_later
from support.programmes.views.finding import question_page
from support.progress.course import terms_of
from support.progress.course.ratings import TONES, meanings
from support.progress.models import PLANNING_SIDES, Ending, FinalView, SustainCheck
from support.progress.permissions import (
    can_answer_story,
    can_check_whether_it_lasts,
    can_give_days_back,
    can_give_final_view,
    can_name_story,
    can_open_review,
    final_side,
)
from support.progress.services import (
    FinalReviewOpen,
    MoreTimeToAnswer,
    NoFinalReview,
    NotGoingOn,
    NotTheLastTerm,
    OpenDays,
    end_without,
    give_back_rest,
    open_days,
    open_ending,
)
from support.progress.services.ending import SILENT_DAYS
from support.progress.views.finding import course_or_404, course_page, require_now

TAB = "progress:end_detail"
FOR_THE_DIRECTOR = "The alliance’s director does this, or whom she names."
RESTING = "The support is paused or over: nothing in it is changed."
REFUSALS: Refusals = {
    NotGoingOn: ("", RESTING),
    NotTheLastTerm: ("", "The last term of the support has not begun."),
    FinalReviewOpen: ("", "The final review is open already."),
    NoFinalReview: ("", "The final review is not open."),
    MoreTimeToAnswer: ("", "The silent school still has time."),
}


def _views_of(rights: Rights, *, are_shown: bool) -> list[FinalView]:
    """Both views once both are there; before that none, and one's own draft stands in its form."""
    if not are_shown:
        return []
    views = FinalView.objects.filter(programme=rights.programme, given_at__isnull=False)
    shown = list(views.select_related("written_by").order_by("side"))
    for view in shown:
        view.tone = TONES[view.overall]  # type: ignore[attr-defined]  # what the page shows
    return shown


def _given(rights: Rights) -> set[str]:
    views = FinalView.objects.filter(programme=rights.programme, given_at__isnull=False)
    return set(views.values_list("side", flat=True))


def _checks(rights: Rights, now: datetime) -> list[SustainCheck]:
    checks = SustainCheck.objects.filter(programme=rights.programme).select_related("given_by")
    found = list(checks.order_by("number"))
    for check in found:
        check.tone = TONES[check.stands]  # type: ignore[attr-defined]  # what the page shows
        check.is_open = check.opens_at <= now  # type: ignore[attr-defined]  # as above
        check.is_late = check.given_at is None and check.due_at < now  # type: ignore[attr-defined]  # as above
    return found


@require_safe
def end_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """All of the end on one page, to be read and printed."""
    rights = course_or_404(request, pk)
    now = timezone.now()
    named = ("checkback_given_by", "story_named_by", "story_agreed_by")
    endings = Ending.objects.filter(programme=rights.programme).select_related(*named)
    ending = endings.first()
    nouns = _nouns(request, rights, ending, now) if ending else {"may_open": _may_open(rights, now)}
    return course_page(
        request, rights, "progress/end_detail.html", "The end", TAB, ending=ending, **nouns
    )


def _may_open(rights: Rights, now: datetime) -> bool:
    """From the last term on."""
    last = terms_of(rights.programme).last
    has_begun = last is None or last.starts_on <= timezone.localdate(now)
    return can_open_review(rights) and has_begun


def _nouns(request: PersonRequest, rights: Rights, ending: Ending, now: datetime) -> dict[str, Any]:
    is_closed = ending.closed_at is not None
    given = set() if is_closed else _given(rights)
    views = _views_of(rights, are_shown=is_closed)
    shown = {view.side for view in views} if is_closed else given
    days = open_days(rights.programme) if is_closed and rights.is_of_alliance else []
    return {
        "sides": [(words, side.value in shown) for side, words in PLANNING_SIDES],
        "views": views,
        "thanks": [view for view in views if view.thanks],
        "is_late": not is_closed and ending.due_at < now,
        "checks": _checks(rights, now) if is_closed else [],
        "meanings": meanings(),
        "days_left": sum((row.days for row in days), 0),
        "checkback_is_late": _is_late(ending, now),
        "can_give": can_give_final_view(rights) and final_side(rights) not in given,
        "can_check": can_check_whether_it_lasts(rights),
        "can_give_back": bool(days) and can_give_days_back(rights),
        **_silent(rights, ending, given, now),
        **_story(request, rights, ending),
    }


def _is_late(ending: Ending, now: datetime) -> bool:
    by = ending.checkback_by
    return ending.checkback_given_at is None and by is not None and by < now


def _silent(rights: Rights, ending: Ending, given: set[str], now: datetime) -> dict[str, Any]:
    """From when the director may end the terms without a school that says nothing."""
    if ending.closed_at is not None or not can_open_review(rights):
        return {"silent_until": None, "can_end": False}
    until = school_days_later(ending.due_at, SILENT_DAYS, school=rights.programme.school_id)
    return {"silent_until": until, "can_end": until <= now}


def _story(request: PersonRequest, rights: Rights, ending: Ending) -> dict[str, Any]:
    """Whether others should read of it, for those alone who decide about it."""
    is_agreed = ending.story_agreed_at is not None
    may_begin = is_agreed and (can_name_story(rights) or can_answer_story(rights))
    finding = {"case_study": str(rights.programme.pk)}
    is_named = ending.story_named_at is not None
    return {
        "sees_story": can_name_story(rights) or (is_named and rights.is_of_school),
        "can_name": can_name_story(rights) and not is_named,
        "can_answer": can_answer_story(rights) and is_named,
        "bridges": ways_on(request.user, finding) if may_begin else [],
    }


def end_open(request: PersonRequest, pk: int) -> HttpResponse:
    """The director opens the final review before the portal does."""
    rights = course_or_404(request, pk)
    require_now(rights, can_open_review(rights), FOR_THE_DIRECTOR)
    wording = Wording(
        "Open the final review?",
        "Open the final review",
        address(TAB, pk),
        "Both heads are asked to look back at the whole. When both have, the terms of support end.",
    )
    return _asked(request, rights, wording, open_ending, "The final review is open.")


def end_close(request: PersonRequest, pk: int) -> HttpResponse:
    """The director ends the terms though a school is silent."""
    rights = course_or_404(request, pk)
    require_now(rights, can_open_review(rights), FOR_THE_DIRECTOR)
    wording = Wording(
        "End the terms without the silent school?",
        "End the terms",
        address(TAB, pk),
        "Its final view can’t be given after this. The page will say that there is none.",
    )
    return _asked(request, rights, wording, end_without, "The terms of support are over.")


def days_give_back(request: PersonRequest, pk: int) -> HttpResponse:
    """The director frees days that no follow-up visit needs."""
    rights = course_or_404(request, pk)
    require_now(rights, can_give_days_back(rights), FOR_THE_DIRECTOR)
    days = open_days(rights.programme)
    wording = Wording("Give the days back?", "Give them back", address(TAB, pk), _said_of(days))
    return _asked(request, rights, wording, give_back_rest, "The days are free again.")


def _said_of(days: Sequence[OpenDays]) -> str:
    count = f"{sum((row.days for row in days), 0):f}".removesuffix(".0")
    return (
        f"{count} days that were promised were not given. They are free for other schools then, and "
        "no follow-up visit can use them."
    )


def _asked(
    request: PersonRequest, rights: Rights, wording: Wording, service: Any, done: str
) -> HttpResponse:
    """Ask first; do it, say what is now true, or why it can't be."""
    if request.method == "POST":
        try:
            service(programme=rights.programme, by=request.user, now=timezone.now())
            messages.success(request, done)
        except tuple(REFUSALS) as refused:
            messages.warning(request, REFUSALS[type(refused)][1])
        return redirect(TAB, rights.programme.pk)
    return question_page(request, rights.programme, None, wording)
