"""Schools and people of a cycle: who comes in, who is taken out, who organises, which pairs not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from alliances.membership.forms.kept import PlainForm
from alliances.membership.models import AlliancePost, Membership
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, CycleHost, CycleReviewer, Reviewer

PEOPLE_LIST = "people-to-name"
ROWS_SHOWN = 200
NOBODY = "Nobody of the alliance is called “{}”. Choose somebody from the list."


class TickForm(PlainForm):
    """Rows that are searched for and ticked, and stay ticked through the next search."""

    text = forms.CharField(required=False, max_length=100)
    tick_label = ""
    tick_first = ""
    searched = ""

    def __init__(self, *args: Any, candidates: QuerySet[Any, Any], **kwargs: Any) -> None:
        """Offer these rows."""
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        self.fields["ticked"] = forms.ModelMultipleChoiceField(
            label=self.tick_label,
            queryset=candidates,
            required=False,
            error_messages={
                "invalid_choice": "One of these can no longer be added. Look again and tick anew."
            },
        )

    def is_complete(self) -> bool:
        """Whether something is ticked, and all of it may be added."""
        if self.is_valid() and not self.has_chosen:
            self.add_error("ticked", self.tick_first)
        return self.is_valid()

    @property
    def has_chosen(self) -> bool:
        """Whether there is anything to add."""
        return bool(self.cleaned_data["ticked"])

    @property
    def chosen(self) -> list[Any]:
        """What was ticked."""
        return list(self.cleaned_data["ticked"])

    @cached_property
    def ticked_keys(self) -> set[int]:
        """What is ticked so far."""
        sent: Any = self.data
        said = sent.getlist("ticked") if self.is_bound else []
        return {int(key) for key in said if key.isdecimal() and len(key) < 19}  # noqa: PLR2004 (a key of the database)

    def offered(self) -> list[Any]:
        """What is ticked already, then what the search finds; `is_ticked` says which is which."""
        found = self.candidates
        for word in folded(str(self.data.get("text", ""))).split():
            found = found.filter(**{f"{self.searched}__contains": word})
        rows = list(self.candidates.filter(pk__in=self.ticked_keys)) if self.ticked_keys else []
        rows += [row for row in found[:ROWS_SHOWN] if row.pk not in self.ticked_keys]
        for row in rows:
            row.is_ticked = row.pk in self.ticked_keys
        return rows


class HostsForm(TickForm):
    """Member schools of the alliance that aren't reviewed in the cycle yet."""

    tick_label = "Schools"
    tick_first = "Tick the schools that are reviewed."
    searched = "search_text"

    def __init__(self, *args: Any, cycle: Cycle, on: date, **kwargs: Any) -> None:
        """By name; `has_head` says whether somebody can be asked for dates."""
        members = Membership.objects.on(on).filter(alliance=cycle.alliance_id)
        hosts = CycleHost.objects.filter(cycle=cycle, left_at=None)
        heads = SchoolPost.objects.on(on).of_heads().filter(school=OuterRef("pk"))
        schools = School.objects.filter(pk__in=members.values("school"))
        schools = schools.exclude(pk__in=hosts.values("school"))
        schools = schools.annotate(has_head=Exists(heads)).order_by("name", "pk")
        super().__init__(*args, candidates=schools, **kwargs)


class ReviewersForm(TickForm):
    """Reviewers of the alliance's pool who aren't in the cycle yet, and all heads of its hosts."""

    heads = forms.BooleanField(
        label="All heads of the schools that are reviewed",
        required=False,
        help_text="Who isn’t a reviewer of the alliance yet becomes one.",
    )
    tick_label = "Reviewers"
    tick_first = "Tick who may be sent, or all heads of the schools."
    searched = "person__search_name"

    def __init__(self, *args: Any, cycle: Cycle, on: date, **kwargs: Any) -> None:
        """By name; `may_review` and `may_lead` say whose training holds."""
        going = CycleReviewer.objects.filter(cycle=cycle, left_at=None).values("reviewer")
        pool = Reviewer.objects.on(on).filter(alliance=cycle.alliance_id, person__is_active=True)
        pool = pool.exclude(pk__in=going).with_training(on=on).select_related("person", "school")
        super().__init__(*args, candidates=pool.order_by("person__search_name", "pk"), **kwargs)

    @property
    def has_chosen(self) -> bool:
        """Whether somebody is ticked, or all heads are."""
        return bool(self.cleaned_data["ticked"] or self.cleaned_data["heads"])


