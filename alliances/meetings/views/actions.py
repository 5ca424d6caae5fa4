"""Actions: the list, one action's page, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.meetings import exporting
from alliances.meetings.clashes import due_when_closed
from alliances.meetings.filters import ActionFilter
from alliances.meetings.forms.actions import ActionForm, DoneForm, DropForm
from alliances.meetings.forms.minutes import Setting
from alliances.meetings.models import Action, Meeting
from alliances.meetings.permissions import (
    can_change_action,
    can_give_actions_in,
    can_settle_action,
)
from alliances.meetings.services.actions import (
    UNDONE_WITHIN,
    change_action,
    drop_action,
    finish_action,
    give_action,
    reopen_action,
    usual_due_at,
)
from alliances.meetings.services.states import NotNow
from alliances.meetings.views.finding import body_for
from partnership.audit.history import History, history_of, wants_whole_history
from partnership.audit.services import record_export
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.statements import answer, within
from partnership.toolkit.versions import ChangedSince

COLUMNS = (
    "pk",
    "title",
    "due_at",
    "done_at",
    "dropped_at",
    "owner_id",
    "owner__name",
    "body__name",
    "meeting__title",
)
MORE_COLUMNS = (
    "body__alliance__name",
    "given_at",
    "done_note",
    "dropped_because",
)
ORDERS = {"due": "due_at", "title": "title", "owner": "owner__search_name", "body": "body__name"}
NOT_YOURS = "This is done by whoever has the action, and by those who run the group."
NOT_TO_CHANGE = "Actions are changed by whoever gave them, and by those who run the group."
View = Callable[..., HttpResponse]


def _visible(*, person: Person, on: date) -> QuerySet[Action, Any]:
    return Action.objects.visible_to(person, on=on).values("pk")


def _filtered(request: PersonRequest) -> ActionFilter:
    now = timezone.now()
    today = timezone.localdate(now)
    visible = Action.objects.filter(pk__in=within(_visible, person=request.user, on=today))
    return ActionFilter(request.GET, visible, person=request.user, now=now, on=today)


def _rows(filterset: ActionFilter, order: str, *more: str) -> QuerySet[Action, Any]:
    name = ORDERS.get(order.removeprefix("-"), "due_at")
    asked = f"-{name}" if order.startswith("-") else name
    return filterset.qs.order_by(asked, "pk").values_list(*COLUMNS, *more, named=True)


@require_safe
def action_list(request: PersonRequest) -> HttpResponse:
    """What she has to do, the next due first; and by the filters her groups' actions."""
    filterset = _filtered(request)
    context = {
        "filterset": filterset,
        "page": page_of(_rows(filterset, request.GET.get("order", "")), request),
        "chips": list(filterset.chips()),
        "now": filterset.now,
    }
    return render(request, "meetings/action_list.html", context)


@require_safe
def action_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the list's filters leave, in its order, as a file; that it was taken is audited."""
    filterset = _filtered(request)
    rows = _rows(filterset, request.GET.get("order", ""), *MORE_COLUMNS)
    record_export(of="Actions", kind=kind, by=request.user, at=filterset.now)
    today = timezone.localdate(filterset.now)
    return export(kind, name="actions", columns=exporting.ACTIONS, rows=rows.iterator(), on=today)


def _one(*, person: Person, on: date, pk: int) -> QuerySet[Action]:
    actions = Action.objects.visible_to(person, on=on).filter(pk=pk)
    return actions.select_related(
        "body__alliance", "meeting", "item", "owner", "given_by", "done_by"
    )


def action_for(request: PersonRequest, pk: int) -> Action:
    """An action that she may see, or 404."""
    told = {"person": request.user, "on": timezone.localdate(), "pk": pk}
    action: Action = found(answer(_one, **told))
    return action


