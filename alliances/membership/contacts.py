"""The contact list of an alliance: who holds which post in its schools, role by role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, QuerySet, SmallIntegerField, Value, When

from alliances.membership.models import Alliance, Membership
from alliances.schools.models import SchoolPost


def contacts_of(alliance: Alliance, *, on: date) -> QuerySet[SchoolPost]:
    """The posts that are held in its schools on a day; `rank` has heads first."""
    members = Membership.objects.on(on).filter(alliance=alliance).values("school")
    ranks = [When(kind=kind, then=rank) for rank, kind in enumerate(SchoolPost.Kind)]
    return (
        SchoolPost.objects.on(on)
        .filter(school__in=members)
        .select_related("person", "school")
        .annotate(rank=Case(*ranks, output_field=SmallIntegerField()))
    )


HEADS = "heads"


@dataclass(frozen=True)
class Cover:
    """In how many of the schools somebody holds a role; `key` is how the list asks for it."""

    key: str
    role: str
    schools: int
    of: int

    @property
    def without(self) -> int:
        """In how many nobody does."""
        return self.of - self.schools


def cover_of(alliance: Alliance, *, on: date) -> list[Cover]:
    """Role by role, heads as one; a role that nobody holds anywhere is told too."""
    members = Membership.objects.on(on).filter(alliance=alliance)
    role = Case(
        When(kind__in=SchoolPost.HEADS, then=Value(HEADS)),
        default=F("kind"),
        output_field=CharField(),
    )
    posts = SchoolPost.objects.on(on).filter(school__in=members.values("school")).order_by()
    held = dict(
        posts.annotate(role=role)
        .values_list("role")
        .annotate(schools=Count("school", distinct=True))
    )
    count = members.aggregate(schools=Count("school", distinct=True))["schools"]
    return [Cover(key, words, held.get(key, 0), count) for key, words in ROLES]


ROLES = [
    (HEADS, "Heads, in whatever form"),
    *(
        (str(kind.value), str(kind.label))
        for kind in SchoolPost.Kind
        if kind not in SchoolPost.HEADS
    ),
]
