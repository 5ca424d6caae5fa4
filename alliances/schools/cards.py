"""Panels: a person's own schools on her desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from alliances.schools.models import School, SchoolPost
from alliances.schools.owners import OF_SCHOOL, PANEL, followed_school
from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind
from partnership.toolkit.registers.owners import Followed
from partnership.toolkit.statements import answer

MOST_SCHOOLS = 6
COLUMNS = (
    *(field.attname for field in SchoolPost._meta.concrete_fields),
    *("school__urn", "school__name", "school__status", "school__sourced_on", "person__name"),
)
LIVES_BY = {f"lives_by_{place}": F(f"school__{column}") for place, column in enumerate(OF_SCHOOL)}


@dataclass
class OwnSchool:
    """A school in which a person holds posts, with its head and its other people."""

    school: School
    address: str
    own_posts: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    people: set[int] = field(default_factory=set)

    @property
    def posts_in_words(self) -> str:
        """What she is in the school."""
        return ", ".join(self.own_posts)

    @property
    def heads_in_words(self) -> str:
        """Who heads the school, if it isn't herself."""
        return ", ".join(self.heads)


def _posts_around(*, person: Person, on: date) -> QuerySet[SchoolPost]:
    own = SchoolPost.objects.on(on).filter(person=person)
    return (
        SchoolPost.objects.on(on)
        .filter(school__pk__among=own.values("school"))
        .select_related("school", "person")
        .only(*COLUMNS)
        .annotate(**LIVES_BY)
        .order_by("school__name", "school", "pk")
    )


def own_schools(person: Person, _thing: None, now: datetime) -> Card | None:
    """The schools in which she holds a post today, in one query for any number of them."""
    today = timezone.localdate(now)
    posts = answer(_posts_around, person=person, on=today)
    found: dict[int, OwnSchool] = {}
    for post in posts:
        school = post.school
        each = found.setdefault(school.pk, OwnSchool(school, school.get_absolute_url()))
        each.people.add(post.person_id)
        if post.person_id == person.pk:
            each.own_posts.append(post.called)
        elif post.kind in SchoolPost.HEADS:
            each.heads.append(post.person.name)
    if not found:
        return None
    schools = list(found.values())[:MOST_SCHOOLS]
    follows = _followed([post for post in posts if post.person_id == person.pk])
    return Card("schools/includes/_own_schools.html", {"schools": schools}, follows=follows)


def _followed(own: list[SchoolPost]) -> Followed:
    """The school that she heads, else one in which she holds another post."""
    post = min(own, key=lambda post: (not post.is_headship, post.pk))
    row = tuple(getattr(post, name) for name in LIVES_BY)
    return followed_school(post.school.urn, post.school.name, row)


CARDS = (CardKind(key=PANEL, place="desk", card=own_schools),)
