"""How the list of term dates is searched, and how a diary is narrowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django_filters import CharFilter, FilterSet

from partnership.calendar.models import TermCalendar, TermCalendarQuerySet
from partnership.toolkit.filters import Chip, chips_of, fold_key
from partnership.toolkit.registers import Circle, DiaryEntry, diary_kinds

SEVERAL = 2


class TermCalendarFilterSet(FilterSet):
    """Search by the authority’s name."""

    text = CharFilter(method="found_by_text", label="Local authority", max_length=200)

    class Meta:
        model = TermCalendar
        fields = ["text"]

    def found_by_text(
        self, calendars: TermCalendarQuerySet, _name: str, words: str
    ) -> TermCalendarQuerySet:
        """Every word somewhere in the title."""
        return calendars.matching(words)


class DiaryForm(forms.Form):
    """Of which alliance, group and kind; a choice that nobody has isn’t offered."""

    alliance = forms.ChoiceField(label="Alliance", required=False)
    group = forms.ChoiceField(label="Group", required=False)
    kind = forms.ChoiceField(label="Kind", required=False)


class DiaryFilter:
    """A diary narrowed by what the address asks for; what it doesn’t know narrows nothing."""

    def __init__(self, data: Any, circles: Sequence[Circle]) -> None:
        """Offer the person’s own groups, their alliances, and every kind of entry."""
        self.data = data
        self.form = DiaryForm(data)
        alliances = {str(each.alliance_id): each.alliance for each in circles}
        kinds = {kind.key: kind.words for kind in diary_kinds().values()}
        several = len(alliances) > 1
        self._offer("alliance", "All", alliances)
        self._offer(
            "group",
            "All that concerns you",
            {
                str(each.pk): f"{each.name}, {each.alliance}" if several else each.name
                for each in circles
            },
            fewest=1,
        )
        self._offer("kind", "Any", kinds)
        self.form.is_valid()

    def _offer(self, name: str, empty: str, words: dict[str, str], fewest: int = SEVERAL) -> None:
        if len(words) < fewest:
            del self.form.fields[name]
        else:
            field = self.form.fields[name]
            field.choices = [("", empty), *words.items()]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def circle_id(self) -> int | None:
        """The group whose whole diary is asked for."""
        chosen = self.form.cleaned_data.get("group")
        return int(chosen) if chosen else None

    def keeps(self, entry: DiaryEntry) -> bool:
        """Whether an entry is of the alliance and the kind that were asked for."""
        said = self.form.cleaned_data
        return said.get("alliance") in {None, "", str(entry.alliance_id)} and said.get("kind") in {
            None,
            "",
            entry.kind,
        }

    @cached_property
    def folded_fields(self) -> list[forms.BoundField]:
        """Every field there is."""
        return list(self.form)

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.folded_fields)

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the diary that drops it."""
        return chips_of(self)
