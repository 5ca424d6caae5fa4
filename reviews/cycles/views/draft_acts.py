"""What organisers do with a draft: stop, draw up again, give up, change by hand, throw away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Wording
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.forms.drafts import HandForm
from reviews.cycles.models import RotaDraft
from reviews.cycles.permissions import CycleRights
from reviews.cycles.problem import (
    DayInJson,
    Drawing,
    broken_by,
    days_from_json,
    host_id,
    reviewer_id,
)
from reviews.cycles.services.cycles import CycleOver
from reviews.cycles.services.drafting import (
    DrawingAlready,
    NotDead,
    NotRunning,
    draw_up_again,
    give_up_draft,
    stop_draft,
)
from reviews.cycles.services.handling import (
    NotADraft,
    NotDiscarded,
    discard_draft,
    fix_day,
    move_day_by_hand,
    take_back_draft,
)
from reviews.cycles.views.drafts import draft_of, draft_rights, drawing_now
from reviews.cycles.views.finding import FOR_ORGANISERS, question_page

SAID: dict[type[Exception], str] = {
    NotRunning: "Nothing is being drawn up there any more.",
    NotDead: "It was drawn up already. Ask for a new draft.",
    NotADraft: "This draft can’t be changed any more: it was published or thrown away.",
    NotDiscarded: "This draft wasn’t thrown away.",
    DrawingAlready: "Another rota of this alliance is being drawn up. Wait for it, or stop it.",
    CycleOver: "The cycle was finished or called off meanwhile.",
    ChangedSince: "Somebody changed this draft meanwhile. Look at it, and do it once more.",
}


def _done(request: PersonRequest, sentence: str, service: Any, **work: Any) -> bool:
    try:
        service(by=request.user, now=timezone.now(), **work)
    except tuple(SAID) as refused:
        messages.error(request, SAID[type(refused)])
        return False
    messages.success(request, sentence)
    return True


def _to_change(request: PersonRequest, pk: int, number: int) -> tuple[CycleRights, RotaDraft]:
    rights = draft_rights(request, pk)
    require(rights.may_organise, FOR_ORGANISERS)
    return rights, draft_of(rights, number)


@require_POST
def draft_stop(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """The best so far shall do."""
    _rights, draft = _to_change(request, pk, number)
    _done(request, "It stops in a moment and keeps the best so far.", stop_draft, draft=draft)
    return redirect(draft)


@require_POST
def draft_again(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Once more, after it died or broke off."""
    _rights, draft = _to_change(request, pk, number)
    _done(request, f"{draft} is being drawn up again.", draw_up_again, draft=draft)
    return redirect(draft)


@require_POST
def draft_give_up(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Nothing of it is kept, and another may be drawn up."""
    _rights, draft = _to_change(request, pk, number)
    said = f"{draft} is given up. Another rota can be drawn up now."
    _done(request, said, give_up_draft, draft=draft)
    return redirect(draft)


def draft_discard(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Asks once more; it can be taken back on its page."""
    rights, draft = _to_change(request, pk, number)
    if request.method == "POST":
        _done(request, f"{draft} is thrown away.", discard_draft, draft=draft)
        return redirect(draft)
    wording = Wording(
        f"Throw {draft} away?",
        "Throw it away",
        draft.get_absolute_url(),
        "Nobody but organisers has seen it. On its page you can take it back.",
    )
    return question_page(request, rights.cycle, None, wording)


@require_POST
def draft_restore(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """It stands again."""
    _rights, draft = _to_change(request, pk, number)
    _done(request, f"{draft} is back.", take_back_draft, draft=draft)
    return redirect(draft)


@require_POST
def draft_day_fix(request: PersonRequest, pk: int, number: int, host_pk: int) -> HttpResponse:
    """Whether a day stays when the next draft is drawn up from this one."""
    _rights, draft = _to_change(request, pk, number)
    seen = request.POST.get("seen_version", "")
    is_fixed = request.POST.get("fixed") == "yes"
    if not any(day["host"] == str(host_pk) for day in draft.days):
        messages.error(request, "This school has no day in the draft.")
        return redirect(draft)
    said = "The day stays when you draw up again." if is_fixed else "The day may move again."
    version = int(seen) if seen.isascii() and seen.isdigit() else 0
    told = {"host": str(host_pk), "is_fixed": is_fixed, "seen_version": version}
    _done(request, said, fix_day, draft=draft, **told)
    return redirect(draft)


def draft_day(request: PersonRequest, pk: int, number: int, host_pk: int) -> HttpResponse:
    """Another day or team by hand; what speaks against it is said first, and never forbidden."""
    rights, draft = _to_change(request, pk, number)
    if draft.state != RotaDraft.State.FOUND:
        messages.error(request, SAID[NotADraft])
        return redirect(draft)
    drawing = drawing_now(rights.cycle, draft)
    school = drawing.names.by_id.get(host_id(host_pk))
    if school is None:
        raise Http404
    form = _hand_form(request, draft, drawing, str(host_pk))
    warnings: list[str] = []
    if form.is_valid():
        warnings = _new_breaks(draft, drawing, form.chosen)
        if _may_save(request, warnings) and _moved(request, form, draft, drawing):
            messages.success(request, f"{school} has its day by hand now.")
            return redirect(draft)
    context = {
        "cycle": rights.cycle,
        "draft": draft,
        "school": school,
        "form": form,
        "warnings": warnings,
    }
    return render(request, "cycles/draft_day.html", context)


def _may_save(request: PersonRequest, warnings: list[str]) -> bool:
    return not warnings or "despite" in request.POST


def _hand_form(request: PersonRequest, draft: RotaDraft, drawing: Drawing, host: str) -> HandForm:
    standing: dict[str, Any] = next((day for day in draft.days if day["host"] == host), {})
    first = {"day": standing.get("date"), **standing, "seen_version": draft.version}
    names = drawing.names
    people = [(str(each.pk), names.of_id(reviewer_id(each.pk))) for each in drawing.rows.reviewers]
    return HandForm(
        request.POST if request.method == "POST" else None,
        cycle=draft.cycle,
        host=host,
        reviewers=sorted(people, key=lambda each: each[1].casefold()),
        today=timezone.localdate(),
        initial=first,
    )


def _new_breaks(draft: RotaDraft, drawing: Drawing, day: DayInJson) -> list[str]:
    """What a change breaks that wasn't broken before."""
    before = broken_by(drawing, days_from_json(draft.days))
    others = [each for each in draft.days if each["host"] != day["host"]]
    after = broken_by(drawing, days_from_json([*others, day]))
    here = broken_by(drawing, days_from_json([day]))
    return [said for said in after if said not in before or said in here]


def _moved(request: PersonRequest, form: HandForm, draft: RotaDraft, drawing: Drawing) -> bool:
    try:
        move_day_by_hand(
            draft=draft,
            drawing=drawing,
            day=form.chosen,
            seen_version=form.seen,
            by=request.user,
            now=timezone.now(),
        )
    except ChangedSince as changed:
        form.show_changed(changed)
        form.add_error(None, "Somebody changed this draft meanwhile. Save again to keep yours.")
        return False
    except (NotADraft, CycleOver) as refused:
        form.add_error(None, SAID[type(refused)])
        return False
    return True
