"""All notes of the team by theme, to word findings from and to stand behind them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.pagination import Page, page_of
from partnership.toolkit.versions import ChangedSince
from reviews.days.forms.moderating import NoteFilter, SeenForm
from reviews.days.models import Finding, Note
from reviews.days.parts.evidence import themes_of
from reviews.days.parts.moderation import members_of
from reviews.days.permissions import ReviewRights
from reviews.days.services.finding import choose_evidence
from reviews.days.views.finding import private, require_notes, review_page
from reviews.days.views.findings import finding_at, finding_for, keys_among
from reviews.days.views.moderating import MODERATION, done, moderated_for, to_moderate

CHANGED = "Somebody changed the finding meanwhile. Read it, then save your ticks again."


@private
@require_safe
def moderation_notes(request: PersonRequest, pk: int) -> HttpResponse:
    """All notes by theme; ticked ones become the evidence of a new finding."""
    rights = moderated_for(request, pk)
    require_notes(rights)
    nouns = _listed(request, rights)
    return review_page(request, rights, "days/moderation_notes.html", MODERATION, **nouns)


def finding_evidence(request: PersonRequest, pk: int, finding_pk: int) -> HttpResponse:
    """Tick the notes that stand behind a finding, page by page."""
    rights = to_moderate(request, pk)
    finding = finding_for(rights, finding_pk)
    form = SeenForm(request.POST if request.method == "POST" else None, version=finding.version)
    if not form.is_valid():
        behind = finding.evidence.through.objects.filter(finding=finding.pk)
        ticked = set(behind.values_list("note", flat=True))
        return _evidence_page(request, rights, finding, ticked)
    ticked = keys_among(request.POST.getlist("note"))
    shown = keys_among(request.POST.getlist("shown"))
    told: dict[str, Any] = {"finding": finding, "by": request.user, "now": timezone.now()}
    told |= {"shown": shown, "ticked": ticked, "seen_version": form.seen}
    try:
        is_kept = done(request, choose_evidence, **told)
    except ChangedSince:
        messages.warning(request, CHANGED)
        return _evidence_page(request, rights, finding, ticked)
    if not is_kept:
        return redirect(finding_at(pk, finding.pk))
    messages.success(request, "The evidence is saved.")
    return redirect(request.get_full_path())


def _evidence_page(
    request: PersonRequest, rights: ReviewRights, finding: Any, ticked: set[int]
) -> HttpResponse:
    nouns = _listed(request, rights, ticked) | {"finding": finding}
    return review_page(request, rights, "days/moderation_notes.html", MODERATION, **nouns)


def _listed(
    request: PersonRequest, rights: ReviewRights, ticked: set[int] | None = None
) -> dict[str, Any]:
    """A page of the notes that the filters leave, by theme and time."""
    themes = themes_of(rights.review)
    members = members_of(rights.review)
    filterset = NoteFilter(request.GET, _notes(rights), themes=themes, members=members)
    page: Page = page_of(filterset.qs if filterset.is_valid() else filterset.queryset, request)
    for note in page:
        note.is_ticked = ticked is not None and note.pk in ticked
    chips = list(filterset.chips()) if filterset.is_valid() else []
    return {
        "filterset": filterset,
        "page": page,
        "chips": chips,
        "may_moderate": rights.may_moderate,
    }


def _notes(rights: ReviewRights) -> QuerySet[Note]:
    behind = Finding.objects.only("pk", "words").order_by("pk")
    notes = Note.objects.filter(review=rights.review, removed_at=None)
    return (
        notes.select_related("theme", "author")
        .prefetch_related(Prefetch("findings", queryset=behind, to_attr="behind"))
        .order_by(F("theme__place").asc(nulls_last=True), "theme", "written_at", "pk")
    )
