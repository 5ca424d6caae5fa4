"""The gates before an agreement: interests, conflicts, due diligence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from support.directory.models import SupportRules
from support.programmes.forms.declaring import DeclareForm, DiligenceForm, SettleForm
from support.programmes.gating import asked_of, latest_checks, lines_in
from support.programmes.models import Declaration, Programme
from support.programmes.services import (
    NotAsked,
    NothingToSettle,
    OwnConflict,
    check_diligence,
    declare_interests,
    settle_conflict,
)
from support.programmes.services.declaring import is_before_signing
from support.programmes.views.around import rights_to_direct
from support.programmes.views.finding import form_page, rights_or_404

NOBODY_ASKS = "You are asked for this once support is found, and until all have signed."
GATES_ARE_OVER = "The gates stand between finding support and the last signature."
DECLARE_REFUSALS: Refusals = {NotAsked: ("", NOBODY_ASKS)}
SETTLE_REFUSALS: Refusals = {
    OwnConflict: ("", "Nobody settles their own conflict. Name somebody of the alliance for it."),
    NothingToSettle: ("", "This is settled, or something newer was declared."),
}
CHECK_REFUSALS: Refusals = {NothingToSettle: ("", GATES_ARE_OVER)}


def interests_declare(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that there is no conflict of interest, or what it is."""
    programme = rights_or_404(request, pk).programme
    asked = asked_of(programme, request.user, on=timezone.localdate())
    require(asked is not None, NOBODY_ASKS)
    form = DeclareForm(request.POST if request.method == "POST" else None)
    told = {"programme": programme, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, DECLARE_REFUSALS, service=declare_interests, **told, **form.facts
    ):
        messages.success(request, "Declared. You can declare anew if something changes.")
        return redirect(programme)
    lead = (
        "Family or friends in the other school, money, a post in both: whatever could make "
        "somebody doubt this support. Only you and the alliance’s director read it."
    )
    wording = Wording("Declare your interests", "Declare", programme.get_absolute_url(), lead)
    return form_page(request, programme, form, wording)


def conflict_settle(request: PersonRequest, pk: int, declaration_pk: int) -> HttpResponse:
    """Say how a declared conflict is dealt with."""
    programme = rights_to_direct(request, pk).programme
    declarations = Declaration.objects.filter(programme=programme, has_conflict=True)
    declaration = found(list(declarations.filter(pk=declaration_pk).select_related("person")))
    declaration.programme = programme
    form = SettleForm(request.POST if request.method == "POST" else None)
    told = {"declaration": declaration, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, SETTLE_REFUSALS, service=settle_conflict, **told, **form.cleaned_data
    ):
        messages.success(request, "The conflict of interest is settled.")
        return redirect(programme)
    wording = Wording(
        "Settle a conflict of interest",
        "Settle it",
        programme.get_absolute_url(),
        "Where it can’t be settled, give up the strand and find somebody else.",
    )
    above = "programmes/includes/_conflict.html"
    return form_page(request, programme, form, wording, above=above, declaration=declaration)


def diligence_check(request: PersonRequest, pk: int) -> HttpResponse:
    """What the alliance looked at in the supporting school."""
    programme = rights_to_direct(request, pk).programme
    if not is_before_signing(programme):
        messages.info(request, GATES_ARE_OVER)
        return redirect(programme)
    form = _diligence_form(request, programme)
    told = {"programme": programme, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, CHECK_REFUSALS, service=check_diligence, **told, **form.facts
    ):
        messages.success(request, "Due diligence is kept.")
        return redirect(programme)
    lead = f"On {programme.supporting_school}, by the alliance’s own list."
    wording = Wording("Due diligence", "Keep it", programme.get_absolute_url(), lead)
    return form_page(request, programme, form, wording)


def _diligence_form(request: PersonRequest, programme: Programme) -> DiligenceForm:
    return DiligenceForm(
        request.POST if request.method == "POST" else None,
        lines=lines_in(SupportRules.objects.get(alliance=programme.alliance_id).diligence),
        latest=latest_checks(programme),
        today=timezone.localdate(),
    )
