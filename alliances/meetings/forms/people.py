"""Naming one of an alliance’s people in a field: typed, and found, instead of picked from hundreds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery

from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.folding import folded

LONGEST = 254
TOLD_AT_MOST = 5
MOST_WORDS = 8

People = QuerySet[Person]


def people_of(alliance: Alliance, *, on: date) -> People:
    """Who has a post in the alliance or in one of its schools; `works_at` tells namesakes apart."""
    own_posts = AlliancePost.objects.on(on).filter(alliance=alliance)
    members = Membership.objects.on(on).filter(alliance=alliance).values("school")
    school_posts = SchoolPost.objects.on(on).filter(school__in=members)
    first = school_posts.filter(person=OuterRef("pk")).order_by("pk").values("school__name")[:1]
    hers = own_posts.values("person").union(school_posts.values("person"), all=True)
    people = Person.objects.filter(pk__in=hers, is_active=True)
    return people.annotate(works_at=Subquery(first)).order_by("search_name", "pk")


def found_among(people: People, words: str) -> list[Person]:
    """Those meant by a name, by “name, school”, or by an e-mail address; a whole name wins."""
    if "@" in words:
        return list(people.filter(email=words.strip().lower()))
    name, _comma, school = words.partition(",")
    for word in folded(name).split()[:MOST_WORDS]:
        people = people.filter(search_name__contains=word)
    found: list[Any] = list(people[: TOLD_AT_MOST * 4])
    if school.strip():
        found = [each for each in found if folded(school).strip() in folded(each.works_at or "")]
    whole = [each for each in found if each.search_name == folded(name).strip()]
    return whole or found


class PersonField(forms.CharField):
    """One of an alliance’s people, typed by name; who stands there already may stay."""

    def __init__(self, **facts: Any) -> None:
        """Offer nobody yet."""
        facts.setdefault("required", False)
        facts.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=LONGEST, **facts)
        self.people: Callable[[], People] = Person.objects.none
        self.current: Person | None = None

    def offer(self, people: Callable[[], People], *, current: Person | None = None) -> None:
        """Who may be named; asked for only when somebody was typed who doesn’t stand there yet."""
        self.people, self.current = people, current

    def prepare_value(self, value: Any) -> Any:
        """A person is shown by name."""
        return value.name if isinstance(value, Person) else value

    def clean(self, value: Any) -> Person | None:
        """The one person who is meant, or a sentence that says what to write."""
        words = str(super().clean(value) or "").strip()
        if not words:
            return None
        if self.current is not None and folded(words) == folded(self.current.name):
            return self.current
        found = found_among(self.people(), words)
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(_which(found))


def _which(found: list[Any]) -> str:
    if not found:
        return (
            "Nobody of this alliance is found by these words. "
            "Write the name as in the contact list, or the e-mail address."
        )
    if len(found) > TOLD_AT_MOST:
        return "Many people are found by these words. Write the whole name."
    told = "; ".join(f"{each.name}, {each.works_at or each.email}" for each in found)
    return f"More than one person is found: {told}. Write one of them like this."
