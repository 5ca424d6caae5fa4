"""How the list of what is late is narrowed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property

from partnership.toolkit.filters import Chip, chips_of, fold_key
from support.progress.duties.lateness import KINDS
from support.progress.overview.late import AREA, WHOSE, Choice


class LatenessForm(forms.Form):
    """Kind, area, and who looks after the programme."""

    kind = forms.ChoiceField(label="What is late", required=False)
    area = forms.TypedChoiceField(label="Area", required=False, coerce=int, empty_value=None)
    director = forms.TypedChoiceField(
        label="Looked after by", required=False, coerce=int, empty_value=None
    )

    def __init__(self, data: Any, choices: Mapping[str, list[Choice]]) -> None:
        """Offer what there is in the alliance."""
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", "All"), *((kind.key, kind.words) for kind in KINDS)]
        fields[AREA].choices = [("", "All"), *choices[AREA]]
        fields[WHOSE].choices = [("", "Anybody"), *choices[WHOSE]]


class LatenessFilter:
    """What was asked for, as the list, its chips and its form need it."""

    def __init__(self, data: Any, choices: Mapping[str, list[Choice]]) -> None:
        """Read the query string."""
        self.data = data
        self.form = LatenessForm(data, choices)
        self.form.is_valid()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kind asked for, or none for all."""
        kind = self.form.cleaned_data.get("kind")
        return (kind,) if kind else ()

    @property
    def narrowed(self) -> dict[str, int]:
        """Area and person, as far as they are asked for."""
        said = self.form.cleaned_data
        return {name: said[name] for name in (AREA, WHOSE) if said.get(name)}

    @cached_property
    def fields(self) -> list[forms.BoundField]:
        """All of them, for the fold."""
        return list(self.form)

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.fields)

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        return chips_of(self)
