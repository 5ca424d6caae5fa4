"""Each reviewer’s own view, hidden from the others until all are in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from reviews.cycles.models import Theme
from reviews.days.course.opening import Writing, opens_at, views_of
from reviews.days.forms.own_views import ViewForm, values_of_view
from reviews.days.models import Review, View
from reviews.days.parts.evidence import (
    Reviewer,
    labels_of,
    own_notes_of,
    own_views,
    team_of,
    themes_of,
)
from reviews.days.permissions import ReviewRights
from reviews.days.services.noting import NotYetOpen
from reviews.days.services.viewing import (
    AllViewsAreIn,
    Herself,
    NotGoing,
    SaidComplete,
    SaysNothing,
    complete_views,
    go_on_without,
    keep_view,
    reopen_views,
    wait_again,
)
from reviews.days.views.finding import (
    FOR_LEAD,
    facts_for,
    private,
    require_notes,
    review_for,
    review_page,
    review_question_page,
)
from reviews.days.views.notes import writing_rights

LIST = "days:view_list"
REFUSALS: Refusals = {
    AllViewsAreIn: ("", "All views are in: yours stays as it is. Say the rest in the moderation."),
    Herself: ("", "You can’t go on without your own view."),
    NotGoing: ("", "No longer in the team, so nobody waits."),
    NotYetOpen: ("", "Views open on the morning of the day."),
    SaidComplete: ("", "You have said that your view is complete. Take that back first."),
    SaysNothing: ("", "Write something about one theme first."),
}


@private
@require_safe
def view_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Her view theme by theme, and whose are in."""
    now = timezone.now()
    rights = review_for(request, pk)
    require_notes(rights)
    facts, team = facts_for(rights), team_of(rights.review)
    views = own_views(rights.review, request.user)
    writing = views_of(facts, now)
    is_complete = any(each.is_complete for each in team if each.person == request.user)
    is_open = writing == Writing.OPEN and rights.may_step
    nouns = {
        "themes": [(theme, views.get(theme.pk)) for theme in themes_of(rights.review)],
        "saved_versions": _versions(views),
        "team": team,
        "is_before": writing == Writing.BEFORE,
        "opens_at": opens_at(facts.starts_at) if facts.starts_at is not None else None,
        "is_complete": is_complete,
        "may_write": is_open and not is_complete,
        "may_reopen": is_open and is_complete,
        "may_excuse": is_open and rights.is_lead,
        "all_views_are_in": facts.all_views_are_in,
    }
    return review_page(request, rights, "days/view_list.html", LIST, **nouns)


def _versions(views: dict[int, View]) -> str:
    """Which version of each theme the portal has, for the device to let go what came in."""
    return " ".join(f"{theme}:{view.version}" for theme, view in views.items())


def _theme(review: Review, theme_pk: int) -> tuple[Theme, Theme | None]:
    """A theme of the framework, and the one after it."""
    themes = themes_of(review)
    for place, theme in enumerate(themes):
        if theme.pk == theme_pk:
            return theme, next(iter(themes[place + 1 :]), None)
    raise Http404


@private
def view_edit(request: PersonRequest, pk: int, theme_pk: int) -> HttpResponse:
    """What she thinks of one theme, with her own notes of it above."""
    rights = writing_rights(request, pk)
    review = rights.review
    theme, following = _theme(review, theme_pk)
    views = own_views(review, request.user)
    typed = request.POST if request.method == "POST" else None
    form = ViewForm(typed, initial=values_of_view(views.get(theme.pk)), labels=labels_of(review))
    if form.is_valid() and _is_kept(request, review, theme, form):
        messages.success(request, f"Your view of “{theme}” is kept.")
        if following is not None and "next" in request.POST:
            return redirect("days:view_edit", pk=pk, theme_pk=following.pk)
        return redirect(LIST, pk=pk)
    nouns = {
        "theme": theme,
        "following": following,
        "wording": Wording(f"Your view: {theme}", "Keep it", address(LIST, pk)),
        "form": form,
        "notes": own_notes_of(review, request.user, theme),
        "saved_versions": _versions(views),
    }
    return review_page(request, rights, "days/view_edit.html", LIST, **nouns)


def _is_kept(request: PersonRequest, review: Review, theme: Theme, form: ViewForm) -> bool:
    told = {"review": review, "theme": theme, "by": request.user, "now": timezone.now()}
    what = {"changes": form.view_changes, "seen_version": form.seen}
    return saved(form, REFUSALS, service=keep_view, **what, **told)


def views_complete(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask what is still empty, then say that her view is complete."""
    rights = writing_rights(request, pk)
    if request.method == "POST":
        told = "Your view is complete."
        return _done(request, rights, told, complete_views)
    views = own_views(rights.review, request.user)
    said = {theme for theme, view in views.items() if view.says_something}
    empty = [str(theme) for theme in themes_of(rights.review) if theme.pk not in said]
    lacking = f"You have written nothing about: {', '.join(empty)}. " if empty else ""
    wording = Wording(
        title="Is your view complete?",
        button="It is complete",
        back=address(LIST, pk),
        lead=f"{lacking}Once everybody’s is, the whole team reads all of them and all notes, "
        "and nobody changes their own any more.",
    )
    return review_question_page(request, rights, wording, LIST, look="primary")


@require_POST
def views_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it back."""
    rights = writing_rights(request, pk)
    return _done(request, rights, "Your view is open again.", reopen_views)


def _lead_and_reviewer(
    request: PersonRequest, pk: int, person_pk: int
) -> tuple[ReviewRights, Reviewer]:
    """The lead’s rights, and somebody of her team."""
    rights = writing_rights(request, pk)
    require(rights.is_lead, FOR_LEAD)
    for each in team_of(rights.review):
        if each.person.pk == person_pk:
            return rights, each
    raise Http404


def reviewer_excuse(request: PersonRequest, pk: int, person_pk: int) -> HttpResponse:
    """Ask first, then go on without somebody’s view."""
    rights, reviewer = _lead_and_reviewer(request, pk, person_pk)
    person: Person = reviewer.person
    if request.method == "POST":
        told = f"The team goes on without the view of {person}."
        return _done(request, rights, told, go_on_without, person=person)
    wording = Wording(
        title=f"Go on without the view of {person}?",
        button="Go on without it",
        back=address(LIST, pk),
        lead="Once all the others are in, everybody of the team reads them, and this can’t be "
        f"taken back. {person} can still talk and agree in the moderation.",
    )
    return review_question_page(request, rights, wording, LIST)


@require_POST
def reviewer_await(request: PersonRequest, pk: int, person_pk: int) -> HttpResponse:
    """Wait for it after all."""
    rights, reviewer = _lead_and_reviewer(request, pk, person_pk)
    told = f"The team waits for the view of {reviewer.person}."
    return _done(request, rights, told, wait_again, person=reviewer.person)


def _done(
    request: PersonRequest,
    rights: ReviewRights,
    told: str,
    service: Callable[..., object],
    **work: Any,
) -> HttpResponse:
    """Do it and say so, or say why not."""
    try:
        service(review=rights.review, by=request.user, now=timezone.now(), **work)
    except tuple(REFUSALS) as refused:
        messages.error(request, REFUSALS[type(refused)][1])
    else:
        messages.success(request, told)
    return redirect(LIST, pk=rights.review.day_id)
