"""Loading a visit with what the reader may do, and where refusals are said."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from alliances.membership.views.finding import Refusals
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.statements import answer
from support.directory.matching import in_days
from support.directory.services import NotEnoughDays
from support.programmes.permissions import Rights
from support.programmes.views.finding import rights_or_404
from support.progress.models import Visit, VisitNote
from support.progress.permissions import is_open_to
from support.progress.services import (
    AnotherVisitor,
    CheckedAlready,
    HostsItself,
    NotAgreed,
    NotComplete,
    NoteGiven,
    NotGiven,
    NotGoingOn,
    NotHeld,
    NotOverYet,
    NotPlanned,
    PromisedMeanwhile,
    ReleasedAlready,
    SaidAlready,
    WithdrawnAlready,
)

FOR_THE_COURSE = (
    "The visits are read by both schools, the alliance’s director and the practitioners."
)
REFUSALS: Refusals = {
    AnotherVisitor: ("who", "This strand is given by somebody else now. Choose again."),
    CheckedAlready: ("", "Somebody of your school has said already whether the note is right."),
    HostsItself: ("host", "Choose another school than the supported one."),
    NotAgreed: ("", "Both heads have to agree before."),
    NotComplete: ("", "Say with whom you spoke and what was seen. Then give the note."),
    NotGiven: ("", "The note isn’t given to the school yet."),
    NotGoingOn: ("", "The support is paused or over: nothing in it can be changed now."),
    NotHeld: ("", "The visit isn’t said to be held."),
    NotOverYet: ("", "It isn’t over yet. Come back after its end."),
    NotPlanned: ("", "It was held or called off meanwhile. Look at its page."),
    NoteGiven: ("", "The note of this visit is given: nobody changes it any more."),
    PromisedMeanwhile: ("", "More days were promised since you opened this page. Look again."),
    ReleasedAlready: ("layer", "They may read it already."),
    SaidAlready: ("", "What was learnt is said already."),
    WithdrawnAlready: ("", "The consent was taken back before."),
}


def course_rights(request: PersonRequest, pk: int) -> Rights:
    """What she may do in a programme whose support has begun, or 404 or 403."""
    rights = rights_or_404(request, pk)
    require(is_open_to(rights), FOR_THE_COURSE)
    return rights


def _visit(*, programme: Any, pk: Any) -> QuerySet[Visit]:
    visits = Visit.objects.filter(programme=programme, pk=pk)
    return visits.select_related(
        "visitor",
        "planned_by",
        "strand__practitioner__person",
        "note__written_by",
        "note__checked_by",
    )


def visit_for(request: PersonRequest, pk: int, visit_pk: int) -> tuple[Rights, Visit]:
    """A visit of a programme, and her rights in it."""
    rights = course_rights(request, pk)
    visit: Visit = found(answer(_visit, programme=pk, pk=visit_pk))
    visit.programme = rights.programme
    return rights, visit


def note_of(visit: Visit) -> VisitNote | None:
    """Its note, loaded with it, as a draft or given."""
    note: VisitNote | None = getattr(visit, "note", None)
    if note is not None:
        note.visit = visit
    return note


def too_few(refused: NotEnoughDays) -> str:
    """How many days are left, and who can help."""
    if refused.left <= 0:
        left = "No days are left of what was promised of this strand in that academic year."
    else:
        verb = "is" if refused.left == 1 else "are"
        left = (
            f"Only {in_days(refused.left)} {verb} left of what was promised of this strand in that "
            "academic year."
        )
    return f"{left} The director can promise more."
