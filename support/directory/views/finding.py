"""What the pages of the directory have in common: their tabs, their forms and their questions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliances.membership.forms.kept import PlainForm
from alliances.membership.views.finding import Wording
from partnership.toolkit.addresses import address

Crumbs = tuple[tuple[str, str], ...]
TABS = (("directory:practitioner_list", "Practitioners"),)


def tabs(current: str) -> list[tuple[str, str, bool]]:
    """The four lists of the directory, and which of them this is."""
    return [(address(name), words, name == current) for name, words in TABS]


def home() -> tuple[str, str]:
    """The directory among the crumbs of a page below it."""
    return address("directory:practitioner_list"), "Directory"


def form_page(
    request: HttpRequest, form: PlainForm, wording: Wording, crumbs: Crumbs, **more: Any
) -> HttpResponse:
    """A page with one form."""
    context = {"form": form, "wording": wording, "crumbs": (home(), *crumbs), **more}
    return render(request, "directory/thing_form.html", context)


def question_page(
    request: HttpRequest, form: PlainForm | None, wording: Wording, crumbs: Crumbs
) -> HttpResponse:
    """Ask before something is ended; the lead says what follows."""
    context = {"form": form, "wording": wording, "crumbs": (home(), *crumbs)}
    return render(request, "directory/thing_end.html", context)
