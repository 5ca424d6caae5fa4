"""How the list of alliances is searched and narrowed."""

from __future__ import annotations

from django.forms import Select
from django_filters import CharFilter, ChoiceFilter, FilterSet

from alliances.membership.models import Alliance, AllianceQuerySet


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
