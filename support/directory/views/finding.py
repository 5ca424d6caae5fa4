"""What the pages of the directory have in common: their tabs, their forms and their questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliances.membership.filters import order_of
from alliances.membership.forms.kept import BACKWARDS, PlainForm
from alliances.membership.services import EndsBeforeItStarts
from alliances.membership.views.finding import Refusals, Wording
from partnership.toolkit.addresses import address
from partnership.toolkit.pagination import page_of
from partnership.toolkit.spoken_dates import spoken_date
from support.directory.filters import EntryFilter
from support.directory.rows import Names, named

Crumbs = tuple[tuple[str, str], ...]
BACKWARDS_AT_END: Refusals = {EndsBeforeItStarts: ("ends_on", BACKWARDS)}
BACKWARDS_AT_LAST_DAY: Refusals = {EndsBeforeItStarts: ("last_day", BACKWARDS)}
TABS = (
    ("directory:practitioner_list", "Practitioners"),
    ("directory:offer_list", "Offers of schools"),
    ("directory:expert_list", "Experts from outside"),
    ("directory:shared_post_list", "Shared posts"),
)


def tabs(current: str) -> list[tuple[str, str, bool]]:
    """The four lists of the directory, and which of them this is."""
    return [(address(name), words, name == current) for name, words in TABS]


def home() -> tuple[str, str]:
    """The directory among the crumbs of a page below it."""
    return address("directory:practitioner_list"), "Directory"


def ended(what: str, form: PlainForm) -> str:
    """What is true once something has a last day."""
    return f"The {what} ends; {spoken_date(form.cleaned_data['last_day'])} is its last day."


def list_page(
    request: HttpRequest,
    name: str,
    filterset: EntryFilter,
    orders: dict[str, tuple[str, ...]],
    *,
    areas: Callable[[Iterable[int]], dict[int, Names]] | None = None,
    **more: Any,
) -> HttpResponse:
    """One of the directory's lists: its page of rows, each with its areas and phases in words."""
    order = request.GET.get("order", "")
    page = page_of(filterset.qs.order_by(*order_of(order, orders)), request)
    if areas is not None:
        named(page.rows, areas)
    context = {
        "tabs": tabs(f"directory:{name}"),
        "filterset": filterset,
        "chips": filterset.chips(),
        "page": page,
        "order": order,
        **more,
    }
    return render(request, f"directory/{name}.html", context)


def form_page(
    request: HttpRequest, form: PlainForm, wording: Wording, crumbs: Crumbs, **more: Any
) -> HttpResponse:
    """A page with one form."""
    context = {"form": form, "wording": wording, "crumbs": (home(), *crumbs), "is_handed": False}
    return render(request, "directory/thing_form.html", {**context, **more})


def question_page(
    request: HttpRequest, form: PlainForm | None, wording: Wording, crumbs: Crumbs
) -> HttpResponse:
    """Ask before something is ended; the lead says what follows."""
    context = {"form": form, "wording": wording, "crumbs": (home(), *crumbs)}
    return render(request, "directory/thing_end.html", context)
