"""The desk, and how far long work is."""

from __future__ import annotations

import time

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.home.desk import desk_of, greeting_at, is_newly_joined
from partnership.people.requests import PersonRequest
from partnership.toolkit.exports import CONTENT_TYPES
from partnership.toolkit.progress import is_silent, progress_of
from partnership.toolkit.registers import keyed_cards_for
from partnership.toolkit.registers.panels import shown
from partnership.toolkit.serving import serve_file


def desk(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    cards = keyed_cards_for("desk", request.user, None, now)
    found = desk_of(request.user, now=now, panels=cards)
    request.late_count = found.late_count  # type: ignore[attr-defined]  # read by the frame
    return render(
        request,
        "home/desk.html",
        {
            "desk": found,
            "greeting": greeting_at(now),
            "now": now,
            "cards": shown(cards),
            "explains_itself": is_newly_joined(request.user, now=now),
        },
    )


def progress(request: PersonRequest, key: str) -> HttpResponse:
    work = progress_of(key, person_id=request.user.pk)
    if work is None:
        raise Http404
    is_dead = is_silent(work, at=time.time())
    return render(request, "home/progress.html", {"work": work, "is_dead": is_dead})


@require_safe
def progress_file(request: PersonRequest, key: str) -> FileResponse:
    """What long work has made, for whoever asked for it."""
    work = progress_of(key, person_id=request.user.pk)
    if work is None or not work.file or not default_storage.exists(work.file):
        raise Http404
    kind = work.file.rpartition(".")[2]
    content = default_storage.open(work.file, "rb")
    return serve_file(content, name=work.file_name, content_type=CONTENT_TYPES[kind])
