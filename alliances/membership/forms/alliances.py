"""Forms of the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from alliances.membership.models import Alliance
from partnership.toolkit.versions import ChangedSince


@dataclass(frozen=True)
class BothVersions:
    """A field that two people worded differently."""

    label: str
    yours: str
    theirs: str


class AllianceForm(forms.Form):
    """What an alliance says of itself."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name", max_length=120)
    area = forms.CharField(
        label="Area served",
        max_length=120,
        required=False,
        help_text="A borough, a district or a group of villages.",
    )
    vision = forms.CharField(
        label="Vision",
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What schools and children have from it, in a few sentences.",
    )
    aims = forms.CharField(
        label="Aims",
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="One aim a line.",
    )

    WORDED = ("name", "area", "vision", "aims")

    def __init__(self, data: Any = None, *, alliance: Alliance) -> None:
        """Begin with how the alliance stands."""
        initial = {name: getattr(alliance, name) for name in self.WORDED}
        super().__init__(data, initial={**initial, "seen_version": alliance.version})
        self.both: list[BothVersions] = []
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("seen_version", *self.WORDED)

    @property
    def changes(self) -> dict[str, str]:
        """The words as they shall be, with line ends as they are kept."""
        return {name: self.cleaned_data[name].replace("\r\n", "\n").strip() for name in self.WORDED}

    def show_both(self, changed: ChangedSince) -> None:
        """Keep what was typed, show what was saved meanwhile, and let the next save count."""
        current = changed.current
        self.both = [
            BothVersions(str(self.fields[name].label), yours, getattr(current, name))
            for name, yours in self.changes.items()
            if yours != getattr(current, name)
        ]
        version = getattr(current, "version")  # noqa: B009 any model may have changed
        self.data = {**self.data.dict(), "seen_version": str(version)}  # type: ignore[attr-defined]  # a QueryDict
