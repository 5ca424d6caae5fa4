"""A party reads the whole agreement, shows that it is her, and signs; or declines."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.people.ways import ways_of
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from support.programmes.forms.agreements import DeclineForm
from support.programmes.gating import Gate, all_open, gates_for
from support.programmes.models import Agreement, Programme, Signature
from support.programmes.parts.agreement import Place, places_of
from support.programmes.permissions import Rights
from support.programmes.services import (
    GatesClosed,
    NotToBeSigned,
    OtherWords,
    SettledAlready,
    decline_agreement,
    sign_agreement,
)
from support.programmes.views.finding import question_page, rights_or_404
from support.programmes.views.proving import has_shown_elsewhere, shown_just_now
from support.programmes.ways import signs_as
from support.programmes.wording import sections_of

FOR_SIGNERS = "The heads and the director sign, and to whom a head delegated signing."
NOTHING_TO_SIGN = "Nothing waits for your signature in this programme."
CHANGED = "This version isn’t to be signed any more. Look at what stands now."
OTHER_WORDS = "The words have changed since you opened the page. Read them again before you sign."
OTHER_VERSION = (
    "There is another version since you opened this page. Read it first; what you typed is kept."
)
CLOSED = "It can’t be signed yet: something has to be there before. It stands on top of the page."
ALL_SIGNED = " All have signed: the agreement holds, and everybody in it is told."
SHOW_FIRST = "Show first that it is you, with the account by which you sign in."
REFUSALS: Refusals = {
    NotToBeSigned: ("", CHANGED),
    SettledAlready: ("", CHANGED),
    OtherWords: ("", OTHER_VERSION),
}
REFUSED: dict[type[Exception], str] = {
    NotToBeSigned: CHANGED,
    SettledAlready: CHANGED,
    OtherWords: OTHER_WORDS,
    GatesClosed: CLOSED,
}


def _to_sign(programme: Programme) -> Agreement | None:
    if programme.sent_at is None:
        return None
    sent = Agreement.objects.filter(programme=programme, state=Agreement.State.SENT).first()
    if sent is not None:
        sent.programme = programme
    return sent


def _hers(rights: Rights, agreement: Agreement | None) -> list[Place]:
    """The places that wait for her."""
    if agreement is None or not rights.programme.is_standing():
        return []
    places = places_of(agreement, rights.person, timezone.now())
    return [place for place in places if place.is_to_be_given]


@never_cache
def agreement_sign(request: PersonRequest, pk: int) -> HttpResponse:
    """The whole text with its hash; the POST that signs must itself be shown to be hers."""
    rights = rights_or_404(request, pk)
    require(rights.may_sign, FOR_SIGNERS)
    agreement = _to_sign(rights.programme)
    hers = _hers(rights, agreement)
    if agreement is None or not hers:
        return _nothing_to_sign(request, rights, agreement)
    gates = gates_for(rights.programme)
    if request.method == "POST":
        return _signed(request, rights, agreement, hers, gates)
    person = request.user
    ways = None if person.has_usable_password() else ways_of(person)
    context = {
        "programme": rights.programme,
        "agreement": agreement,
        "sections": sections_of(agreement.text),
        "places": [(place, _as_what(request, rights, place.signature)) for place in hers],
        "closed": [gate for gate in gates if not gate.is_open],
        "ways": ways if ways and not ways.has_second_factor else None,
        "has_shown": bool(ways) and has_shown_elsewhere(request),
    }
    return render(request, "programmes/agreement_sign.html", context)


def _nothing_to_sign(
    request: PersonRequest, rights: Rights, agreement: Agreement | None
) -> HttpResponse:
    """Back to the programme; who had opened a version that is over by now is told so."""
    is_over = request.method == "POST" and agreement is None
    messages.info(request, CHANGED if is_over else NOTHING_TO_SIGN)
    return redirect(rights.programme)


def _as_what(request: PersonRequest, rights: Rights, signature: Signature) -> str:
    return signs_as(request.user, signature, rights.programme, on=timezone.localdate())


def _signed(
    request: PersonRequest,
    rights: Rights,
    agreement: Agreement,
    hers: list[Place],
    gates: list[Gate],
) -> HttpResponse:
    signature = _chosen(request, hers)
    if signature is None or not all_open(gates):
        return _again(request, rights, CLOSED if signature else OTHER_WORDS)
    as_what = _as_what(request, rights, signature)
    require(bool(as_what), FOR_SIGNERS)
    proof = shown_just_now(request, ways_of(request.user))
    if not proof:
        return _again(request, rights, SHOW_FIRST)
    signature.agreement = agreement
    told: dict[str, Any] = {"as_what": as_what, "by": request.user, "now": timezone.now()}
    text_hash = request.POST.get("text_hash", "")
    try:
        signed = sign_agreement(signature=signature, text_hash=text_hash, proof=proof, **told)
    except tuple(REFUSED) as refused:
        return _again(request, rights, REFUSED[type(refused)])
    holds = ALL_SIGNED if signed.state == Agreement.State.SIGNED else ""
    messages.success(request, f"You signed version {signed.number} as {as_what}.{holds}")
    return redirect(rights.programme)


def _again(request: PersonRequest, rights: Rights, sentence: str) -> HttpResponse:
    """Back to the page, which says why nothing was signed."""
    messages.error(request, sentence)
    return redirect("programmes:agreement_sign", rights.programme.pk)


def _chosen(request: PersonRequest, hers: list[Place]) -> Signature | None:
    """The place that she means, if it is hers."""
    named = request.POST.get("signature", "")
    return next((each.signature for each in hers if str(each.signature.pk) == named), None)


def agreement_decline(request: PersonRequest, pk: int) -> HttpResponse:
    """She doesn't sign, and says why."""
    rights = rights_or_404(request, pk)
    require(rights.may_sign, FOR_SIGNERS)
    agreement = _to_sign(rights.programme)
    hers = _hers(rights, agreement)
    if agreement is None or not hers:
        return _nothing_to_sign(request, rights, agreement)
    typed = request.POST if request.method == "POST" else None
    form = DeclineForm(typed, initial={"text_hash": agreement.text_hash})
    if form.is_valid() and _declined(request, form, rights, hers[0].signature, agreement):
        messages.success(
            request, "You declined. The director is told, and may write a new version."
        )
        return redirect(rights.programme)
    lead = (
        "This version ends for everybody, also for those who have signed. The director reads "
        "your reason and may write a new version."
    )
    back = address("programmes:agreement_sign", pk)
    wording = Wording("Decline to sign?", "Decline", back, lead)
    return question_page(request, rights.programme, form, wording)


def _declined(
    request: PersonRequest,
    form: DeclineForm,
    rights: Rights,
    signature: Signature,
    agreement: Agreement,
) -> bool:
    signature.agreement = agreement
    as_what = _as_what(request, rights, signature)
    require(bool(as_what), FOR_SIGNERS)
    is_saved = saved(
        form,
        REFUSALS,
        service=decline_agreement,
        signature=signature,
        **form.cleaned_data,
        as_what=as_what,
        by=request.user,
        now=timezone.now(),
    )
    if not is_saved:
        form.now_about(agreement.text_hash)
    return is_saved
