"""Who may be given something to do in a programme."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from alliances.schools.models import Delegation, SchoolPost
from partnership.people.models import Person
from support.programmes.models import Programme, ProgrammePerson, Side, Strand


def taking_part_in(programme: Programme, *, on: date) -> QuerySet[Person]:
    """People of both schools who have a part in it, and its practitioners."""
    schools = [programme.school_id, programme.supporting_school_id]
    heads = SchoolPost.objects.on(on).of_heads().filter(school__in=schools).values("person")
    acting = Delegation.objects.on(on).filter(
        school=programme.school_id, kind=Delegation.Kind.SUPPORT
    )
    named = ProgrammePerson.objects.on(on).filter(programme=programme, side=Side.SCHOOL)
    strands = Strand.objects.filter(
        programme=programme, released_at=None, practitioner__isnull=False
    )
    takes_part = (
        Q(pk__in=heads)
        | Q(pk__in=acting.values("deputy"))
        | Q(pk__in=named.values("person"))
        | Q(pk__in=strands.values("practitioner__person"))
    )
    people: QuerySet[Person] = Person.objects.filter(takes_part, is_active=True)
    return people
