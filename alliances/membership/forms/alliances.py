"""What an alliance says of itself."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.membership.forms.kept import KeptForm, values_of
from alliances.membership.models import Alliance


class AllianceForm(KeptForm):
    """What an alliance says of itself."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=Alliance.Kind.choices)
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
    shared_values = forms.CharField(
        label="Values",
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="What you promise each other, one a line.",
    )

    WORDED = ("name", "kind", "area", "vision", "aims", "shared_values")

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        """Begin with how the alliance stands."""
        super().__init__(*args, initial=values_of(alliance, self.WORDED), **kwargs)
