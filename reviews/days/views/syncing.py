"""Devices send notes that were written without a network; each comes in once."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partnership.people.requests import PersonRequest
from reviews.days.forms.notes import NotANote, sent_notes
from reviews.days.parts.evidence import themes_of
from reviews.days.services.noting import NotYetOpen, Outcome, WritingHasEnded, keep_notes
from reviews.days.views.finding import private
from reviews.days.views.notes import REFUSALS, writing_rights

BAD_REQUEST, CONFLICT = 400, 409


@private
@require_http_methods(["GET", "POST"])
def note_sync(request: PersonRequest, pk: int) -> HttpResponse:
    """Say who is signed in; take her notes, all or none, and say what became of each."""
    now = timezone.now()
    rights = writing_rights(request, pk)
    her_key = request.user.pk
    if request.method == "GET":
        return JsonResponse({"person": her_key, "token": get_token(request)})
    review = rights.review
    try:
        body = json.loads(request.body)
        themes = {theme.pk for theme in themes_of(review)}
        notes = sent_notes(body, themes=themes, now=now)
    except (NotANote, ValueError, RecursionError):
        return JsonResponse({"refused": "This can’t be read."}, status=BAD_REQUEST)
    if body.get("person") != her_key:
        return JsonResponse({"person": her_key}, status=CONFLICT)
    try:
        outcomes = keep_notes(review=review, notes=notes, by=request.user, now=now)
    except (NotYetOpen, WritingHasEnded) as refused:
        return JsonResponse({"refused": REFUSALS[type(refused)][1]}, status=CONFLICT)
    return JsonResponse({"person": her_key, "notes": [_said(each) for each in outcomes]})


def _said(outcome: Outcome) -> dict[str, Any]:
    note = outcome.note
    return {
        "key": str(note.key),
        "state": outcome.state.value,
        "version": note.version,
        "is_here": note.removed_at is None,
        "text": note.text,
    }
