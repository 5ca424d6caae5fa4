"""Who may do what with schools and the posts in them.

The register is public, so everybody who signs in may read every school. Who holds which post in a
school is told to everybody who signs in: colleagues of the whole partnership need to know whom
to ask. Nobody changes the register's facts here; posts are given by portal staff in the admin.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.statements import answer


def is_head_of(person: Person, school: School, on: date) -> bool:
    """Whether she speaks for the school on a day: its head, in whatever form."""
    told = {"person": person, "school": school, "on": on}
    return person.is_active and bool(answer(_headships, **told))


def _headships(*, person: Person, school: School, on: date) -> QuerySet[SchoolPost, Any]:
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person, school=school)
    return heads.values_list("pk")[:1]


def is_head(person: Person, on: date) -> bool:
    """Whether she is the head of any school on a day."""
    return person.is_active and SchoolPost.objects.on(on).of_heads().filter(person=person).exists()


def works_at(person: Person, school: School, on: date) -> bool:
    """Whether she holds any post in the school on a day."""
    posts = SchoolPost.objects.on(on).filter(person=person, school=school)
    return person.is_active and posts.exists()


def schools_of(person: Person, on: date) -> QuerySet[School, School]:
    """The schools in which she holds a post on a day, by name."""
    posts = SchoolPost.objects.on(on).filter(person=person, school=OuterRef("pk"))
    return School.objects.visible_to(person).filter(Exists(posts)).order_by("name", "pk")


def can_see_school(person: Person, school: School) -> bool:
    """Everybody who signs in may read the register."""
    return person.is_active and school.pk is not None


def can_see_school_posts(person: Person, school: School) -> bool:
    """Everybody who signs in may see who holds which post in a school."""
    return can_see_school(person, school)


def can_import_register(person: Person) -> bool:
    """Portal staff import the register, by command."""
    return person.is_active and person.is_staff
