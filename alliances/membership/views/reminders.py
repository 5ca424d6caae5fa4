"""When an alliance reminds of what people owe it: on its own days, or on the portal’s."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.forms.reminders import ReminderRuleForm
from alliances.membership.models import Alliance
from alliances.membership.permissions import can_time_reminders
from alliances.membership.views.finding import alliance_for, past_of, saved
from partnership.notices.models import ReminderRule
from partnership.notices.services import time_reminders, use_our_reminders
from partnership.notices.timing import (
    goes_up_words,
    our_timing,
    rule_for,
    timed_kinds,
    timing_of,
)
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.registers import DutyKind
from partnership.toolkit.versions import ChangedSince

REFUSED = "The director of the alliance and portal staff set its reminders."


def _alliance(request: PersonRequest, slug: str) -> Alliance:
    alliance = alliance_for(request, slug)
    require(can_time_reminders(request.user, alliance, timezone.localdate()), REFUSED)
    return alliance


def _kind(key: str) -> DutyKind:
    kind = next((kind for kind in timed_kinds() if kind.key == key), None)
    if kind is None:
        raise Http404
    return kind


@require_safe
def reminder_list(request: PersonRequest, slug: str) -> HttpResponse:
    """What people owe the alliance, and when they are reminded of it."""
    alliance = _alliance(request, slug)
    rules = {rule.kind: rule for rule in ReminderRule.objects.filter(alliance_id=alliance.pk)}
    rows = []
    for kind in sorted(timed_kinds(), key=lambda kind: kind.words):
        rule = rules.get(kind.key)
        timing = our_timing(kind) if rule is None else timing_of(rule)
        is_own = rule is not None and rule.is_own
        rows.append((kind, timing, goes_up_words(kind, timing), is_own))
    return render(request, "membership/reminder_list.html", {"alliance": alliance, "rows": rows})


def reminder_edit(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    """Set the days of one kind of duty’s reminders."""
    alliance = _alliance(request, slug)
    duty_kind = _kind(kind)
    rule = rule_for(alliance.pk, duty_kind)
    posted = request.POST if request.method == "POST" else None
    form = ReminderRuleForm(posted, rule=rule, kind=duty_kind)
    told = {"alliance_id": alliance.pk, "by": request.user, "now": timezone.now()}
    if form.is_valid():
        days = {"offsets": form.offsets, "goes_up_after": form.cleaned_data.get("goes_up_after")}
        days |= {"waits_for_school": form.cleaned_data["waits_for_school"]}
        work = {**told, **days, "kind": duty_kind, "seen_version": form.seen}
        if saved(form, {}, service=time_reminders, **work):
            messages.success(request, f"Saved: from now on “{duty_kind.words}” has these days.")
            return redirect("membership:reminder_list", slug=slug)
    ours = our_timing(duty_kind)
    context = {"alliance": alliance, "kind": duty_kind, "form": form, "rule": rule, "ours": ours}
    context["ours_goes_up"] = goes_up_words(duty_kind, ours)
    context["history"] = past_of(request, rule) if rule.pk else []
    return render(request, "membership/reminder_edit.html", context)


@require_POST
def reminder_ours(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    """Go back to the portal’s days; the history keeps hers."""
    alliance = _alliance(request, slug)
    duty_kind = _kind(kind)
    rule = rule_for(alliance.pk, duty_kind)
    if not rule.is_own:
        messages.info(request, f"“{duty_kind.words}” has the portal’s days already.")
        return redirect("membership:reminder_list", slug=slug)
    try:
        use_our_reminders(
            alliance_id=alliance.pk,
            kind=duty_kind,
            seen_version=rule.version,
            by=request.user,
            now=timezone.now(),
        )
    except ChangedSince:
        messages.info(request, "Somebody has just set other days, so they stay as they are.")
    else:
        messages.success(request, f"“{duty_kind.words}” has the portal’s days again.")
    return redirect("membership:reminder_list", slug=slug)
