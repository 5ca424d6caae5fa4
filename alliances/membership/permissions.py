"""Who may see and do what with alliances.

Everybody who signs in may see that an alliance exists, what it says of itself, its schools, and
which posts are filled. The names of those in the posts, and what its rooms add, are for people of
the same alliance and for portal staff. Only its director changes it in the portal.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliances.membership.models import Alliance, AlliancePost
from partnership.people.models import Person
from partnership.toolkit.statements import answer


def holds_post(person: Person, alliance: Alliance, kinds: Collection[str], on: date) -> bool:
    """Whether she holds one of these posts in the alliance on a day."""
    told = {"person": person, "alliance": alliance, "on": on}
    return person.is_active and bool(answer(_posts_held, tuple(kinds), **told))


def _posts_held(
    kinds: tuple[str, ...], *, person: Person, alliance: Alliance, on: date
) -> QuerySet[AlliancePost, Any]:
    posts = AlliancePost.objects.on(on).filter(person=person, alliance=alliance, kind__in=kinds)
    return posts.values_list("pk")[:1]


def is_director_of(person: Person, alliance: Alliance, on: date) -> bool:
    """Whether she directs the alliance on a day."""
    return holds_post(person, alliance, [AlliancePost.Kind.DIRECTOR], on)


def belongs_to(person: Person, alliance: Alliance, on: date) -> bool:
    """Whether she holds a post in the alliance, or in one of its schools, on a day."""
    told = {"person": person, "alliance": alliance, "on": on}
    return person.is_active and bool(answer(_same_alliance, **told))


def _same_alliance(*, person: Person, alliance: Alliance, on: date) -> QuerySet[Alliance, Any]:
    return Alliance.objects.of_person(person, on=on).filter(pk=alliance.pk).values_list("pk")


def alliances_of(person: Person, on: date) -> QuerySet[Alliance, Alliance]:
    """The alliances that she belongs to on a day, by name."""
    return Alliance.objects.of_person(person, on=on).order_by("name", "pk")


def directed_alliances(person: Person, on: date) -> QuerySet[Alliance, Alliance]:
    """The alliances that she directs on a day, by name."""
    posts = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
    alliances = Alliance.objects.visible_to(person)
    return alliances.filter(pk__in=posts.values("alliance")).order_by("name", "pk")


def can_see_alliance(person: Person, alliance: Alliance) -> bool:
    """Everybody who signs in may see what an alliance says of itself."""
    return person.is_active and alliance.pk is not None


def can_see_names_in(person: Person, alliance: Alliance, on: date) -> bool:
    """Who holds which post is told to people of the same alliance, and to portal staff."""
    return person.is_active and (person.is_staff or belongs_to(person, alliance, on))


def can_word_mails(person: Person, alliance: Alliance, on: date) -> bool:
    """Its director words the alliance’s mails, and so may portal staff."""
    return person.is_active and (person.is_staff or is_director_of(person, alliance, on))


def can_time_reminders(person: Person, alliance: Alliance, on: date) -> bool:
    """Whoever words the alliance’s mails also says when they remind."""
    return can_word_mails(person, alliance, on)


def can_edit_alliance(person: Person, alliance: Alliance, on: date) -> bool:
    """Its director words what the alliance says of itself."""
    return is_director_of(person, alliance, on)
