"""A school becomes another: support that it receives and gives goes on with that one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from alliances.schools.models import School
from partnership.people.models import Person
from support.programmes.models import DeclarationAsked, Programme, Signature
from support.programmes.services.telling import record_of


def programmes_of_school(school: School) -> QuerySet[Programme]:
    """Standing programmes that it receives or gives."""
    return Programme.objects.standing().filter(Q(school=school) | Q(supporting_school=school))


def none_told(_school: School) -> QuerySet[Programme]:
    """Whoever looks at a conversion is not told whether the school is supported."""
    return Programme.objects.none()


def pass_on_programmes(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """The school after stands in its place; where it has the same area open, both go on as they are.

    Answers none: whoever accepts the conversion isn't told that there is support.
    """
    for programme in programmes_of_school(school).order_by("pk"):
        if _stands_twice(programme, school, to):
            continue
        side = "school" if programme.school_id == school.pk else "supporting_school"
        setattr(programme, side, to)
        programme.version += 1
        programme.save(update_fields=[side, "version"])
        record_of("school goes on as another", programme, by=by, now=now, fields=[side])
    places = Signature.objects.filter(signed_at=None, declined_at=None, school=school)
    places.filter(agreement__programme__in=_moved(to)).update(school=to)
    DeclarationAsked.objects.filter(school=school, programme__in=_moved(to)).update(school=to)
    return 0


def _moved(to: School) -> QuerySet[Programme, Any]:
    return Programme.objects.filter(Q(school=to) | Q(supporting_school=to)).values("pk")


def _stands_twice(programme: Programme, school: School, to: School) -> bool:
    """Whether the school after would be supported twice in one area, or support itself."""
    if to.pk in {programme.school_id, programme.supporting_school_id}:
        return True
    if programme.school_id != school.pk:
        return False
    same = Programme.objects.standing().filter(school=to, area=programme.area_id)
    return same.exists()