class BecauseForm(PlainForm):
    """Why a school or a reviewer is taken out; organisers alone read it."""

    because = forms.CharField(
        label="Why",
        max_length=300,
        required=False,
        help_text="Only who organises the cycle reads it. Leave it empty where it is nobody’s "
        "business.",
    )


class EndCycleForm(PlainForm):
    """Why a cycle is called off."""

    because = forms.CharField(
        label="Why", max_length=300, help_text="The director reads it; the mail doesn’t say it."
    )


def _people(*, alliance: int, on: date) -> QuerySet[Any, Any]:
    members = Membership.objects.on(on).filter(alliance=alliance).values("school")
    posts = SchoolPost.objects.on(on).filter(school__in=members, person__is_active=True)
    office = AlliancePost.objects.on(on).filter(alliance=alliance, person__is_active=True)
    named = office.order_by().values_list("person", "person__name", "person__name")
    return named.union(
        posts.order_by().values_list("person", "person__name", "school__name"), all=True
    )


class OrganiserForm(PlainForm):
    """Whom to name."""

    person = forms.CharField(
        label="Who",
        max_length=300,
        widget=forms.TextInput(attrs={"list": PEOPLE_LIST, "autocomplete": "off"}),
        help_text="Somebody of the alliance, by name.",
    )

    def __init__(self, *args: Any, alliance_id: int, on: date, **kwargs: Any) -> None:
        """Know whom there is."""
        super().__init__(*args, **kwargs)
        self.alliance_id, self.on = alliance_id, on

    @cached_property
    def offered(self) -> list[tuple[int, str, str]]:
        """Key, what is typed, and where she works; that tells namesakes apart."""
        rows = answer(_people, alliance=self.alliance_id, on=self.on)
        people = {pk: (name, where if where != name else "") for pk, name, where in rows}
        names = Counter(folded(name) for name, _where in people.values())
        said = [
            (pk, f"{name} ({where})" if where and names[folded(name)] > 1 else name, where)
            for pk, (name, where) in people.items()
        ]
        return sorted(said, key=lambda each: folded(each[1]))

    def clean_person(self) -> Person:
        """Whoever is meant, whatever the capitals and marks."""
        typed = folded(self.cleaned_data["person"])
        pk = next((pk for pk, words, _where in self.offered if folded(words) == typed), None)
        if pk is None:
            raise forms.ValidationError(NOBODY.format(self.cleaned_data["person"]))
        return Person.objects.get(pk=pk)


class PairRuleForm(PlainForm):
    """One reviewer, one school, and how firmly not."""

    reviewer = forms.ChoiceField(label="Reviewer")
    host = forms.ChoiceField(label="School")
    is_never = forms.TypedChoiceField(
        label="How firmly",
        choices=[("yes", "Never"), ("no", "Better not, where it can be avoided")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(
        self,
        *args: Any,
        reviewers: Sequence[CycleReviewer],
        hosts: Sequence[CycleHost],
        **kwargs: Any,
    ) -> None:
        """Offer who and what is in the cycle."""
        super().__init__(*args, **kwargs)
        self.reviewers = {str(each.pk): each for each in reviewers}
        self.hosts = {str(each.pk): each for each in hosts}
        for name, rows, words in (
            ("reviewer", self.reviewers, "Choose a reviewer"),
            ("host", self.hosts, "Choose a school"),
        ):
            field: Any = self.fields[name]
            field.choices = [("", words), *((key, str(row)) for key, row in rows.items())]

    @property
    def pair(self) -> dict[str, Any]:
        """What the service is told."""
        cleaned = self.cleaned_data
        return {
            "reviewer": self.reviewers[cleaned["reviewer"]],
            "host": self.hosts[cleaned["host"]],
            "is_never": cleaned["is_never"],
        }
