"""Naming a school of an alliance: by typing a name that the browser completes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet

from alliances.membership.models import Alliance, Membership
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer

SCHOOLS_LIST = "schools-of-alliance"


def _members(*, alliance: Alliance, on: date) -> QuerySet[School, Any]:
    members = Membership.objects.on(on).filter(alliance=alliance).values("school")
    schools = School.objects.filter(pk__in=members).order_by("name", "pk")
    return schools.values_list("pk", "name", "urn")


def _headed(*, alliance: Alliance, on: date, head: Person) -> QuerySet[School, Any]:
    posts = SchoolPost.objects.on(on).of_heads().filter(person=head)
    return _members(alliance=alliance, on=on).filter(pk__in=posts.values("school"))


class AllianceSchools:
    """An alliance's schools as a list to choose from by name, asked for when it is needed."""

    def __init__(self, alliance: Alliance, on: date, head: Person | None = None) -> None:
        """Know whose schools are meant, and on which day; with a head, only those that she heads."""
        self.alliance = alliance
        self.on = on
        self.head = head

    @cached_property
    def rows(self) -> list[tuple[int, str, int]]:
        """Key, what is typed, and the URN, which tells two of one name apart."""
        told = {"alliance": self.alliance, "on": self.on}
        if self.head is None:
            found = answer(_members, **told)
        else:
            found = answer(_headed, **told, head=self.head)
        names = Counter(folded(name) for _pk, name, _urn in found)
        return [
            (pk, f"{name} ({urn})" if names[folded(name)] > 1 else name, urn)
            for pk, name, urn in found
        ]

    @property
    def offered(self) -> list[tuple[str, int]]:
        """What is typed, and the URN beside it."""
        return [(words, urn) for _pk, words, urn in self.rows]

    @cached_property
    def by_words(self) -> dict[str, int]:
        """Which school is meant by what is typed, or by its URN."""
        urns = {str(urn): pk for pk, _words, urn in self.rows}
        return urns | {folded(words): pk for pk, words, _urn in self.rows}


class SchoolField(forms.CharField):
    """One of an alliance's schools by name; the one that is named now goes on by its name."""

    def __init__(self, **kwargs: Any) -> None:
        """An input that completes names."""
        widget = forms.TextInput(attrs={"list": SCHOOLS_LIST, "autocomplete": "off"})
        super().__init__(max_length=200, widget=widget, **kwargs)
        self.current: School | None = None

    def offer(self, schools: AllianceSchools, *, current: School | None = None) -> None:
        """Choose from among these, or leave the one that is named now."""
        self.schools = schools
        self.current = current

    def clean(self, value: Any) -> School | None:
        """The school that is meant."""
        typed = str(super().clean(value) or "")
        if not typed:
            return None
        if self.current is not None and typed == self.current.name:
            return self.current
        pk = self.schools.by_words.get(folded(typed))
        if pk is None:
            raise forms.ValidationError(
                f"No school of the alliance is called “{typed}”. Choose one from the list."
            )
        return School.objects.get(pk=pk)
