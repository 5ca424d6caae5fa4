"""Naming somebody of an alliance: by typing a name that the browser completes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery

from alliances.membership.forms.kept import DayField, KeptForm, PlainForm, values_of
from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer
from workhubs.hubs.models import WorkhubPerson

NEVER_LEAD = (SchoolPost.Kind.GOVERNOR, SchoolPost.Kind.CHAIR_OF_GOVERNORS, SchoolPost.Kind.CLERK)
PEOPLE_LIST = "people-of-alliance"


def possible_leads(*, alliance: Alliance, on: date) -> QuerySet[Person, Any]:
    """Key, name (as it is and folded) and school of who has a post there or in a member school."""
    own_posts = AlliancePost.objects.on(on).filter(alliance=alliance)
    members = Membership.objects.on(on).filter(alliance=alliance).values("school")
    school_posts = SchoolPost.objects.on(on).filter(school__in=members)
    school_posts = school_posts.exclude(kind__in=NEVER_LEAD)
    first_school = (
        school_posts.filter(person=OuterRef("pk")).order_by("pk").values("school__name")[:1]
    )
    hers = own_posts.values("person").union(school_posts.values("person"), all=True)
    people = Person.objects.filter(pk__in=hers).annotate(works_at=Subquery(first_school))
    return people.order_by("search_name", "pk").values_list("pk", "name", "search_name", "works_at")


class AlliancePeople:
    """An alliance's people as a list to choose from by name, asked for when it is needed."""

    def __init__(self, alliance: Alliance, on: date) -> None:
        """Know whose people are meant, and on which day."""
        self.alliance = alliance
        self.on = on

    @cached_property
    def offered(self) -> tuple[tuple[int, str, str], ...]:
        """Key, what is typed, and the school; the school tells namesakes apart."""
        rows = answer(possible_leads, alliance=self.alliance, on=self.on)
        names = Counter(search_name for _pk, _name, search_name, _school in rows)
        return tuple(
            (
                pk,
                f"{name} ({works_at or self.alliance.name})" if names[search_name] > 1 else name,
                works_at or self.alliance.name,
            )
            for pk, name, search_name, works_at in rows
        )

    @cached_property
    def by_words(self) -> dict[str, int]:
        """Who is meant by what is typed, whatever its capitals and marks."""
        return {folded(words): pk for pk, words, _school in self.offered}

    @cached_property
    def keys(self) -> frozenset[int]:
        """Everybody who may be chosen."""
        return frozenset(pk for pk, _words, _school in self.offered)


class PersonField(forms.CharField):
    """One of an alliance's people, by name; whoever is named now goes on by her bare name."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = False) -> None:
        """An input that completes names."""
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            max_length=300,
            widget=forms.TextInput(attrs={"list": PEOPLE_LIST, "autocomplete": "off"}),
        )

    def offer(self, people: AlliancePeople, *, current: Person | None) -> None:
        """Choose from among these, or leave whoever is named now."""
        self.people = people
        self.current = current

    def clean(self, value: Any) -> Person | None:
        """Whoever is meant."""
        typed = str(super().clean(value) or "")
        if not typed:
            return None
        if self.current is not None and typed == self.current.name:
            return self.current
        pk = self.people.by_words.get(folded(typed))
        if pk is None:
            raise forms.ValidationError(
                f"Nobody in the alliance is called “{typed}”. Choose somebody from the list."
            )
        return Person.objects.get(pk=pk)


class PersonAddForm(PlainForm):
    """Who takes part beside the schools, as what, and from when."""

    person = PersonField(
        label="Who",
        required=True,
        help_text="A name from the alliance, or the e-mail address of somebody in the portal.",
    )
    brings = forms.CharField(
        label="As what",
        max_length=150,
        required=False,
        help_text="Such as “tutor at the university” or “specialist leader for phonics”.",
    )
    starts_on = DayField(label="From")
    ends_on = DayField(
        label="Last day",
        required=False,
        help_text="Leave it empty as long as it goes on.",
    )

    def __init__(self, *args: Any, people: AlliancePeople, on: date, **kwargs: Any) -> None:
        """Offer the alliance's people, from today on."""
        super().__init__(*args, initial={"starts_on": on}, **kwargs)
        self.people = people
        self.fields["person"] = AnybodyField(
            label=str(self.fields["person"].label),
            required=True,
            help_text=str(self.fields["person"].help_text),
        )
        field: Any = self.fields["person"]
        field.offer(people, current=None)


class AnybodyField(PersonField):
    """One of an alliance's people by name, or anybody in the portal by her address."""

    def clean(self, value: Any) -> Person | None:
        """Whoever is meant; who has no account yet is given a post in the alliance first."""
        typed = str(value or "").strip()
        if "@" not in typed:
            return super().clean(value)
        found: Person | None = Person.objects.with_email(typed).filter(is_active=True).first()
        if found is None:
            raise forms.ValidationError(
                "Nobody in the portal has this address. The alliance’s director can invite "
                "somebody as a partner outside schools."
            )
        return found


class MemberForm(KeptForm):
    """As what somebody takes part, and until when."""

    brings = forms.CharField(label="As what", max_length=150, required=False)
    starts_on = DayField(label="From")
    ends_on = DayField(
        label="Last day",
        required=False,
        help_text="Her seat at the meetings ends with it. Leave it empty as long as it goes on.",
    )

    def __init__(self, *args: Any, member: WorkhubPerson, **kwargs: Any) -> None:
        """Begin with how it stands."""
        initial = values_of(member, ("brings", "starts_on", "ends_on"))
        super().__init__(*args, initial=initial, **kwargs)
