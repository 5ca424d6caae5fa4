"""Wording a finding, choosing the label of a theme, and looking among the team's notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from alliances.membership.forms.kept import KeptForm, values_of
from partnership.toolkit.filters import Chip, chips_of
from reviews.cycles.models import Judgement, Theme
from reviews.days.models import PUPILS, AgreedLabel, Finding, Meaning, Note
from reviews.days.parts.moderation import WHOLE_SCHOOL, Member

NO_THEME = "none"


def _text(label: str, rows: int, most: int, **facts: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **facts
    )


class SeenForm(KeptForm):
    """No field, but the version that somebody saw before she answers a question about it."""

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        """Begin with how it stands."""
        super().__init__(*args, initial={"seen_version": version}, **kwargs)


class FindingForm(KeptForm):
    """What the team found, what it says of the school, and how the team came to it."""

    NAMES = ("meaning", "words", "changed_in_talk")

    theme = forms.TypedChoiceField(label="About", required=False, empty_value=None)
    meaning = forms.ChoiceField(
        label="What it says", choices=Meaning.choices, widget=forms.RadioSelect
    )
    words = _text("The finding", 6, 2000, help_text=f"As it is to stand in the report. {PUPILS}")
    changed_in_talk = _text(
        "What changed in discussion",
        4,
        1000,
        required=False,
        help_text=f"How the team came from its own views to this one. {PUPILS}",
    )

    def __init__(
        self, *args: Any, themes: Iterable[Theme], finding: Finding | None = None, **kwargs: Any
    ) -> None:
        """Offer the framework's themes; begin with how it stands, or with what is handed over."""
        if finding is not None:
            standing = values_of(finding, self.NAMES) | {"theme": finding.theme_id}
            kwargs["initial"] = standing
        super().__init__(*args, **kwargs)
        by_key = {theme.pk: theme for theme in themes}
        field: Any = self.fields["theme"]
        field.choices = [("", WHOLE_SCHOOL), *((pk, theme.name) for pk, theme in by_key.items())]
        field.coerce = lambda key: by_key[int(key)]


class LabelForm(KeptForm):
    """The label that the team gives a theme, and what changed in discussion."""

    judgement = forms.TypedChoiceField(label="Label", required=False, empty_value=None)
    changed_in_talk = forms.CharField(
        label="What changed in discussion",
        max_length=500,
        required=False,
        help_text=PUPILS,
    )

    def __init__(
        self, *args: Any, label: AgreedLabel, judgements: Iterable[Judgement], **kwargs: Any
    ) -> None:
        """Offer the framework's labels, and none."""
        initial = {
            "judgement": label.judgement_id,
            "changed_in_talk": label.changed_in_talk,
            "seen_version": label.version,
        }
        super().__init__(*args, initial=initial, **kwargs)
        by_key = {each.pk: each for each in judgements}
        field: Any = self.fields["judgement"]
        field.choices = [("", "No label"), *((pk, _said(each)) for pk, each in by_key.items())]
        field.coerce = lambda key: by_key[int(key)]


def _said(judgement: Judgement) -> str:
    meaning = judgement.meaning.rstrip(".")
    return f"{judgement.label}: {meaning}" if meaning else judgement.label


class NoteFilter(django_filters.FilterSet):
    """By theme, reviewer and words."""

    text = django_filters.CharFilter(
        label="Words", field_name="text", lookup_expr="icontains", max_length=100
    )
    theme = django_filters.ChoiceFilter(label="Theme", empty_label="All", method="by_theme")
    author = django_filters.ChoiceFilter(label="Reviewer", empty_label="Everybody")
    activity = django_filters.CharFilter(
        label="Where", field_name="activity", lookup_expr="icontains", max_length=100
    )

    class Meta:
        model = Note
        fields: list[str] = []

    def __init__(
        self,
        data: Any,
        queryset: QuerySet[Note],
        *,
        themes: Iterable[Theme],
        members: Iterable[Member],
    ) -> None:
        """Offer the framework's themes and who is in the team."""
        super().__init__(data, queryset)
        fields: dict[str, Any] = self.form.fields
        named = [(str(theme.pk), theme.name) for theme in themes]
        fields["theme"].choices = [*named, (NO_THEME, "No theme")]
        fields["author"].choices = [(str(member.pk), member.name) for member in members]

    def by_theme(self, notes: QuerySet[Note], _name: str, value: str) -> QuerySet[Note]:
        """Those of one theme, or of none."""
        return notes.filter(theme=None if value == NO_THEME else int(value))

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        return chips_of(self)
