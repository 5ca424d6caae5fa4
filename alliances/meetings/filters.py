"""How the list of meetings is narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import django_filters
from django.db.models import QuerySet

from alliances.meetings.models import Meeting
from alliances.membership.models import Alliance
from partnership.people.models import Person


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the list without it."""

    label: str
    words: str
    address: str


class MeetingFilter(django_filters.FilterSet):
    """Words, coming or past, alliance and state; without a choice the list is what is coming."""

    text = django_filters.CharFilter(label="Title or body", method="by_text", max_length=100)
    when = django_filters.ChoiceFilter(
        label="When",
        method="by_when",
        choices=[("past", "Past"), ("all", "Past and coming")],
        empty_label="Coming",
    )
    alliance = django_filters.ModelChoiceFilter(
        label="Alliance",
        field_name="body__alliance",
        to_field_name="slug",
        queryset=Alliance.objects.none(),
        empty_label="All",
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=Meeting.State.choices, empty_label="Any"
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: QuerySet[Meeting], *, person: Person, now: datetime, on: date
    ) -> None:
        """Offer her own alliances."""
        super().__init__(data, queryset)
        self.now = now
        hers = Alliance.objects.of_person(person, on=on).order_by("name", "pk")
        self.form.fields["alliance"].queryset = hers  # type: ignore[attr-defined]  # a choice field

    def filter_queryset(self, queryset: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """Narrow by what was asked, and to what is coming where nothing was."""
        narrowed = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("when"):
            return narrowed.filter(ends_at__gte=self.now)
        return narrowed

    def by_text(self, queryset: QuerySet[Meeting], _name: str, value: str) -> QuerySet[Meeting]:
        """The words in the title or in the body's name."""
        words = value.strip()
        return queryset.filter(title__icontains=words) | queryset.filter(
            body__name__icontains=words
        )

    def by_when(self, queryset: QuerySet[Meeting], _name: str, value: str) -> QuerySet[Meeting]:
        """What is over, or everything."""
        return queryset.filter(ends_at__lt=self.now) if value == "past" else queryset

    @property
    def is_past_first(self) -> bool:
        """Whether the latest meeting stands on top."""
        return self.form.cleaned_data.get("when") in {"past", "all"}

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        said = {
            "text": ("Search", lambda value: f"“{value}”"),
            "when": ("When", {"past": "past", "all": "past and coming"}.get),
            "alliance": ("Alliance", str),
            "state": ("State", lambda value: Meeting.State(value).label.lower()),
        }
        for name, (label, words) in said.items():
            if value := self.form.cleaned_data.get(name):
                rest = self.data.copy()
                for gone in (name, "page"):
                    rest.pop(gone, None)
                yield Chip(label, str(words(value)), f"?{rest.urlencode()}")
