"""How the list of reports is narrowed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.filters import Chip, chips_of, fold_key
from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer
from reviews.days.models import Review


def _choices(*, person: Person, **told: Any) -> QuerySet[Review, Any]:
    seen = Review.objects.with_report_for(person, **told)
    columns = ("cycle__year", "cycle__alliance__slug", "cycle__alliance__name")
    return seen.order_by("-cycle__year", "cycle__alliance__name").values_list(*columns).distinct()


class ReportFilter(django_filters.FilterSet):
    """By school, year and alliance."""

    text = django_filters.CharFilter(label="School", method="by_school", max_length=100)
    year = django_filters.ChoiceFilter(label="Year", field_name="cycle__year", empty_label="All")
    alliance = django_filters.ChoiceFilter(
        label="Alliance", field_name="cycle__alliance__slug", empty_label="All"
    )

    class Meta:
        model = Review
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: QuerySet[Review], *, person: Person, told: Mapping[str, Any]
    ) -> None:
        """Offer the years and alliances of the reports that she may read."""
        super().__init__(data, queryset)
        rows = answer(_choices, person=person, **told)
        fields: dict[str, Any] = self.form.fields
        years = dict.fromkeys(year for year, _slug, _name in rows)
        fields["year"].choices = [(str(year), str(AcademicYear(year))) for year in years]
        self.alliances = {slug: name for _year, slug, name in rows}
        fields["alliance"].choices = list(self.alliances.items())

    def by_school(self, queryset: QuerySet[Review], _name: str, text: str) -> QuerySet[Review]:
        """Every word somewhere in the school's name."""
        for word in folded(text).split():
            queryset = queryset.filter(school__search_text__contains=word)
        return queryset

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """No choice of alliance where there is one."""
        names = ("text", "year", "alliance") if len(self.alliances) > 1 else ("text", "year")
        return [self.form[name] for name in names]

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.shown_fields)

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        return chips_of(self)
