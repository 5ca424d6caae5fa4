"""Who may see and do what in the directory of support.

| what                                             | who                                            |
|--------------------------------------------------|------------------------------------------------|
| read rules, lists, listed practitioners, offers  | the alliance's own people                      |
| and experts                                      |                                                |
| keep rules, lists, practitioners, experts        | the alliance's director                        |
| change an entry                                  | its practitioner, and the director             |
| consent to an entry, or take consent back        | a head of the home school                      |
| see an account of days with every line           | the practitioner, a head of the home school,   |
|                                                  | the director                                   |
| add and change what a school offers              | a head of the school, and the director         |
| see a shared post                                | who holds it, heads and business managers of   |
|                                                  | its schools, director and finance manager      |
| keep shared posts                                | director and finance manager                   |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, QuerySet, Value

from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.membership.permissions import can_see_names_in, holds_post, is_director_of
from alliances.schools.models import School, SchoolPost
from alliances.schools.permissions import directs_group_of, is_head_of
from partnership.people.models import Person
from partnership.toolkit.statements import answer
from support.directory.models import Practitioner, SchoolOffer

KEEPERS_OF_POSTS = (AlliancePost.Kind.DIRECTOR, AlliancePost.Kind.FINANCE_MANAGER)


@dataclass(frozen=True)
class Standing:
    """What somebody is to a practitioner's entry."""

    is_self: bool
    is_director: bool
    is_home_head: bool

    @property
    def may_edit(self) -> bool:
        """The practitioner words her entry, and so does the director."""
        return self.is_self or self.is_director

    @property
    def may_see_days(self) -> bool:
        """Every line of the account."""
        return self.is_self or self.is_director or self.is_home_head

    @property
    def sees_school(self) -> bool:
        """The sum of a school's days: its head, and the director."""
        return self.is_director or self.is_home_head


def standing_to(person: Person, practitioner: Practitioner, on: date) -> Standing:
    """All that she is to an entry, in one query."""
    if not person.is_active:
        return Standing(is_self=False, is_director=False, is_home_head=False)
    alliance, school = practitioner.alliance_id, practitioner.home_school_id or 0
    rows = answer(_posts, person=person, alliance=alliance, school=school, on=on)
    found = {is_school for (is_school,) in rows}
    return Standing(
        is_self=practitioner.person_id == person.pk,
        is_director=False in found,
        is_home_head=True in found,
    )


def _posts(*, person: Person, alliance: int, school: int, on: date) -> QuerySet[Any, Any]:
    directs = AlliancePost.objects.on(on).filter(
        person=person, alliance=alliance, kind=AlliancePost.Kind.DIRECTOR
    )
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person, school=school)
    flag = BooleanField()
    return directs.values_list(Value(False, output_field=flag)).union(  # noqa: FBT003 a column
        heads.values_list(Value(True, output_field=flag))  # noqa: FBT003 a column
    )


def can_read_directory_of(person: Person, alliance: Alliance, on: date) -> bool:
    """The alliance's people read its rules and lists; portal staff may help."""
    return can_see_names_in(person, alliance, on)


def can_keep_directory(person: Person, alliance: Alliance, on: date) -> bool:
    """The alliance's director keeps rules, lists, practitioners and experts."""
    return is_director_of(person, alliance, on)


def can_edit_practitioner(person: Person, practitioner: Practitioner, on: date) -> bool:
    """The practitioner words her entry, and so does the director."""
    return standing_to(person, practitioner, on).may_edit


def can_consent(person: Person, practitioner: Practitioner, on: date) -> bool:
    """A head of the home school, and nobody on her behalf, lets a colleague go."""
    school = practitioner.home_school
    return school is not None and is_head_of(person, school, on)


def can_see_days(person: Person, practitioner: Practitioner, on: date) -> bool:
    """The practitioner, her head and the director see every line of an account."""
    return standing_to(person, practitioner, on).may_see_days


def can_see_days_of_school(person: Person, school: School, on: date) -> bool:
    """A head sees the days of her school’s people, a director those in her directory."""
    return is_head_of(person, school, on) or directs_group_of(person, school, on)


def can_offer_for(person: Person, school: School, alliance: Alliance, on: date) -> bool:
    """A head says what her school offers; so may the director."""
    return is_director_of(person, alliance, on) or is_head_of(person, school, on)


def may_offer_in(person: Person, on: date) -> QuerySet[Alliance, Alliance]:
    """Alliances that give support and that she directs, or to which a school she heads belongs."""
    if not person.is_active:
        return Alliance.objects.none()
    directs = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person)
    through = Membership.objects.on(on).filter(school__in=heads.values("school"))
    ways = directs.values("alliance").union(through.values("alliance"))
    giving = Alliance.objects.filter(pk__in=ways, support_rules__isnull=False)
    return giving.order_by("name", "pk")


def keeps_posts_in(person: Person, on: date) -> QuerySet[Alliance, Alliance]:
    """The alliances whose shared posts she keeps, by name."""
    if not person.is_active:
        return Alliance.objects.none()
    posts = AlliancePost.objects.on(on).filter(person=person, kind__in=KEEPERS_OF_POSTS)
    return Alliance.objects.filter(pk__in=posts.values("alliance")).order_by("name", "pk")


def can_offer_in(person: Person, alliance: Alliance, on: date) -> bool:
    """The director, and the heads of the alliance’s schools."""
    return may_offer_in(person, on).filter(pk=alliance.pk).exists()


def can_edit_offer(person: Person, offer: SchoolOffer, on: date) -> bool:
    """Whoever may offer for its school."""
    return can_offer_for(person, offer.school, offer.alliance, on)


def can_keep_posts(person: Person, alliance: Alliance, on: date) -> bool:
    """Director and finance manager keep the posts that schools share."""
    return holds_post(person, alliance, KEEPERS_OF_POSTS, on)
