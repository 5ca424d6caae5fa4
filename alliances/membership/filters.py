"""How the lists of alliances, their schools and partners are searched, narrowed and ordered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.forms import BoundField, Select
from django.utils.functional import cached_property
from django_filters import CharFilter, ChoiceFilter, FilterSet

from alliances.membership.contacts import HEADS, ROLES
from alliances.membership.models import (
    Alliance,
    AllianceQuerySet,
    Belonging,
    BelongingQuerySet,
    Membership,
    MembershipQuerySet,
    Partner,
    Standing,
)
from alliances.schools.models import SchoolPost
from partnership.toolkit.filters import Chip, chips_of, fold_key
from partnership.toolkit.folding import folded

MOST_WORDS = 8


class AllianceFilterSet(FilterSet):
    """Search by name and area; narrow by kind."""

    text = CharFilter(method="found_by_text", label="Name or area", max_length=200)
    kind = ChoiceFilter(
        choices=Alliance.Kind.choices,
        label="Kind",
        empty_label="Any",
        widget=Select(attrs={"class": "form-select"}),
    )

    class Meta:
        model = Alliance
        fields = ["text", "kind"]

    def found_by_text(
        self, alliances: AllianceQuerySet, _name: str, words: str
    ) -> AllianceQuerySet:
        """Every word somewhere in name and area."""
        return alliances.matching(words)

    @property
    def is_in_use(self) -> bool:
        """Whether something is searched for or narrowed."""
        return any(self.form.cleaned_data.values())


HERE_WORDS = "Those that belong or join later"
EVERY = "every"
STANDINGS = [*((each.value, each.label) for each in Standing), (EVERY, "Any, also past ones")]
ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("school__search_text", "starts_on"),
    "kind": ("kind", "school__search_text"),
    "from": ("starts_on", "school__search_text"),
    "until": ("ends_on", "school__search_text"),
}


class BelongingFilterSet(FilterSet):
    """Narrow by kind and by where each stands; without a standing the past stays away."""

    kind = ChoiceFilter(choices=Belonging.Kind.choices, label="Belongs as", empty_label="Any")
    standing = ChoiceFilter(
        choices=STANDINGS, label="Standing", method="in_standing", empty_label=HERE_WORDS
    )

    folded: tuple[str, ...] = ("kind", "standing")

    def __init__(self, data: Any, queryset: BelongingQuerySet, *, on: date) -> None:
        """`on` is the day on which it is asked where each stands."""
        super().__init__(data, queryset)
        self.on = on

    def filter_queryset(self, queryset: BelongingQuerySet) -> BelongingQuerySet:
        """Leave the past away where no standing was asked for."""
        found: BelongingQuerySet = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("standing"):
            return found.on_or_after(self.on)
        return found

    def in_standing(
        self, belongings: BelongingQuerySet, _name: str, standing: str
    ) -> BelongingQuerySet:
        """Those that stand so today; every one where any is asked for."""
        if standing == EVERY:
            return belongings
        return belongings.in_standing(standing, on=self.on)

    @cached_property
    def folded_fields(self) -> list[BoundField]:
        """Every field but the search."""
        return [self.form[name] for name in self.folded]

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.folded_fields)

    def chips(self) -> list[Chip]:
        """Every filter in use, each with the list that drops it."""
        return list(chips_of(self))


class MembershipFilterSet(BelongingFilterSet):
    """Search by school."""

    text = CharFilter(method="found_by_text", label="Name, town or URN", max_length=100)

    class Meta:
        model = Membership
        fields = ["text", "kind", "standing"]

    def found_by_text(
        self, memberships: MembershipQuerySet, _name: str, words: str
    ) -> MembershipQuerySet:
        """Every word somewhere in what the search of schools reads."""
        for word in folded(words).split()[:MOST_WORDS]:
            memberships = memberships.filter(school__search_text__contains=word)
        return memberships


PARTNER_ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("name", "starts_on"),
    "organisation": ("organisation", "name"),
    "from": ("starts_on", "name"),
    "until": ("ends_on", "name"),
}


class PartnerFilterSet(BelongingFilterSet):
    """Search by what a partner is called, brings and whom to ask for; narrow by what it is."""

    text = CharFilter(method="found_by_text", label="Name, contact or words", max_length=100)
    organisation = ChoiceFilter(
        choices=Partner.Organisation.choices, label="What it is", empty_label="Any"
    )

    folded = ("organisation", "kind", "standing")

    class Meta:
        model = Partner
        fields = ["text", "organisation", "kind", "standing"]

    def found_by_text(
        self, partners: BelongingQuerySet, _name: str, words: str
    ) -> BelongingQuerySet:
        """Every word somewhere in name, contact and what it brings."""
        for word in words.split()[:MOST_WORDS]:
            partners = partners.filter(
                Q(name__icontains=word)
                | Q(contact_name__icontains=word)
                | Q(brings__icontains=word)
            )
        return partners


def order_of(asked: str, orders: dict[str, tuple[str, ...]] = ORDERS) -> list[OrderBy]:
    """The order that a column's header asks for, the key last; the first where it asks nonsense."""
    fields = orders.get(asked.removeprefix("-"), next(iter(orders.values())))
    first, *rest = fields
    lead = (
        F(first).desc(nulls_last=True) if asked.startswith("-") else F(first).asc(nulls_last=True)
    )
    return [lead, *(F(name).asc() for name in rest), F("pk").asc()]


CONTACT_ORDERS: dict[str, tuple[str, ...]] = {
    "school": ("school__search_text", "rank", "person__search_name"),
    "name": ("person__search_name", "school__search_text"),
    "role": ("rank", "school__search_text", "person__search_name"),
}


class ContactFilterSet(FilterSet):
    """Search by person or school; narrow to one role in all the schools."""

    text = CharFilter(method="found_by_text", label="Name or school", max_length=100)
    role = ChoiceFilter(
        choices=ROLES,
        label="Role",
        method="in_role",
        empty_label="Any",
        widget=Select(attrs={"class": "form-select"}),
    )

    class Meta:
        model = SchoolPost
        fields: list[str] = []

    def found_by_text(
        self, posts: QuerySet[SchoolPost], _name: str, words: str
    ) -> QuerySet[SchoolPost]:
        """Every word in the person's name, the school's, or what the post is called."""
        for word in folded(words).split()[:MOST_WORDS]:
            posts = posts.filter(
                Q(person__search_name__contains=word)
                | Q(school__search_text__contains=word)
                | Q(words__icontains=word)
            )
        return posts

    def in_role(self, posts: QuerySet[SchoolPost], _name: str, role: str) -> QuerySet[SchoolPost]:
        """One role; heads are asked for as one."""
        return posts.filter(kind__in=SchoolPost.HEADS) if role == HEADS else posts.filter(kind=role)

    def chips(self) -> list[Chip]:
        """Every filter in use, each with the list that drops it."""
        return list(chips_of(self))
