"""The versions of an agreement: each whole, what changed between two, and on paper."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.documents import pdf, pdf_response
from partnership.toolkit.serving import serve_file
from support.programmes.models import Agreement
from support.programmes.parts.agreement import TONES, places_of
from support.programmes.permissions import Rights
from support.programmes.printing import agreement_facts
from support.programmes.views.finding import rights_or_404
from support.programmes.wording import changes_between, sections_of

FOR_PARTIES = "The agreement is read by those who sign it and whom they name."
PAIR = 2
State = Agreement.State


def _rights_to_read(request: PersonRequest, pk: int) -> Rights:
    rights = rights_or_404(request, pk)
    require(rights.sees_agreement, FOR_PARTIES)
    return rights


def _sent_version(rights: Rights, number: int) -> Agreement:
    sent = Agreement.objects.filter(programme=rights.programme, number=number)
    agreement = sent.exclude(state=State.DRAFT).first()
    if agreement is None:
        raise Http404
    agreement.programme = rights.programme
    return agreement


@require_safe
def agreement_detail(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """One version as it was sent, and who signed it."""
    rights = _rights_to_read(request, pk)
    agreement = _sent_version(rights, number)
    places = places_of(agreement, request.user, timezone.now())
    context = {
        "programme": rights.programme,
        "agreement": agreement,
        "tone": TONES[State(agreement.state)],
        "sections": sections_of(agreement.text),
        "places": places,
        "may_sign": any(place.is_to_be_given for place in places),
    }
    return render(request, "programmes/agreement_detail.html", context)


@require_safe
def agreement_pdf(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """One version on paper, with names, moments and hash; that it was taken is audited."""
    rights = _rights_to_read(request, pk)
    now: datetime = timezone.now()
    agreement = _sent_version(rights, number)
    places = places_of(agreement, request.user, now)
    record_export(of="An agreement on support", kind="pdf", by=request.user, at=now)
    made = pdf("programmes/agreement.typ", agreement_facts(agreement, places, now=now), at=now)
    return pdf_response(made, name=f"agreement-{pk}-version-{number}")


@require_safe
def agreement_words(request: PersonRequest, pk: int, number: int) -> FileResponse:
    """The very words of one version, for whoever wants to check the hash."""
    rights = _rights_to_read(request, pk)
    agreement = _sent_version(rights, number)
    now = timezone.now()
    record_export(of="An agreement on support", kind="txt", by=request.user, at=now)
    words = ContentFile(agreement.text.encode())
    name = f"agreement-{pk}-version-{number}.txt"
    return serve_file(words, name=name, content_type="text/plain; charset=utf-8")


@require_safe
def agreement_versions(request: PersonRequest, pk: int) -> HttpResponse:
    """Every version that was sent, and what changed from one to another."""
    rights = _rights_to_read(request, pk)
    sent = Agreement.objects.filter(programme=rights.programme).exclude(state=State.DRAFT)
    versions = list(sent.order_by("-number"))
    before, after = _chosen(request, versions)
    context = {
        "programme": rights.programme,
        "versions": [(each, TONES[State(each.state)]) for each in versions],
        "before": before,
        "after": after,
        "changes": changes_between(before.text, after.text) if before and after else [],
    }
    return render(request, "programmes/agreement_versions.html", context)


def _chosen(
    request: HttpRequest, versions: list[Agreement]
) -> tuple[Agreement | None, Agreement | None]:
    """The two that the address names, the older first; else the last two."""
    by_number = {str(each.number): each for each in versions}
    named = {request.GET.get("from", ""), request.GET.get("to", "")}
    found = sorted((by_number[each] for each in named & by_number.keys()), key=_number)
    if len(found) != PAIR:
        found = sorted(versions[:PAIR], key=_number)
    return (found[0], found[1]) if len(found) == PAIR else (None, None)


def _number(agreement: Agreement) -> int:
    return agreement.number
