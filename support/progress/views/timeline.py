"""Everything that happened in a programme, in its order."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from partnership.audit.history import history_of
from partnership.people.requests import PersonRequest
from support.programmes.permissions import Rights, can_see_history
from support.progress.course.happenings import KINDS, happened
from support.progress.views.finding import course_or_404, course_page

TAB = "progress:timeline"


def _since(rights: Rights) -> datetime | None:
    """Who joined for the support alone reads on from the signatures."""
    return None if can_see_history(rights) else rights.programme.signed_at


@require_safe
def timeline(request: PersonRequest, pk: int) -> HttpResponse:
    """Who did what and when, the latest first; what was said stands where it was said."""
    rights = course_or_404(request, pk)
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else ""
    nouns = {
        "kind": kind,
        "kinds": list(KINDS.items()),
        "kind_words": KINDS.get(kind, ""),
        "events": happened(
            history_of(rights.programme, whole=True), since=_since(rights), kind=kind
        ),
        "can_see_beginning": can_see_history(rights),
    }
    return course_page(request, rights, "progress/timeline.html", "What happened", TAB, **nouns)
