"""A reviewer’s notes of evidence, written on the page itself, with a script or without."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from partnership.toolkit.pagination import page_of
from reviews.days.course.opening import Writing, notes_of, opens_at
from reviews.days.forms.notes import NoteForm, values_of_note
from reviews.days.models import Note
from reviews.days.parts.evidence import (
    NOTES_A_PAGE,
    activities_of,
    line_of,
    own_notes,
    themes_of,
)
from reviews.days.permissions import ReviewRights
from reviews.days.services.noting import (
    NotYetOpen,
    StandsBehindFinding,
    WritingHasEnded,
    add_note,
    change_note,
    remove_note,
)
from reviews.days.views.finding import (
    FOR_TEAM,
    facts_for,
    private,
    require_notes,
    review_for,
    review_form_page,
    review_page,
    review_question_page,
)

LIST = "days:note_list"
NOT_OPEN = "Notes open on the morning of the day."
ENDED = "The findings are agreed: notes stay as they are."
BEHIND = "The team has chosen this note as evidence. Take it from the finding first."
REFUSALS: Refusals = {
    NotYetOpen: ("", NOT_OPEN),
    WritingHasEnded: ("", ENDED),
    StandsBehindFinding: ("", BEHIND),
}


def writing_rights(request: PersonRequest, pk: int) -> ReviewRights:
    """Her rights in a review for whose team she writes, or 404 or 403."""
    rights = review_for(request, pk)
    require_notes(rights)
    require(rights.may_step, FOR_TEAM)
    return rights


@private
@require_http_methods(["GET", "HEAD", "POST"])
def note_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Her own notes, and the box for the next one."""
    now = timezone.now()
    rights = review_for(request, pk)
    require_notes(rights)
    form = None
    if request.method == "POST":
        require(rights.may_step, FOR_TEAM)
        form = _form(rights, request.POST)
        told = {"review": rights.review, "by": request.user, "now": now}
        if form.is_valid() and saved(form, REFUSALS, service=add_note, note=form.sent(now), **told):
            messages.success(request, "Note kept.")
            return redirect(LIST, pk=pk)
    return _list_page(request, rights, form, now)


def _list_page(
    request: PersonRequest, rights: ReviewRights, form: NoteForm | None, now: datetime
) -> HttpResponse:
    facts = facts_for(rights)
    writing = notes_of(facts, now)
    notes = page_of(own_notes(rights.review, request.user), request, size=NOTES_A_PAGE)
    may_write = writing == Writing.OPEN and rights.may_step
    if form is None and may_write:
        form = _form(rights, None, like=notes.rows[0] if notes.rows else None)
    nouns = {
        "form": form,
        "notes": notes,
        "lines": [line_of(note) for note in notes],
        "may_write": may_write,
        "may_send": writing == Writing.ENDED and rights.may_step,
        "is_before": writing == Writing.BEFORE,
        "opens_at": opens_at(facts.starts_at) if facts.starts_at is not None else None,
        "all_views_are_in": facts.all_views_are_in,
    }
    return review_page(request, rights, "days/note_list.html", LIST, **nouns)


def _form(rights: ReviewRights, typed: Any, *, like: Note | None = None) -> NoteForm:
    """An empty one of the last note’s theme and place."""
    initial: dict[str, Any] = {"key": uuid4()}
    if like is not None:
        initial |= {"theme": str(like.theme_id or ""), "activity": like.activity}
    review = rights.review
    return NoteForm(
        typed, initial=initial, themes=themes_of(review), activities=activities_of(review)
    )


def _own_note(request: PersonRequest, rights: ReviewRights, note_pk: int) -> Note:
    """One of hers that stands; of the others’ there is none."""
    own = Note.objects.filter(review=rights.review, author=request.user, removed_at=None)
    note: Note = get_object_or_404(own, pk=note_pk)
    note.review = rights.review
    return note


@private
def note_edit(request: PersonRequest, pk: int, note_pk: int) -> HttpResponse:
    """Change one of hers."""
    now = timezone.now()
    rights = writing_rights(request, pk)
    note = _own_note(request, rights, note_pk)
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial=values_of_note(note),
        themes=themes_of(rights.review),
        activities=activities_of(rights.review),
    )
    told = {"note": note, "by": request.user, "now": now}
    if form.is_valid() and saved(
        form, REFUSALS, service=change_note, sent=form.sent(now, note), **told
    ):
        messages.success(request, "Note changed.")
        return redirect(LIST, pk=pk)
    wording = Wording("Change a note", "Keep the change", address(LIST, pk))
    return review_form_page(request, rights, form, wording, LIST)


@private
def note_remove(request: PersonRequest, pk: int, note_pk: int) -> HttpResponse:
    """Ask first, then take one of hers back."""
    rights = writing_rights(request, pk)
    note = _own_note(request, rights, note_pk)
    if request.method == "POST":
        try:
            remove_note(note=note, by=request.user, now=timezone.now())
        except tuple(REFUSALS) as refused:
            messages.error(request, REFUSALS[type(refused)][1])
        else:
            messages.success(request, "Note removed.")
        return redirect(LIST, pk=pk)
    wording = Wording(
        title="Remove this note?",
        button="Remove it",
        back=address(LIST, pk),
        lead=f"“{note.text[:200]}” goes for good, with nothing kept of its words.",
    )
    return review_question_page(request, rights, wording, LIST)
