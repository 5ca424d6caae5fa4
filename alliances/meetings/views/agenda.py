"""Making the agenda."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.meetings.forms import CarryForm, ItemForm, item_values, told_versions
from alliances.meetings.models import AgendaItem, Meeting
from alliances.meetings.services import (
    add_item,
    carry_items,
    edit_item,
    items_to_carry,
    move_item,
    publish_agenda,
    remove_item,
)
from alliances.meetings.views.finding import (
    item_of,
    meeting_with_open_agenda,
    says_when_not_now,
)
from partnership.people.requests import PersonRequest
from partnership.toolkit.versions import ChangedSince


def _shown(
    request: PersonRequest, form: ItemForm, meeting: Meeting, item: AgendaItem | None
) -> HttpResponse:
    context = {"form": form, "meeting": meeting, "item": item}
    return render(request, "meetings/item_form.html", context)


@says_when_not_now
def item_add(request: PersonRequest, pk: int) -> HttpResponse:
    """A new item at the end."""
    meeting = meeting_with_open_agenda(request, pk)
    form = ItemForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_valid():
        item = add_item(meeting=meeting, **form.changes, by=request.user, now=timezone.now())
        messages.success(request, f"“{item.title}” stands on the agenda.")
        return redirect(meeting)
    return _shown(request, form, meeting, None)


@says_when_not_now
def item_edit(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Change an item; two editors are told."""
    meeting = meeting_with_open_agenda(request, pk)
    item = item_of(meeting, item_pk)
    typed = request.POST if request.method == "POST" else None
    form = ItemForm(typed, meeting=meeting, item=item)
    if form.is_valid():
        seen = form.cleaned_data["seen_version"]
        try:
            edit_item(
                item=item,
                changes=form.changes,
                seen_version=seen,
                by=request.user,
                now=timezone.now(),
            )
        except ChangedSince as changed:
            _show_both(form, changed)
        else:
            messages.success(request, "Item saved.")
            return redirect(meeting)
    return _shown(request, form, meeting, item)


def _show_both(form: Any, changed: ChangedSince) -> None:
    """Keep what was typed, show what the other saved, and let the next save win knowingly."""
    current: Any = changed.current
    form.data = form.data.copy()
    form.data["seen_version"] = str(current.version)
    form.theirs = told_versions(form, item_values(current))
    form.add_error(
        None, "Somebody else saved this meanwhile. Compare both versions, then save again."
    )


@says_when_not_now
def item_remove(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Asks once more, and takes an item and its papers off the agenda."""
    meeting = meeting_with_open_agenda(request, pk)
    item = item_of(meeting, item_pk)
    if request.method == "POST":
        title = item.title
        remove_item(item=item, by=request.user, now=timezone.now())
        messages.success(request, f"“{title}” is off the agenda.")
        return redirect(meeting)
    return render(request, "meetings/item_remove.html", {"meeting": meeting, "item": item})


@require_POST
@says_when_not_now
def item_move(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """One place up or down; its buttons stay at hand for the next step."""
    meeting = meeting_with_open_agenda(request, pk)
    item = item_of(meeting, item_pk)
    is_up = request.POST.get("direction") == "up"
    move_item(item=item, is_up=is_up, by=request.user, now=timezone.now())
    return redirect(f"{meeting.get_absolute_url()}?moved={item.pk}#item-{item.pk}")


@says_when_not_now
def item_carry(request: PersonRequest, pk: int) -> HttpResponse:
    """Items of the last meeting that was held, to choose which stand on this agenda too."""
    meeting = meeting_with_open_agenda(request, pk)
    items = items_to_carry(meeting)
    form = CarryForm(request.POST if request.method == "POST" else None, items=items)
    if form.is_valid():
        chosen = form.chosen
        carried = carry_items(meeting=meeting, items=chosen, by=request.user, now=timezone.now())
        messages.success(request, f"{_items(len(carried))} carried forward.")
        return redirect(meeting)
    earlier = items[0].meeting if items else None
    context = {"form": form, "meeting": meeting, "earlier": earlier}
    return render(request, "meetings/item_carry.html", context)


def _items(count: int) -> str:
    return "One item is" if count == 1 else f"{count} items are"


@require_POST
@says_when_not_now
def agenda_publish(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the agenda to everybody asked."""
    meeting = meeting_with_open_agenda(request, pk)
    publish_agenda(meeting=meeting, by=request.user, now=timezone.now())
    messages.success(request, "The agenda is published. Everybody asked is told.")
    return redirect(meeting)
