"""The mails of an alliance in its own words."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.forms.mails import MailWordingForm
from alliances.membership.models import Alliance
from alliances.membership.permissions import can_word_mails
from alliances.membership.views.finding import alliance_for, saved
from partnership.audit.history import history_of, wants_whole_history
from partnership.notices.models import MailWording
from partnership.notices.placeholders import PLACEHOLDERS
from partnership.notices.services import word_mail
from partnership.notices.wording import WordedKind, sample_letter, worded, worded_kinds
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.registers import Letter
from partnership.toolkit.versions import ChangedSince

REFUSED = "The director of the alliance and portal staff word its mails."


def _alliance(request: PersonRequest, slug: str) -> Alliance:
    alliance = alliance_for(request, slug)
    require(can_word_mails(request.user, alliance, timezone.localdate()), REFUSED)
    return alliance


def _kind(key: str) -> WordedKind:
    kind = next((kind for kind in worded_kinds() if kind.key == key), None)
    if kind is None:
        raise Http404
    return kind


def _wording(alliance: Alliance, kind: WordedKind) -> MailWording:
    wordings = MailWording.objects.filter(alliance_id=alliance.pk, kind=kind.key)
    return wordings.first() or MailWording(alliance_id=alliance.pk, kind=kind.key, version=0)


@require_safe
def mail_list(request: PersonRequest, slug: str) -> HttpResponse:
    """Every kind of mail that the alliance may word, and whose words it has now."""
    alliance = _alliance(request, slug)
    own = MailWording.objects.own_words().filter(alliance_id=alliance.pk)
    words = {wording.kind: wording for wording in own}
    rows = [(kind, words.get(kind.key)) for kind in worded_kinds()]
    return render(request, "membership/mail_list.html", {"alliance": alliance, "rows": rows})


def mail_edit(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    """Word one kind of mail; shown with sample data before it is saved, if she likes."""
    alliance = _alliance(request, slug)
    worded_kind = _kind(kind)
    wording = _wording(alliance, worded_kind)
    form = MailWordingForm(request.POST if request.method == "POST" else None, wording=wording)
    told = {"alliance_id": alliance.pk, "kind": kind, "by": request.user, "now": timezone.now()}
    is_preview = "preview" in request.POST
    if form.is_valid() and not is_preview:
        words = {**form.changes, "seen_version": form.seen}
        if saved(form, {}, service=word_mail, **told, **words):
            messages.success(request, f"Saved: “{worded_kind.words}” goes out in these words now.")
            return redirect("membership:mail_list", slug=slug)
    context = {
        "alliance": alliance,
        "kind": worded_kind,
        "form": form,
        "wording": wording,
        "is_preview": is_preview,
        "preview": _preview(alliance, worded_kind, wording, form),
        "placeholders": PLACEHOLDERS,
        "history": history_of(wording, whole=wants_whole_history(request.GET))
        if wording.pk
        else [],
    }
    return render(request, "membership/mail_edit.html", context)


def _preview(
    alliance: Alliance, kind: WordedKind, wording: MailWording, form: MailWordingForm
) -> Letter:
    """The mail with sample data, as typed where that can be sent, else as it stands."""
    typed = wording
    if form.is_bound and form.is_valid():
        typed = MailWording(subject=form.changes["subject"], opening=form.changes["opening"])
    return worded(sample_letter(kind, sender=alliance.name), typed, name="Amina Hussain")


@require_POST
def mail_ours(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    """Go back to the portal's words; the history keeps hers."""
    alliance = _alliance(request, slug)
    worded_kind = _kind(kind)
    wording = _wording(alliance, worded_kind)
    if wording.is_ours:
        messages.info(request, f"“{worded_kind.words}” has the portal’s words already.")
        return redirect("membership:mail_list", slug=slug)
    try:
        word_mail(
            alliance_id=alliance.pk,
            kind=kind,
            subject="",
            opening="",
            seen_version=wording.version,
            by=request.user,
            now=timezone.now(),
        )
    except ChangedSince:
        messages.info(request, "Somebody has just worded this mail anew, so it stays as it is.")
    else:
        messages.success(request, f"“{worded_kind.words}” goes out in the portal’s words again.")
    return redirect("membership:mail_list", slug=slug)
