"""Findings are worded, read with the evidence behind them, agreed to and removed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.views.finding import Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.addresses import address
from partnership.toolkit.pagination import page_of
from partnership.toolkit.versions import ChangedSince
from reviews.days.forms.moderating import FindingForm, SeenForm
from reviews.days.models import Meaning, Note, Review, TeamStep, View
from reviews.days.parts.evidence import themes_of
from reviews.days.parts.moderation import agreed_to, finding_of, members_of, row_of
from reviews.days.permissions import ReviewRights
from reviews.days.services.agreeing import take_agreement_back
from reviews.days.services.finding import (
    FindingGone,
    add_finding,
    change_finding,
    remove_finding,
)
from reviews.days.views.finding import kept_if_gone, review_page, review_question_page
from reviews.days.views.moderating import (
    MODERATION,
    REFUSALS,
    done,
    moderated_for,
    moderation_at,
    to_moderate,
)

MOST_NOTES = 100
LONGEST_KEY = 18
FROM_VIEW = {"strengths": Meaning.STRENGTH, "development": Meaning.DEVELOPMENT}


def finding_for(rights: ReviewRights, pk: int) -> Any:
    """A finding of this review, or 404."""
    return found(finding_of(rights.review, pk))


def keys_among(said: list[str]) -> set[int]:
    """The numbers among what a page sent; nonsense is passed over."""
    return {int(key) for key in said if key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY}


def _form_page(
    request: PersonRequest, rights: ReviewRights, form: Any, wording: Wording, notes: Any = ()
) -> HttpResponse:
    nouns = {"form": form, "wording": wording, "above": "", "notes": notes}
    return review_page(request, rights, "days/finding_form.html", MODERATION, **nouns)


def finding_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Word a finding, from nothing, a theme, somebody's view or ticked notes."""
    rights = to_moderate(request, pk)
    themes = themes_of(rights.review)
    asked = request.POST if request.method == "POST" else request.GET
    notes = _notes(rights.review, asked.getlist("note"))
    form = FindingForm(
        request.POST if request.method == "POST" else None,
        initial=_handed_over(request, rights.review, notes),
        themes=themes,
    )
    told: dict[str, Any] = {"review": rights.review, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=add_finding,
        words=form.changes,
        notes=[note.pk for note in notes],
        **told,
    ):
        messages.success(request, "The finding is added, and you agree to it.")
        return redirect(moderation_at(pk, "findings"))
    lead = "The whole team sees it at once; each of the others is asked to agree."
    wording = Wording("Word a finding", "Add it", moderation_at(pk), lead)
    return _form_page(request, rights, form, wording, notes)


def _notes(review: Review, keys: list[str]) -> list[Note]:
    """The ticked notes, of this review alone."""
    wanted = keys_among(keys[:MOST_NOTES])
    if not wanted:
        return []
    live = Note.objects.filter(review=review, removed_at=None, pk__in=wanted)
    return list(live.select_related("author").order_by("written_at", "pk"))


def _handed_over(request: PersonRequest, review: Review, notes: list[Note]) -> dict[str, Any]:
    """What the form begins with: a theme, or one side of a view that is in."""
    side, keys = request.GET.get("of", ""), keys_among([request.GET.get("view", "")])
    if side in FROM_VIEW and keys:
        for view in View.objects.filter(review=review, pk__in=keys, author__in=_who_gave(review)):
            words = getattr(view, side)[:2000]
            return {"theme": view.theme_id, "meaning": FROM_VIEW[side].value, "words": words}
    themes = {note.theme_id for note in notes}
    return {"theme": themes.pop() if len(themes) == 1 else request.GET.get("theme", "")}


def _who_gave(review: Review) -> Any:
    """Whose view is in; an unfinished one stays its author's own."""
    return TeamStep.objects.filter(review=review, views_at__isnull=False).values("person")


def finding_edit(request: PersonRequest, pk: int, finding_pk: int) -> HttpResponse:
    """Word it otherwise; the others are asked again."""
    rights = to_moderate(request, pk)
    with kept_if_gone(request, REFUSALS[FindingGone][1]):
        finding = finding_for(rights, finding_pk)
    form = FindingForm(
        request.POST if request.method == "POST" else None,
        themes=themes_of(rights.review),
        finding=finding,
    )
    told: dict[str, Any] = {"finding": finding, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=change_finding,
        changes=form.changes,
        seen_version=form.seen,
        **told,
    ):
        messages.success(request, "The finding is saved, and you agree to it as it reads now.")
        return redirect(moderation_at(pk, f"finding-{finding.pk}"))
    lead = "Whatever you change, everybody else of the team is asked again."
    back = finding_at(pk, finding.pk)
    return _form_page(request, rights, form, Wording("Change the finding", "Save", back, lead))


def finding_at(pk: int, finding_pk: int) -> str:
    """Where a finding is read with its evidence."""
    return address("days:finding_detail", pk, finding_pk)


@require_safe
def finding_detail(request: PersonRequest, pk: int, finding_pk: int) -> HttpResponse:
    """A finding with the evidence behind it, and who agrees."""
    rights = moderated_for(request, pk)
    finding = finding_for(rights, finding_pk)
    members = members_of(rights.review)
    row = row_of(finding, agreed_to(finding), members, request.user.pk)
    notes = finding.evidence.filter(removed_at=None).select_related("author", "theme")
    page = page_of(notes.order_by("written_at", "pk"), request)
    nouns = {"row": row, "page": page, "may_moderate": rights.may_moderate}
    return review_page(request, rights, "days/finding_detail.html", MODERATION, **nouns)


@require_POST
def finding_disagree(request: PersonRequest, pk: int, finding_pk: int) -> HttpResponse:
    """She doesn't agree any more."""
    rights = to_moderate(request, pk)
    finding = finding_for(rights, finding_pk)
    if done(request, take_agreement_back, finding=finding, by=request.user, now=timezone.now()):
        messages.success(request, "You no longer agree to the finding.")
    return redirect(moderation_at(pk, f"finding-{finding.pk}"))


def finding_remove(request: PersonRequest, pk: int, finding_pk: int) -> HttpResponse:
    """Asks once more; what somebody changed meanwhile isn't removed unread."""
    rights = to_moderate(request, pk)
    finding = finding_for(rights, finding_pk)
    form = SeenForm(request.POST if request.method == "POST" else None, version=finding.version)
    told: dict[str, Any] = {"finding": finding, "by": request.user, "now": timezone.now()}
    if form.is_valid():
        try:
            is_gone = done(request, remove_finding, seen_version=form.seen, **told)
        except ChangedSince:
            messages.warning(request, "Somebody changed the finding meanwhile. Read it again.")
            return redirect(finding_at(pk, finding.pk))
        if is_gone:
            messages.success(request, "The finding is removed.")
        return redirect(moderation_at(pk, "findings"))
    lead = (
        f"“{finding.words}” It can’t be brought back, only worded anew. The notes behind it stay."
    )
    back = finding_at(pk, finding.pk)
    wording = Wording("Remove this finding?", "Remove it", back, lead)
    return review_question_page(request, rights, wording, MODERATION, form=form)