def says_when_settled(view: View) -> View:
    """Where the action is done or dropped by now, its page says so in a sentence."""

    @wraps(view)
    def wrapped(request: PersonRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except NotNow as reason:
            messages.error(request, str(reason))
            return redirect("meetings:action_detail", pk=pk)

    return wrapped


@require_safe
def action_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What is to be done and by whom, and the form that says it is done."""
    now = timezone.now()
    today = timezone.localdate(now)
    action = action_for(request, pk)
    can_change = can_change_action(request.user, action, today)
    can_settle = can_settle_action(request.user, action, today)
    is_fresh = action.done_at is not None and now - action.done_at <= UNDONE_WITHIN
    context = {
        "action": action,
        "now": now,
        "form": DoneForm() if action.is_open and can_settle else None,
        "can_change": action.is_open and can_change,
        "can_reopen": is_fresh and can_settle,
        "can_see_meeting": action.meeting is not None
        and _sees(request.user, action.meeting, today),
        "history": history_of(action, whole=wants_whole_history(request.GET))
        if can_change
        else History(),
        "shows_history": can_change,
    }
    return render(request, "meetings/action_detail.html", context)


def _sees(person: Person, meeting: Meeting, on: date) -> bool:
    return Meeting.objects.visible_to(person, on=on).filter(pk=meeting.pk).exists()


def _shown(request: PersonRequest, form: ActionForm, **facts: Any) -> HttpResponse:
    return render(request, "meetings/action_form.html", {"form": form, **facts})


def action_give(request: PersonRequest, pk: int) -> HttpResponse:
    """An action of a body, outside a meeting."""
    now = timezone.now()
    today = timezone.localdate(now)
    body = body_for(request, pk)
    require(can_give_actions_in(request.user, body, today), NOT_TO_CHANGE)
    setting = Setting(Meeting(body=body), today, usual_due_at(body, after=now, now=now))
    typed = request.POST if request.method == "POST" else None
    form = ActionForm(typed, body=body, today=today, setting=setting)
    if form.is_valid():
        action = give_action(body=body, **form.changes, by=request.user, now=now)
        messages.success(request, f"{action.owner} has the action now.")
        _warn_of_day(request, action)
        return redirect(action)
    return _shown(request, form, body=body, back=body.get_absolute_url())


@says_when_settled
def action_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Another wording, owner or day; two editors are shown both versions."""
    now = timezone.now()
    today = timezone.localdate(now)
    action = action_for(request, pk)
    require(can_change_action(request.user, action, today), NOT_TO_CHANGE)
    typed = request.POST if request.method == "POST" else None
    form = ActionForm(typed, body=action.body, today=today, action=action)
    if form.is_valid():
        seen = form.cleaned_data["seen_version"] or 0
        told: dict[str, Any] = {"changes": form.changes, "by": request.user, "now": now}
        try:
            saved = change_action(action=action, seen_version=seen, **told)
        except ChangedSince as changed:
            form.show_both(changed)
        else:
            messages.success(request, "Action saved.")
            _warn_of_day(request, saved)
            return redirect(action)
    return _shown(request, form, body=action.body, action=action, back=action.get_absolute_url())


def _warn_of_day(request: PersonRequest, action: Action) -> None:
    told = due_when_closed(title=action.title, owner=action.owner, due_at=action.due_at)
    if told:
        messages.warning(request, f"{told} Change the day if another suits better.")


@require_POST
@says_when_settled
def action_done(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that it is done; from the desk with one press."""
    now = timezone.now()
    action = action_for(request, pk)
    require(can_settle_action(request.user, action, timezone.localdate(now)), NOT_YOURS)
    form = DoneForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    finish_action(action=action, note=note, by=request.user, now=now)
    messages.success(request, f"Done: {action.title}")
    desk = reverse("home:desk")
    return redirect(desk if request.POST.get("next") == desk else action.get_absolute_url())


@require_POST
@says_when_settled
def action_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back that it is done."""
    now = timezone.now()
    action = action_for(request, pk)
    require(can_settle_action(request.user, action, timezone.localdate(now)), NOT_YOURS)
    reopen_action(action=action, by=request.user, now=now)
    messages.success(request, "The action is to be done again.")
    return redirect(action)


@says_when_settled
def action_drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask why, and drop it."""
    now = timezone.now()
    action = action_for(request, pk)
    require(can_change_action(request.user, action, timezone.localdate(now)), NOT_TO_CHANGE)
    form = DropForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        drop_action(action=action, because=because, by=request.user, now=now)
        messages.success(request, "The action is dropped. Whoever had it is told.")
        return redirect(action)
    return render(request, "meetings/action_drop.html", {"form": form, "action": action})
