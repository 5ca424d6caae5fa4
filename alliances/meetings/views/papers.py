"""The papers of the agenda."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.meetings.forms import PaperForm
from alliances.meetings.models import AgendaItem, Paper
from alliances.meetings.permissions import (
    can_add_paper,
    can_read_item,
    can_read_paper,
    can_remove_paper,
)
from alliances.meetings.services import add_paper, remove_paper
from alliances.meetings.views.finding import item_of, meeting_for, says_when_not_now
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.serving import serve_upload


def _stop_unless_read(request: PersonRequest, item: AgendaItem) -> None:
    """To whom an item isn't shown, it isn't there."""
    found([item] if can_read_item(request.user, item, timezone.localdate()) else [])


@says_when_not_now
def paper_add(request: PersonRequest, pk: int, item_pk: int) -> HttpResponse:
    """Keep a paper for an item, after a look at what it is."""
    meeting = meeting_for(request, pk)
    item = item_of(meeting, item_pk)
    _stop_unless_read(request, item)
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
        messages.success(request, "The paper stands on the agenda.")
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, "item": item}
    return render(request, "meetings/paper_add.html", context)


def _paper_for(request: PersonRequest, pk: int, paper_pk: int) -> Paper:
    meeting = meeting_for(request, pk)
    papers = Paper.objects.filter(item__meeting=meeting).select_related("item")
    paper = get_object_or_404(papers, pk=paper_pk)
    paper.item.meeting = meeting
    _stop_unless_read(request, paper.item)
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
