"""Writing the note of a visit, giving it to the school, checking it, and letting others read it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import NotNow, require
from partnership.toolkit.spoken_dates import spoken_clock
from support.directory.services import NotEnoughDays
from support.programmes.forms.matching import NoForm
from support.programmes.permissions import Rights
from support.programmes.views.finding import form_page, question_page
from support.progress.forms.notes import (
    LONGEST,
    CheckForm,
    NotePartForm,
    ReleaseForm,
    note_forms,
    plain_words,
)
from support.progress.models import Held, NoteRelease, Visit, VisitNote
from support.progress.permissions import (
    can_check_notes,
    can_withdraw_release,
    can_write_note,
)
from support.progress.services import (
    NoteGiven,
    NotGoingOn,
    NotPlanned,
    WrittenElsewhere,
    check_note,
    give_note,
    keep_note,
    release_note,
    withdraw_release,
)
from support.progress.services.noting import seen_of
from support.progress.views.finding import course_page, require_now
from support.progress.views.visiting import REFUSALS, note_of, too_few, visit_for

WHO_CAME = "The note of a visit is written by whoever came."
FOR_THE_HEAD = "This is said by the supported school’s head, or by who acts for her."
ELSEWHERE = "You wrote on in this part elsewhere. Open the page again: both versions are kept."
LONGEST_NUMBER = 10
Layer = NoteRelease.Layer
TAB = "progress:visit_list"


def _to_write(request: PersonRequest, pk: int, visit_pk: int) -> tuple[Rights, Visit]:
    rights, visit = visit_for(request, pk, visit_pk)
    require_now(rights, can_write_note(rights, visit), WHO_CAME)
    return rights, visit


def note_write(request: PersonRequest, pk: int, visit_pk: int) -> HttpResponse:
    """Purpose stands above; with whom, what was seen and what was agreed are kept as one types."""
    rights, visit = _to_write(request, pk, visit_pk)
    if visit.noted_at is not None or visit.state == Held.CANCELLED:
        messages.warning(request, "The note of this visit can’t be changed any more.")
        return redirect(visit)
    forms = note_forms(request.POST if request.method == "POST" else None, note=note_of(visit))
    wrong = [form for form in forms if not form.is_valid()]
    if not wrong and _kept(request, visit, forms):
        if "give" in request.POST:
            return redirect("progress:note_give", pk, visit_pk)
        messages.success(request, "Your draft is saved. Nobody else reads it.")
        return redirect(visit)
    nouns = {
        "visit": visit,
        "forms": forms,
        "is_wrong": any(form.is_bound and form.errors for form in forms),
        "can_give": visit.ends_at <= timezone.now(),
        "is_late": visit.note_by is not None and visit.note_by < timezone.now(),
    }
    template, heading = "progress/note_write.html", "Note of the visit"
    return course_page(request, rights, template, heading, TAB, **nouns)


def _kept(request: PersonRequest, visit: Visit, forms: list[NotePartForm]) -> bool:
    """Keep all parts, or show what was written elsewhere beside what was typed."""
    words = {form.part: form.words for form in forms}
    seen = {form.part: form.seen for form in forms}
    try:
        keep_note(visit=visit, words=words, seen=seen, by=request.user, now=timezone.now())
    except WrittenElsewhere as changed:
        for form in forms:
            if form.part in changed.current:
                form.show_both(changed.current[form.part])
        messages.warning(request, "You wrote on elsewhere meanwhile. Compare, then save again.")
        return False
    except tuple(REFUSALS) as refused:
        forms[0].add_error(None, REFUSALS[type(refused)][1])
        return False
    return True


@require_POST
def note_draft(request: PersonRequest, pk: int, visit_pk: int) -> JsonResponse:
    """Keep what she is typing; her page calls it, and says when."""
    now = timezone.now()
    try:
        _rights, visit = _to_write(request, pk, visit_pk)
    except NotNow as refused:
        return JsonResponse({"refused": str(refused)}, status=409)
    part = request.POST.get("part", "")
    if part not in LONGEST:
        return JsonResponse({"refused": "The note has no such part."}, status=400)
    words = plain_words(request.POST.get("text", "")[: LONGEST[part]])
    seen = _number(request.POST.get("seen_version", ""))
    try:
        keep_note(visit=visit, words={part: words}, seen={part: seen}, by=request.user, now=now)
    except WrittenElsewhere:
        return JsonResponse({"refused": ELSEWHERE}, status=409)
    except (NotGoingOn, NotPlanned, NoteGiven) as refused:
        return JsonResponse({"refused": REFUSALS[type(refused)][1]}, status=409)
    saved_at = spoken_clock(timezone.localtime(now))
    return JsonResponse({"saved": saved_at, "seen": seen_of(words)})


def _number(typed: str) -> int:
    """The number of a part as it was opened; nonsense is none."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return int(typed) if is_number else -1


