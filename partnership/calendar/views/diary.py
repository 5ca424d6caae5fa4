"""The diary: everything dated that concerns a person, or all of a group that she may see."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.calendar.diaries import Asked, diary_of, entries_of
from partnership.calendar.exporting import COLUMNS
from partnership.calendar.filters import DiaryFilter
from partnership.people.requests import PersonRequest
from partnership.toolkit.exports import export
from partnership.toolkit.registers import circles_of

FIRST_YEAR, LAST_YEAR = 2000, 2099


def _asked(request: PersonRequest, filters: DiaryFilter, today: date) -> Asked:
    return Asked(
        on=_day(request.GET.get("on", ""), today),
        kind=request.GET.get("span", ""),
        circle_id=filters.circle_id,
        keeps=filters.keeps,
    )


def _day(word: str, today: date) -> date:
    """The day that the address asks for; nonsense asks for today."""
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return today
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else today


def _link(request: PersonRequest) -> str:
    """This page for another day, but for the day."""
    rest = request.GET.copy()
    rest.pop("on", None)
    return f"?{rest.urlencode()}{'&' if rest else ''}on="


@require_safe
def diary_page(request: PersonRequest) -> HttpResponse:
    """A month or half term as a list and as a grid, with the weeks of the term around it."""
    today = timezone.localdate()
    filters = DiaryFilter(request.GET, circles_of(request.user, today))
    asked = _asked(request, filters, today)
    link = _link(request)
    context = {
        "filters": filters,
        "chips": list(filters.chips()),
        "asked": asked,
        "diary": diary_of(request.user, asked, today=today, link=link),
        "link": link,
        "today": today,
    }
    return render(request, "calendar/diary.html", context)


@require_safe
def diary_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """The page’s list as a file."""
    today = timezone.localdate()
    filters = DiaryFilter(request.GET, circles_of(request.user, today))
    rows = entries_of(request.user, _asked(request, filters, today), today=today)
    return export(kind, name="diary", columns=COLUMNS, rows=rows, on=today)
