"""The ways in which somebody can have a part in programmes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliances.membership.models import AlliancePost
from alliances.schools.models import Delegation, SchoolPost
from partnership.people.models import Person
from support.programmes.models.people import ProgrammePerson, Side
from support.programmes.models.strands import Strand

Way = tuple[str, QuerySet[Any, Any], str]


def sides_of(person: Person, *, on: date) -> dict[str, Way]:
    """Way by way: a programme's column, the rows that give her the part, and their column for it."""
    posts = SchoolPost.objects.on(on).filter(person=person, kind__in=SchoolPost.HEADS)
    schools = posts.values("school")
    acting = Delegation.objects.held_by(person, Delegation.Kind.SUPPORT, on=on)
    signing = Delegation.objects.held_by(person, Delegation.Kind.SIGNING, on=on)
    directed = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
    named = ProgrammePerson.objects.on(on).filter(person=person).order_by()
    strands = Strand.objects.filter(released_at__isnull=True).order_by()
    given, home = strands.filter(practitioner__person=person), "practitioner__home_school__in"
    return {
        "head": ("school", posts, "school"),
        "delegate": ("school", acting, "school"),
        "signer": ("school", signing, "school"),
        "named_by_head": ("pk", named.filter(side=Side.SCHOOL), "programme"),
        "supporting_head": ("supporting_school", posts, "school"),
        "supporting_signer": ("supporting_school", signing, "school"),
        "practitioner": ("pk", given, "programme"),
        "home_head": ("pk", strands.filter(**{home: schools}), "programme"),
        "home_signer": ("pk", strands.filter(**{home: signing.values("school")}), "programme"),
        "post": ("alliance", directed, "alliance"),
        "named_by_director": ("pk", named.filter(side=Side.DIRECTOR), "programme"),
    }