def note_give(request: PersonRequest, pk: int, visit_pk: int) -> HttpResponse:
    """Ask once more: the school reads it then, and nobody changes it."""
    rights, visit = _to_write(request, pk, visit_pk)
    note = note_of(visit)
    if note is None or visit.noted_at is not None:
        return redirect(visit)
    form = NoForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _given(request, form, visit):
        messages.success(request, "The note is given to the school, whose head checks it now.")
        return redirect(visit)
    is_held = visit.state == Held.HELD
    nouns = {"visit": visit, "note": note, "form": form, "is_held": is_held}
    template, heading = "progress/note_give.html", "Give the note to the school?"
    return course_page(request, rights, template, heading, TAB, **nouns)


def _given(request: PersonRequest, form: NoForm, visit: Visit) -> bool:
    told = {"visit": visit, "by": request.user, "now": timezone.now()}
    try:
        return saved(form, REFUSALS, service=give_note, **told)
    except NotEnoughDays as refused:
        form.add_error(None, too_few(refused))
        return False


def _given_note(request: PersonRequest, pk: int, visit_pk: int) -> tuple[Rights, VisitNote]:
    """A note that the school has, or 404."""
    rights, visit = visit_for(request, pk, visit_pk)
    note = note_of(visit)
    if note is None or note.given_at is None:
        raise Http404
    return rights, note


def note_check(request: PersonRequest, pk: int, visit_pk: int) -> HttpResponse:
    """The supported head says that it is accurate, or what isn't; both stay."""
    rights, note = _given_note(request, pk, visit_pk)
    require_now(rights, can_check_notes(rights), FOR_THE_HEAD)
    form = CheckForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"note": note, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=check_note, **told, **form.cleaned_data):
        messages.success(request, "What you said stands beside the note.")
        return redirect(note.visit)
    lead = "What you say stands beside the note. Neither can be changed afterwards."
    wording = Wording("Check the note", "Say so", note.visit.get_absolute_url(), lead)
    above = "progress/includes/_note_above.html"
    return form_page(request, rights.programme, form, wording, above=above, note=note)


def note_release(request: PersonRequest, pk: int, visit_pk: int) -> HttpResponse:
    """The head lets the director read it, or gives the board words of her own."""
    rights, note = _given_note(request, pk, visit_pk)
    require_now(rights, can_check_notes(rights), FOR_THE_HEAD)
    standing = note.releases.filter(withdrawn_at=None).values_list("layer", flat=True)
    layers = [layer for layer in Layer.values if layer not in set(standing)]
    form = ReleaseForm(request.POST if request.method == "POST" else None, layers=layers)
    told: dict[str, Any] = {"note": note, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=release_note, **told, **form.cleaned_data):
        messages.success(request, "Your consent is kept. You can take it back at any time.")
        return redirect(note.visit)
    lead = (
        "Until you say so, the note is read by whoever came, by your school and by the supporting "
        "head. The board sees your words only beside those of four other schools at least."
    )
    wording = Wording("Let others read it", "Give consent", note.visit.get_absolute_url(), lead)
    return form_page(request, rights.programme, form, wording)


def note_withdraw(request: PersonRequest, pk: int, visit_pk: int, release_pk: int) -> HttpResponse:
    """Take a consent back; it counts at once."""
    rights, note = _given_note(request, pk, visit_pk)
    require(can_withdraw_release(rights), FOR_THE_HEAD)
    release = get_object_or_404(note.releases.all(), pk=release_pk)
    release.note = note
    form = NoForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"release": release, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=withdraw_release, **told):
        messages.success(request, "The consent is taken back. From now on they don’t read it.")
        return redirect(note.visit)
    lead = "From that moment on it isn’t read there any more. That there was a consent stays on record."
    wording = Wording("Take the consent back?", "Take it back", note.visit.get_absolute_url(), lead)
    return question_page(request, rights.programme, form, wording)
