"""The pool of reviewers: how its list is narrowed, who is added, limits, training, schools left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from alliances.membership.forms.kept import DayField, KeptForm, PlainForm
from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.filters import Chip, Words, chips_of, fold_key
from partnership.toolkit.folding import folded
from reviews.cycles.forms.people import TickForm
from reviews.cycles.models import CannotReview, Reviewer, Training

SOON = timedelta(days=90)
TRAINED = [("review", "Trained to review"), ("lead", "Trained to lead"), ("none", "Not trained")]
SCHOOLS_LIST = "schools-to-leave-out"


def with_last_training(reviewers: QuerySet[Reviewer], on: date) -> QuerySet[Any, Any]:
    """Whose training holds and until when the longest does; `for_good` holds without an end."""
    held = Training.objects.holding(on).filter(reviewer=OuterRef("pk"))
    holds = Q(trainings__trained_on__lte=on, trainings__expires_on__gte=on)
    annotated: Any = reviewers
    return annotated.with_training(on=on).annotate(
        holds_until=Max("trainings__expires_on", filter=holds),
        for_good=Exists(held.filter(expires_on=None)),
    )


class PoolFilter(django_filters.FilterSet):
    """By name, school, training, and whose runs out within 90 days."""

    text = django_filters.CharFilter(label="Name", method="by_text", max_length=100)
    trained = django_filters.ChoiceFilter(
        label="Training", method="by_training", choices=TRAINED, empty_label="Any"
    )
    school = django_filters.ChoiceFilter(label="School", field_name="school", empty_label="All")
    soon = django_filters.BooleanFilter(
        label="Only whose training runs out within 90 days",
        method="by_soon",
        widget=forms.CheckboxInput,
    )

    class Meta:
        model = Reviewer
        fields: list[str] = []

    def __init__(self, data: Any, *, alliance: Alliance, on: date) -> None:
        """Offer the schools from which reviewers come."""
        self.on = on
        pool = Reviewer.objects.on(on).filter(alliance=alliance)
        super().__init__(data, with_last_training(pool, on).select_related("person", "school"))
        schools = School.objects.filter(pk__in=pool.values("school")).order_by("name", "pk")
        field: Any = self.form.fields["school"]
        field.choices = [(str(pk), name) for pk, name in schools.values_list("pk", "name")]

    def by_text(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Each word in the person’s name."""
        for word in folded(value).split():
            queryset = queryset.filter(person__search_name__contains=word)
        return queryset

    def by_training(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Whose training holds today, and for what."""
        if value == "none":
            return queryset.filter(may_review=False)
        return queryset.filter(**{"may_lead" if value == "lead" else "may_review": True})

    def by_soon(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 as django-filter calls it
        """The longest that holds runs out soon."""
        if not value:
            return queryset
        return queryset.filter(for_good=False, holds_until__lte=self.on + SOON)

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """Every field but the search."""
        return [self.form[name] for name in ("trained", "school", "soon")]

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.folded_fields)

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        said: dict[str, Words] = {"soon": ("Only", lambda _value: "training that runs out soon")}
        return chips_of(self, said)


class PoolForm(TickForm):
    """People of the alliance who aren’t reviewers yet, and all heads of its schools."""

    heads = forms.BooleanField(label="All heads of the alliance’s schools", required=False)
    tick_label = "People"
    tick_first = "Tick who is to review, or all heads of the schools."
    searched = "search_name"

    def __init__(self, *args: Any, alliance: Alliance, on: date, **kwargs: Any) -> None:
        """By name; `works_at` says where, for those who work in a school."""
        members = Membership.objects.on(on).filter(alliance=alliance).values("school")
        posts = SchoolPost.objects.on(on).filter(school__in=members)
        office = AlliancePost.objects.on(on).filter(alliance=alliance)
        pool = Reviewer.objects.on_or_after(on).filter(alliance=alliance)
        first = posts.filter(person=OuterRef("pk")).by_rank()
        people = Person.objects.filter(
            Q(pk__in=posts.values("person")) | Q(pk__in=office.values("person")), is_active=True
        ).exclude(pk__in=pool.values("person"))
        people = people.annotate(works_at=first.values("school__name")[:1])
        super().__init__(*args, candidates=people.order_by("search_name", "pk"), **kwargs)

    @property
    def has_chosen(self) -> bool:
        """Whether somebody is ticked, or all heads are."""
        return bool(self.cleaned_data["ticked"] or self.cleaned_data["heads"])


class LimitsForm(KeptForm):
    """How often she goes out, at most."""

    most_days = forms.IntegerField(
        label="Reviews a year, at most",
        required=False,
        min_value=0,
        max_value=200,
        help_text="Empty for as many as the cycle allows.",
    )
    most_days_half_term = forms.IntegerField(
        label="Reviews in a half term, at most", required=False, min_value=0, max_value=60
    )


class TrainingForm(PlainForm):
    """What she was trained for, by whom and until when."""

    kind = forms.ChoiceField(
        label="Trained", choices=Training.Kind.choices, widget=forms.RadioSelect
    )
    trained_on = DayField(label="On")
    expires_on = DayField(
        label="Holds until", required=False, help_text="Empty where it doesn’t run out."
    )
    given_by = forms.CharField(label="Who gave it", max_length=120, required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """Training is entered once it was given."""
        super().__init__(*args, **kwargs)
        self.today = on

    def clean_trained_on(self) -> date:
        """A course that is only booked trains nobody yet."""
        day: date = self.cleaned_data["trained_on"]
        if day > self.today:
            raise forms.ValidationError(
                "This day is still to come. Enter training once it was given."
            )
        return day

    def clean(self) -> dict[str, Any]:
        """What runs out does so after it was given."""
        cleaned = super().clean()
        begins, ends = cleaned.get("trained_on"), cleaned.get("expires_on")
        if begins and ends and ends <= begins:
            self.add_error("expires_on", "The last day must be after the training.")
        return cleaned


class CannotReviewForm(PlainForm):
    """A school that she can’t review, and why, for herself alone."""

    school = forms.CharField(
        label="School",
        max_length=300,
        widget=forms.TextInput(attrs={"list": SCHOOLS_LIST, "autocomplete": "off"}),
        help_text="A school of the alliance, by name.",
    )
    why = forms.ChoiceField(
        label="Why",
        required=False,
        choices=[("", "I would rather not say"), *CannotReview.Why.choices],
        help_text="Only you can read it.",
    )
    words = forms.CharField(
        label="In your own words", max_length=300, required=False, help_text="Only you can read it."
    )
    until = DayField(label="Until", required=False, help_text="Empty for good.")

    def __init__(self, *args: Any, reviewer: Reviewer, on: date, **kwargs: Any) -> None:
        """Offer the schools of the alliance; nobody reviews her own anyhow."""
        super().__init__(*args, **kwargs)
        members = Membership.objects.on(on).filter(alliance=reviewer.alliance_id)
        schools = School.objects.filter(pk__in=members.values("school"))
        schools = schools.exclude(pk=reviewer.school_id or 0).order_by("name", "pk")
        self.schools = {self._called(school): school for school in schools}

    @staticmethod
    def _called(school: School) -> str:
        return f"{school.name}, {school.town}" if school.town else school.name

    def clean_school(self) -> School:
        """Whichever is meant, whatever the capitals and marks; a name alone will do."""
        typed = folded(self.cleaned_data["school"])
        for words, school in self.schools.items():
            if typed in (folded(words), folded(school.name)):
                return school
        raise forms.ValidationError(
            "No school of the alliance is called so. Choose one from the list."
        )
