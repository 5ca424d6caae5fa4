"""The documents that the host gives to the team."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from partnership.toolkit.serving import serve_upload
from reviews.days.forms.preparing import FileForm
from reviews.days.models import Review, ReviewFile
from reviews.days.services.documents import (
    FileHereAlready,
    NoFiles,
    TooManyFiles,
    add_file,
    remove_file,
    say_files_complete,
    say_files_incomplete,
)
from reviews.days.services.opening import ReviewClosed
from reviews.days.views.finding import (
    review_for,
    review_page,
    review_question_page,
    review_to_prepare,
)
from reviews.days.views.preparing import CLOSED, TAB

COMPLETE = "The documents are complete. The team is told."
INCOMPLETE = "The documents aren’t complete now: more are to come."
REFUSALS: Refusals = {
    ReviewClosed: ("", CLOSED),
    FileHereAlready: ("file", "This file is here already. Choose another."),
    TooManyFiles: ("file", "There are 40 documents. Remove one that nobody needs first."),
    NoFiles: ("", "Add a document first."),
}


def file_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a document, after a look at what it is."""
    rights = review_to_prepare(request, pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FileForm(*posted, max_bytes=settings.PAPER_MAX_BYTES)
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=add_file,
        review=rights.review,
        upload=form.cleaned_data["file"],
        checked=form.checked,
        title=form.cleaned_data["title"],
        is_reading=form.cleaned_data["is_reading"],
        by=request.user,
        now=timezone.now(),
    ):
        messages.success(request, "The document is here. The team can read it.")
        return redirect(f"{address(TAB, pk)}#documents")
    return review_page(request, rights, "days/file_add.html", TAB, form=form)


def _file(review: Review, pk: int) -> ReviewFile:
    file = get_object_or_404(ReviewFile.objects.filter(review=review), pk=pk)
    file.review = review
    return file


@require_safe
def file_download(request: PersonRequest, pk: int, file_pk: int) -> FileResponse:
    """The file, for the host's side and the team."""
    rights = review_for(request, pk)
    require(rights.sees_preparation)
    file = _file(rights.review, file_pk)
    return serve_upload(file.file, name=file.name, content_type=file.content_type)


def file_remove(request: PersonRequest, pk: int, file_pk: int) -> HttpResponse:
    """Asks once more, and takes a document away."""
    rights = review_to_prepare(request, pk)
    file = _file(rights.review, file_pk)
    back = f"{address(TAB, pk)}#documents"
    if request.method == "POST":
        try:
            remove_file(file=file, by=request.user, now=timezone.now())
            messages.success(request, "The document is gone.")
        except ReviewClosed:
            messages.warning(request, CLOSED)
        return redirect(back)
    title = f"Remove “{file.title}”?"
    lead = "The team can no longer read it here; a copy that somebody has saved stays."
    return review_question_page(request, rights, Wording(title, "Remove it", back, lead), TAB)


@require_POST
def files_complete(request: PersonRequest, pk: int) -> HttpResponse:
    """The host says that these are all documents, or that more are to come."""
    rights = review_to_prepare(request, pk)
    is_complete = request.POST.get("complete") == "yes"
    service = say_files_complete if is_complete else say_files_incomplete
    try:
        service(review=rights.review, by=request.user, now=timezone.now())
        messages.success(request, COMPLETE if is_complete else INCOMPLETE)
    except (ReviewClosed, NoFiles) as refused:
        messages.warning(request, REFUSALS[type(refused)][1])
    return redirect(f"{address(TAB, pk)}#documents")
