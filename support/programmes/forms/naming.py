"""Naming somebody for a programme."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet

from alliances.membership.forms.kept import PlainForm
from alliances.membership.models import AlliancePost, Membership
from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer
from support.programmes.models import Programme, Side

PEOPLE_LIST = "people-to-name"


def _of_school(*, school: int, on: date) -> QuerySet[SchoolPost, Any]:
    posts = SchoolPost.objects.on(on).filter(school=school, person__is_active=True)
    return _named(posts)


def _of_alliance(*, alliance: int, on: date) -> QuerySet[Any, Any]:
    members = Membership.objects.on(on).filter(alliance=alliance).values("school")
    posts = SchoolPost.objects.on(on).filter(school__in=members, person__is_active=True)
    office = AlliancePost.objects.on(on).filter(alliance=alliance, person__is_active=True)
    return _named(office).union(_named(posts, "school__name"), all=True)


def _named(posts: QuerySet[Any, Any], where: str = "person__name") -> QuerySet[Any, Any]:
    return posts.order_by().values_list("person", "person__name", where)


class PeopleToName:
    """Whom one side may name: of the school, or of the whole alliance."""

    def __init__(self, programme: Programme, side: str, on: date) -> None:
        """Ask for them when they are needed."""
        self.programme, self.side, self.on = programme, side, on

    @cached_property
    def offered(self) -> list[tuple[int, str, str]]:
        """Key, what is typed, and where she works; that tells namesakes apart."""
        if self.side == Side.SCHOOL:
            rows = answer(_of_school, school=self.programme.school_id, on=self.on)
        else:
            rows = answer(_of_alliance, alliance=self.programme.alliance_id, on=self.on)
        people = {pk: (name, where if where != name else "") for pk, name, where in rows}
        names = Counter(folded(name) for name, _where in people.values())
        said = [
            (pk, f"{name} ({where})" if where and names[folded(name)] > 1 else name, where)
            for pk, (name, where) in people.items()
        ]
        return sorted(said, key=lambda each: folded(each[1]))

    @cached_property
    def by_words(self) -> dict[str, int]:
        """Who is meant by what is typed, whatever its capitals and marks."""
        return {folded(words): pk for pk, words, _where in self.offered}


class NameForm(PlainForm):
    """Whom to name."""

    person = forms.CharField(
        label="Who",
        max_length=300,
        widget=forms.TextInput(attrs={"list": PEOPLE_LIST, "autocomplete": "off"}),
        help_text="By name. Who has no account yet is given a post first.",
    )

    def __init__(self, *args: Any, people: PeopleToName, **kwargs: Any) -> None:
        """Know whom the side may name."""
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_person(self) -> Person:
        """Whoever is meant."""
        typed = self.cleaned_data["person"]
        pk = self.people.by_words.get(folded(typed))
        if pk is None:
            where = "school" if self.people.side == Side.SCHOOL else "alliance"
            raise forms.ValidationError(
                f"Nobody in the {where} is called “{typed}”. Choose somebody from the list."
            )
        return Person.objects.get(pk=pk)
