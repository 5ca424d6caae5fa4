"""Somebody leaves her school: visits that she was to make pass on or are called off."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, TextField, When
from django.db.models.functions import Cast

from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Leaver, held_rows, offered
from partnership.toolkit.registers.handing import HeldRow
from partnership.toolkit.spoken_dates import spoken_date
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.services.telling import record_of, supported_side_of, tell_change
from support.progress.models import Held, Placement, Visit
from support.progress.services.visiting import call_off

VISITS, PLACEMENTS = "progress.visits", "progress.placements"
LEAVING = "Whoever was to come leaves her school."


def visits_planned(leaver: Leaver) -> QuerySet[Visit, Any]:
    """Visits after her last day, told by their day alone to the head whose part they are.

    Those of the supporting head pass on; who gives a strand is nobody else, so these end.
    """
    after = datetime.combine(leaver.first_day, time(), tzinfo=UK)
    heads = SchoolPost.objects.on(leaver.today).of_heads().filter(person=leaver.by)
    headed = heads.values("school")
    hers = Q(strand=None, programme__supporting_school=leaver.school) | Q(
        strand__practitioner__home_school=leaver.school
    )
    visits = Visit.objects.filter(
        hers, visitor=leaver.person, state=Held.PLANNED, starts_at__gte=after
    )
    passed = Case(
        When(strand=None, then=offered(PASS, END, STAY)),
        default=offered(END, STAY),
        output_field=TextField(),
    )
    return held_rows(
        visits.filter(
            Q(programme__supporting_school__in=headed)
            | Q(strand__practitioner__home_school__in=headed)
        ),
        kind=VISITS,
        name=Cast("starts_at__date", TextField()),
        choices=passed,
    )


def said_of_visit(row: HeldRow) -> str:
    """Its day, and no school."""
    return f"Support visit on {spoken_date(datetime.fromisoformat(row.name).date())}"


@transaction.atomic
def pass_on_visit(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows comes in her place, if she heads the supporting school; else it is called off."""
    found = Visit.objects.filter(pk=key, visitor=leaver.person, state=Held.PLANNED).first()
    if found is None:
        return 0
    programme = lock(found.programme)
    visit = lock(found)
    if visit.state != Held.PLANNED:
        return 0
    follows = to is not None and visit.strand_id is None and _will_head(to, leaver)
    if follows:
        apply_changes(visit, {"visitor": to, "changed_at": now})
    else:
        call_off(visit, because=LEAVING, now=now)
    concerned = supported_side_of(programme, on=leaver.today) | {visit.visitor_id}
    tell_change(programme, concerned, what=f"visit-passed-on:{visit.pk}", by=leaver.by, now=now)
    action = "visit passed on" if follows else "visit cancelled"
    record_of(action, programme, by=leaver.by, now=now)
    return 1


def _will_head(person: Person, leaver: Leaver) -> bool:
    posts = SchoolPost.objects.on(leaver.first_day).of_heads()
    return posts.filter(person=person, school=leaver.school).exists()


def none_shown(_school: School) -> QuerySet[Placement]:
    """Whoever looks at a conversion is not told who learns at the school."""
    return Placement.objects.none()


def pass_on_placements(school: School, *, to: School, on: Any, by: Person, now: datetime) -> int:
    """The school after hosts what was planned, unless it is the one that sends somebody."""
    planned = Placement.objects.filter(host=school, state=Held.PLANNED)
    planned.exclude(programme__school=to).update(host=to, changed_at=now, version=F("version") + 1)
    return 0
