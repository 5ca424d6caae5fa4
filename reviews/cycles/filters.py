"""How the list of cycles is narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.filters import Chip, chips_of, fold_key
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, CycleQuerySet


def _choices(*, person: Person, on: date) -> QuerySet[Cycle, Any]:
    seen = Cycle.objects.visible_to(person, on=on)
    columns = ("year", "alliance__slug", "alliance__name")
    return seen.order_by("-year", "alliance__name").values_list(*columns).distinct()


class CycleFilter(django_filters.FilterSet):
    """By year, alliance and stage."""

    year = django_filters.ChoiceFilter(label="Year", empty_label="All")
    alliance = django_filters.ChoiceFilter(
        label="Alliance", field_name="alliance__slug", empty_label="All"
    )
    state = django_filters.ChoiceFilter(
        label="Stage", choices=Cycle.State.choices, empty_label="Any"
    )

    class Meta:
        model = Cycle
        fields: list[str] = []

    def __init__(self, data: Any, queryset: CycleQuerySet, *, person: Person, on: date) -> None:
        """Offer the years and alliances of the cycles that she sees."""
        super().__init__(data, queryset)
        rows = answer(_choices, person=person, on=on)
        fields: dict[str, Any] = self.form.fields
        years = dict.fromkeys(year for year, _slug, _name in rows)
        fields["year"].choices = [(str(year), str(AcademicYear(year))) for year in years]
        self.alliances = {slug: name for _year, slug, name in rows}
        fields["alliance"].choices = list(self.alliances.items())

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """No choice of alliance where there is one."""
        names = ("year", "alliance", "state") if len(self.alliances) > 1 else ("year", "state")
        return [self.form[name] for name in names]

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.shown_fields)

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        return chips_of(self)
