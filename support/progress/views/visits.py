"""The list of visits and placements, and the page of one visit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.audit.services import record_export
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.answers import Answers
from partnership.toolkit.exports import Column, export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.spoken_dates import spoken_day
from partnership.toolkit.statements import answer
from support.programmes.models import Strand
from support.programmes.permissions import Rights
from support.progress.forms.visits import VisitFilter, narrowed
from support.progress.models import Held, NoteRelease, Placement, Visit, VisitNote
from support.progress.permissions import (
    can_change_visit,
    can_check_notes,
    can_place,
    can_plan_visit,
    can_promise_days,
    can_withdraw_release,
    can_write_note,
    is_alive,
    reads_note,
    reads_note_once_released,
)
from support.progress.rows.visits import (
    Totals,
    line_of,
    strands_of,
    strands_seen,
    totals_of,
    with_days,
)
from support.progress.views.finding import course_page
from support.progress.views.visiting import course_rights, note_of, visit_for

Layer = NoteRelease.Layer
TAB = "progress:visit_list"
COLUMNS = (
    Column("Begins", lambda line: line.row.starts_at),
    Column("Ends", lambda line: line.row.ends_at),
    Column("Who", lambda line: line.row.visitor__name, 28),
    Column("Strand", lambda line: line.what, 34),
    Column("Purpose", lambda line: line.row.purpose, 40),
    Column("Days", lambda line: float(line.row.days), 8),
    Column("State", lambda line: str(Held(line.row.state).label), 14),
    Column("Note", lambda line: line.words, 26),
)


def _filterset(request: PersonRequest, rights: Rights) -> VisitFilter:
    return VisitFilter(request.GET, Visit.objects.filter(programme=rights.programme.pk))


def _asked_for(filterset: VisitFilter, rights: Rights) -> QuerySet[Any, Any]:
    return with_days(filterset.qs, strands_seen(rights))


def _chosen(
    sees_all: bool,  # noqa: FBT001 a shape of the SELECT
    chosen: tuple[tuple[str, str], ...],
    *,
    programme: Any,
    person: Person,
) -> QuerySet[Any, Any]:
    visits = narrowed(Visit.objects.filter(programme=programme), chosen)
    return with_days(visits, strands_of(sees_all, programme=programme, person=person))


def _rows(filterset: VisitFilter, rights: Rights) -> Answers | QuerySet[Any, Any]:
    if (chosen := filterset.chosen()) is None:
        return _asked_for(filterset, rights)
    told = {"programme": rights.programme.pk, "person": rights.person}
    return Answers(_chosen, rights.sees_every_strand, chosen, **told)


def _placements(*, programme: Any) -> QuerySet[Placement]:
    placements = Placement.objects.filter(programme=programme).select_related("host")
    return placements.order_by("-starts_at", "-pk")


def _promisable(*, programme: Any) -> QuerySet[Strand]:
    """Strands of practitioners, whose days are kept in a ledger."""
    strands = Strand.objects.filter(programme=programme, released_at=None)
    given = strands.filter(practitioner__isnull=False)
    return given.select_related("practitioner__person").order_by("kind", "pk")


@require_safe
def visit_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Every visit with its days and where its note stands, and the placements."""
    now = timezone.now()
    rights = course_rights(request, pk)
    filterset = _filterset(request, rights)
    page = page_of(_rows(filterset, rights), request)
    first = next(iter(page), None)
    can_promise = can_promise_days(rights)
    nouns = {
        "filterset": filterset,
        "chips": list(filterset.chips()),
        "page": page,
        "lines": [line_of(row, now) for row in page],
        "totals": Totals(first.agreed, first.given) if first else totals_of(rights),
        "placements": list(answer(_placements, programme=pk)),
        "strands": list(answer(_promisable, programme=pk)) if can_promise else [],
        "can_plan": can_plan_visit(rights),
        "can_place": can_place(rights),
        "can_promise": can_promise,
    }
    return course_page(request, rights, "progress/visit_list.html", "Visits", TAB, **nouns)


@require_safe
def visit_export(request: PersonRequest, pk: int, kind: str) -> HttpResponseBase:
    """What the list's filters leave, as a file without any note; its taking is audited."""
    now = timezone.now()
    rights = course_rights(request, pk)
    rows = _asked_for(_filterset(request, rights), rights)
    record_export(of="Visits of a support programme", kind=kind, by=request.user, at=now)
    lines = (line_of(row, now) for row in rows.iterator(chunk_size=1_000))
    today = timezone.localdate(now)
    return export(kind, name="support-visits", columns=COLUMNS, rows=lines, on=today)


def _releases(*, note: Any) -> QuerySet[NoteRelease]:
    releases = NoteRelease.objects.filter(note=note).select_related("given_by", "withdrawn_by")
    return releases.order_by("-given_at", "-pk")


def seen_releases(rights: Rights, visit: Visit, note: VisitNote) -> list[NoteRelease]:
    """All consents for the two schools; for the director those that concern her."""
    releases = list(answer(_releases, note=note.pk))
    if reads_note(rights, visit):
        return releases
    concerns = reads_note_once_released(rights)
    return [each for each in releases if concerns and each.layer == Layer.DIRECTOR]


def shown_note(rights: Rights, visit: Visit) -> dict[str, Any]:
    """The note as far as she may read it: whoever may not learns that it exists, and no more."""
    note = note_of(visit)
    if note is None or note.given_at is None:
        return {"note": None, "releases": [], "reads": False, "can_release": False}
    releases = seen_releases(rights, visit, note)
    standing = [each.layer for each in releases if each.withdrawn_at is None]
    once = reads_note_once_released(rights) and Layer.DIRECTOR.value in standing
    reads = reads_note(rights, visit) or once
    return {
        "note": note,
        "releases": releases if reads or reads_note_once_released(rights) else [],
        "reads": reads,
        "can_release": can_check_notes(rights) and len(standing) < len(Layer.choices),
        "can_withdraw": can_withdraw_release(rights),
        "can_check": can_check_notes(rights) and note.checked_at is None,
    }


@require_safe
def visit_detail(request: PersonRequest, pk: int, visit_pk: int) -> HttpResponse:
    """When, who and why; its note, what the head says of it, and who else may read it."""
    now = timezone.now()
    rights, visit = visit_for(request, pk, visit_pk)
    nouns = {"visit": visit, **_acts(rights, visit, now), **shown_note(rights, visit)}
    heading = f"Visit on {spoken_day(visit.starts_at)}"
    return course_page(request, rights, "progress/visit_detail.html", heading, TAB, **nouns)


def _acts(rights: Rights, visit: Visit, now: datetime) -> dict[str, bool]:
    is_planned, is_held = visit.state == Held.PLANNED, visit.state == Held.HELD
    may_change = can_change_visit(rights, visit)
    is_over = visit.ends_at <= now
    is_unwritten = visit.noted_at is None
    return {
        "is_over": is_over,
        "is_late": is_held and is_unwritten and visit.note_by is not None and visit.note_by < now,
        "is_hers": visit.visitor_id == rights.person.pk,
        "can_change": may_change and is_planned,
        "can_say_held": may_change and is_planned and is_over,
        "can_undo": may_change and is_held and is_unwritten,
        "can_write": can_write_note(rights, visit) and is_unwritten and (is_planned or is_held),
        "is_paused": not is_alive(rights),
    }
