"""The director words a framework: its head, its themes and its labels, as long as it is a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from reviews.cycles.forms.frameworks import FrameworkForm, JudgementForm, ThemeForm
from reviews.cycles.models import Framework, Judgement, Theme
from reviews.cycles.permissions import can_edit_framework
from reviews.cycles.services.frameworks import SettledAlready
from reviews.cycles.services.wording import (
    HasItAlready,
    add_worded,
    change_framework,
    change_worded,
    move_worded,
    remove_worded,
)
from reviews.cycles.views.finding import framework_or_404, framework_page, framework_question
from reviews.cycles.views.frameworks import SETTLED, TAKEN

SETTLED_MEANWHILE = "It was settled or removed meanwhile, so nothing was changed."
GONE_MEANWHILE = (SettledAlready, ObjectDoesNotExist)


@dataclass(frozen=True)
class Kind:
    """A theme or a label, and how pages speak of it."""

    model: type[Theme] | type[Judgement]
    form: type[Any]
    field: str
    word: str

    @property
    def refusals(self) -> Refusals:
        """What may stand against the words."""
        again = f"The framework has a {self.word} of that name already. Choose another name."
        return {HasItAlready: (self.field, again), SettledAlready: (self.field, SETTLED_MEANWHILE)}


KINDS = {
    "themes": Kind(Theme, ThemeForm, "name", "theme"),
    "labels": Kind(Judgement, JudgementForm, "label", "label"),
}


def _kind(kind: str) -> Kind:
    one: Kind = found([KINDS[kind]] if kind in KINDS else ())
    return one


def _to_word(request: PersonRequest, pk: int) -> Framework:
    framework = framework_or_404(request, pk)
    require(can_edit_framework(request.user, framework, timezone.localdate()), SETTLED)
    return framework


def framework_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Its name, what it is for, kinds of evidence."""
    framework = _to_word(request, pk)
    form = FrameworkForm(request.POST if request.method == "POST" else None, framework=framework)
    told = {"service": change_framework, "framework": framework, "by": request.user}
    refusals: Refusals = {**TAKEN, SettledAlready: ("summary", SETTLED_MEANWHILE)}
    if form.is_valid() and saved(
        form, refusals, **told, now=timezone.now(), changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, "Saved.")
        return redirect(framework)
    wording = Wording(f"Word {framework}", "Save", framework.get_absolute_url())
    return framework_page(request, framework.alliance, form, wording)


def worded_add(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    """A theme or a label more."""
    framework, its = _to_word(request, pk), _kind(kind)
    form = its.form(request.POST if request.method == "POST" else None)
    told = {"service": add_worded, "kind": its.model, "framework": framework, "by": request.user}
    if form.is_valid() and saved(form, its.refusals, **told, now=timezone.now(), **form.changes):
        messages.success(request, f"{form.changes[its.field]} added.")
        return redirect(f"{framework.get_absolute_url()}#{kind}")
    wording = Wording(
        f"Add a {its.word}",
        f"Add the {its.word}",
        framework.get_absolute_url(),
        f"To {framework}.",
    )
    return framework_page(request, framework.alliance, form, wording)


def worded_edit(request: PersonRequest, pk: int, kind: str, part_pk: int) -> HttpResponse:
    """Other words for a theme or label."""
    framework, its = _to_word(request, pk), _kind(kind)
    thing: Any = get_object_or_404(its.model, framework=framework, pk=part_pk)
    form = its.form(request.POST if request.method == "POST" else None, thing=thing)
    told = {"service": change_worded, "thing": thing, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, its.refusals, **told, changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, f"{form.changes[its.field]} saved.")
        return redirect(f"{framework.get_absolute_url()}#{kind}")
    wording = Wording(
        f"Word the {its.word}", "Save", framework.get_absolute_url(), f"Of {framework}."
    )
    return framework_page(request, framework.alliance, form, wording)


@require_POST
def worded_move(request: PersonRequest, pk: int, kind: str, part_pk: int) -> HttpResponse:
    """One place up or down."""
    framework, its = _to_word(request, pk), _kind(kind)
    thing: Any = get_object_or_404(its.model, framework=framework, pk=part_pk)
    up = request.POST.get("move") != "down"
    try:
        move_worded(thing=thing, up=up, by=request.user, now=timezone.now())
    except GONE_MEANWHILE:
        messages.error(request, SETTLED_MEANWHILE)
    else:
        messages.success(request, f"{thing} moved {'up' if up else 'down'}.")
    return redirect(f"{framework.get_absolute_url()}#{kind}")


def worded_remove(request: PersonRequest, pk: int, kind: str, part_pk: int) -> HttpResponse:
    """Asks once more."""
    framework, its = _to_word(request, pk), _kind(kind)
    thing: Any = get_object_or_404(its.model, framework=framework, pk=part_pk)
    if request.method == "POST":
        try:
            remove_worded(thing=thing, by=request.user, now=timezone.now())
        except GONE_MEANWHILE:
            messages.error(request, SETTLED_MEANWHILE)
        else:
            messages.success(request, f"{thing} is removed.")
        return redirect(f"{framework.get_absolute_url()}#{kind}")
    wording = Wording(
        f"Remove {thing}?",
        "Remove it",
        framework.get_absolute_url(),
        f"The {its.word} and its words leave {framework}.",
    )
    return framework_question(request, framework, wording)
