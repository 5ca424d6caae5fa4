"""Changing the agenda, and its papers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.meetings.forms import ItemForm, PaperForm, item_values, told_versions
from alliances.meetings.models import AgendaItem, Meeting, Paper
from alliances.meetings.permissions import can_add_paper, can_read_paper, can_remove_paper
from alliances.meetings.services import (
    add_item,
    add_paper,
    edit_item,
    move_item,
    remove_item,
    remove_paper,
)
from alliances.meetings.views.finding import (
    item_of,
    meeting_for,
    meeting_with_open_agenda,
    says_when_not_now,
)
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.serving import serve_upload
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
    """One place up or down."""
    meeting = meeting_with_open_agenda(request, pk)
    item = item_of(meeting, item_pk)
    is_up = request.POST.get("direction") == "up"
    move_item(item=item, is_up=is_up, by=request.user, now=timezone.now())
    return redirect(f"{meeting.get_absolute_url()}#item-{item.pk}")


@says_when_not_now
def paper_add(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Keep a paper for an item, after a look at what it is."""
    meeting = meeting_for(request, pk)
    item = item_of(meeting, item_pk)
    require(can_add_paper(request.user, item, timezone.localdate()))
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        max_bytes=settings.PAPER_MAX_BYTES,
        initial={"title": item.title[:150]},
    )
    if form.is_valid() and form.checked is not None:
        add_paper(
            item=item,
            upload=form.cleaned_data["file"],
            checked=form.checked,
            title=form.cleaned_data["title"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "The paper is there for everybody who is asked.")
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, "item": item}
    return render(request, "meetings/paper_add.html", context)


def _paper_for(request: PersonRequest, pk: int, paper_pk: int) -> Paper:
    meeting = meeting_for(request, pk)
    papers = Paper.objects.filter(item__meeting=meeting).select_related("item")
    paper = get_object_or_404(papers, pk=paper_pk)
    paper.item.meeting = meeting
    return paper


@require_safe
def paper_download(request: PersonRequest, pk: int, paper_pk: int) -> FileResponse:
    """The file, for those who see the meeting."""
    paper = _paper_for(request, pk, paper_pk)
    require(can_read_paper(request.user, paper, timezone.localdate()))
    return serve_upload(paper.file, name=paper.name, content_type=paper.content_type)


@says_when_not_now
def paper_remove(request: PersonRequest, pk: int, paper_pk: int) -> HttpResponse:
    """Asks once more, and takes a paper away."""
    paper = _paper_for(request, pk, paper_pk)
    require(can_remove_paper(request.user, paper, timezone.localdate()))
    if request.method == "POST":
        remove_paper(paper=paper, by=request.user, now=timezone.now())
        messages.success(request, "The paper is gone.")
        return redirect(paper.item.meeting)
    return render(request, "meetings/paper_remove.html", {"paper": paper})
