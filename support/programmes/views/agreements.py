"""The agreement is drafted by the director's side, looked at whole, and sent to be signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from partnership.toolkit.spoken_dates import spoken_day
from partnership.toolkit.versions import ChangedSince
from support.programmes.forms.agreements import DraftForm, ReasonForm, words_of
from support.programmes.gating import gates_for, standing_strands
from support.programmes.models import Agreement, Programme
from support.programmes.permissions import Rights
from support.programmes.services import (
    DraftAlready,
    NoDraft,
    NotComplete,
    NotYetMatched,
    OtherStrands,
    drop_draft,
    keep_draft,
    lacking_in,
    renew_agreement,
    send_agreement,
)
from support.programmes.services.drafting import spans_of
from support.programmes.terms import usual_times
from support.programmes.views.finding import form_page, question_page, rights_or_404
from support.programmes.wording import (
    CONFIDENTIALITY_WORDS,
    DATA_WORDS,
    MONEY_WORDS,
    canonical_text,
    changes_between,
    sections_of,
)
from support.programmes.wording.gathering import facts_of, signing_parties, strand_facts

State = Agreement.State
FOR_THE_ALLIANCE = "The alliance’s director writes the agreement, or whom she names."
NOT_MATCHED = "The agreement is written once support is found, as long as the programme goes on."
OTHER_STRANDS = (
    "What was brokered has changed since the version before was sent, so that one can’t go on. "
    "Send the new version, or broker as it was."
)
CHANGED = "The agreement has changed meanwhile. Look at it again."
REFUSALS: Refusals = {
    NotYetMatched: ("", NOT_MATCHED),
    NoDraft: ("", CHANGED),
    DraftAlready: ("", "A newer version is being drafted already."),
}


def _rights_to_draft(request: PersonRequest, pk: int) -> tuple[Rights, bool]:
    """What she may do, and whether the programme has come so far."""
    rights = rights_or_404(request, pk)
    require(rights.is_of_alliance, FOR_THE_ALLIANCE)
    programme = rights.programme
    is_open = programme.state == Programme.State.OPEN and programme.matched_at is not None
    if not is_open:
        messages.info(request, NOT_MATCHED)
    return rights, is_open


def _last_version(programme: Programme) -> Agreement | None:
    found = Agreement.objects.filter(programme=programme).order_by("-number").first()
    if found is not None:
        found.programme = programme
    return found


def agreement_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """What the draft says; the first one is made by keeping it."""
    rights, is_open = _rights_to_draft(request, pk)
    programme = rights.programme
    if not is_open:
        return redirect(programme)
    last = _last_version(programme)
    if last is not None and last.state != State.DRAFT:
        return redirect("programmes:agreement_renew", pk)
    form = _draft_form(request, programme, last)
    if form.is_valid() and _kept(request, form, programme):
        messages.success(request, "The draft is kept. Only the director’s side sees it so far.")
        wants_more = request.POST.get("then") == "send"
        return redirect("programmes:agreement_send", pk) if wants_more else redirect(programme)
    strands = standing_strands(programme)
    context = {
        "programme": programme,
        "form": form,
        "number": last.number if last else 1,
        "last": last,
        "strands": [strand_facts(strand) for strand in strands],
        "parties": signing_parties(programme, strands),
    }
    return render(request, "programmes/agreement_form.html", context)


def _draft_form(request: PersonRequest, programme: Programme, draft: Agreement | None) -> DraftForm:
    now = timezone.now()
    typed = request.POST if request.method == "POST" else None
    terms, sign_on = usual_times(programme.school_id, now)
    spans = [(term.starts_on, term.ends_on) for term in terms]
    words: dict[str, Any] = {
        "outcomes": programme.outcomes,
        "money": MONEY_WORDS,
        "data_words": DATA_WORDS,
        "confidentiality_words": CONFIDENTIALITY_WORDS,
        "sign_on": sign_on,
    }
    if draft is not None:
        kept = words_of(draft)
        words = {**kept, "sign_on": kept["sign_on"] or sign_on}
        spans = spans_of(draft) or spans
    return DraftForm(typed, words=words, spans=spans, today=timezone.localdate(now))


def _kept(request: PersonRequest, form: DraftForm, programme: Programme) -> bool:
    return saved(
        form,
        REFUSALS,
        service=keep_draft,
        programme=programme,
        changes=form.said,
        terms=form.spans,
        by=request.user,
        now=timezone.now(),
        seen_version=form.seen,
    )


def agreement_send(request: PersonRequest, pk: int) -> HttpResponse:
    """The draft as it will be signed; sending it fixes every word."""
    rights, is_open = _rights_to_draft(request, pk)
    draft = _last_version(rights.programme) if is_open else None
    if draft is None or draft.state != State.DRAFT:
        return redirect(rights.programme)
    now = timezone.now()
    if request.method == "POST":
        return _sent(request, rights.programme)
    text = canonical_text(facts_of(draft, list(draft.terms.order_by("number"))))
    before = _text_that_counts(rights.programme)
    context = {
        "programme": rights.programme,
        "agreement": draft,
        "sections": sections_of(text),
        "changes": changes_between(before, text) if before else [],
        "lacking": lacking_in(draft, now=now),
        "closed": [gate for gate in gates_for(rights.programme) if not gate.is_open],
    }
    return render(request, "programmes/agreement_send.html", context)


def _text_that_counts(programme: Programme) -> str:
    sent = Agreement.objects.filter(programme=programme).exclude(state=State.DRAFT)
    return sent.order_by("-number").values_list("text", flat=True).first() or ""


def _sent(request: PersonRequest, programme: Programme) -> HttpResponse:
    seen = request.POST.get("seen_version", "")
    try:
        sent = send_agreement(
            programme=programme,
            by=request.user,
            now=timezone.now(),
            seen_version=int(seen) if seen.isdecimal() else 0,
        )
    except (NotComplete, ChangedSince):
        messages.error(request, "It was not sent: the draft is not complete, or has changed.")
        return redirect("programmes:agreement_send", programme.pk)
    except (NoDraft, NotYetMatched):
        messages.error(request, CHANGED)
        return redirect(programme)
    by_when = spoken_day(sent.sign_by) if sent.sign_by else ""
    messages.success(request, f"Sent. All parties are asked to sign by {by_when}.")
    return redirect(programme)


def agreement_renew(request: PersonRequest, pk: int) -> HttpResponse:
    """A change after sending: a newer version, which all sign anew."""
    rights, is_open = _rights_to_draft(request, pk)
    programme = rights.programme
    last = _last_version(programme) if is_open else None
    if last is None:
        return redirect(programme)
    if last.state == State.DRAFT:
        return redirect("programmes:agreement_edit", pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    told = {"programme": programme, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=renew_agreement, **told, because=form.cleaned_data["because"]
    ):
        messages.success(request, "A new version is begun, with the words of the last one.")
        return redirect("programmes:agreement_edit", pk)
    lead = (
        f"Version {last.number} is not signed any more from now on; if all have signed it, it "
        "holds until the new one is sent. Then all parties sign anew."
    )
    back = address("programmes:programme_detail", pk)
    return form_page(
        request, programme, form, Wording("A new version?", "Begin a new version", back, lead)
    )


def agreement_drop(request: PersonRequest, pk: int) -> HttpResponse:
    """The draft goes; what was sent before goes on."""
    rights, is_open = _rights_to_draft(request, pk)
    programme = rights.programme
    last = _last_version(programme) if is_open else None
    if last is None or last.state != State.DRAFT:
        return redirect(programme)
    if request.method == "POST":
        try:
            drop_draft(programme=programme, by=request.user, now=timezone.now())
        except (NoDraft, NotYetMatched, OtherStrands) as refused:
            is_other = isinstance(refused, OtherStrands)
            messages.error(request, OTHER_STRANDS if is_other else CHANGED)
        else:
            messages.success(request, f"The draft of version {last.number} is dropped.")
        return redirect(programme)
    lead = "Its words are lost. A version that was sent before goes on as it was."
    back = address("programmes:programme_detail", pk)
    wording = Wording(f"Drop the draft of version {last.number}?", "Drop it", back, lead)
    return question_page(request, programme, None, wording)
