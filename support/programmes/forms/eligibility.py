"""Checking whether a school may have support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from alliances.membership.forms.kept import PlainForm
from support.programmes.models import EligibilityCheck
from support.programmes.services.checking import Finding

ANSWERS = [("yes", "Met"), ("no", "Not met"), ("", "Not checked yet")]


class EligibilityForm(PlainForm):
    """Each of the alliance's rules: met or not, and how we know."""

    def __init__(
        self,
        *args: Any,
        rules: Sequence[str],
        known: Mapping[str, EligibilityCheck],
        **kwargs: Any,
    ) -> None:
        """Begin with how each rule was checked last."""
        super().__init__(*args, **kwargs)
        self.rules = rules
        for place, rule in enumerate(rules):
            check = known.get(rule)
            self.fields[f"met_{place}"] = forms.ChoiceField(
                label=rule,
                choices=ANSWERS,
                required=False,
                widget=forms.RadioSelect,
                initial="" if check is None else "yes" if check.is_met else "no",
            )
            self.fields[f"because_{place}"] = forms.CharField(
                label="How we know",
                max_length=500,
                required=False,
                initial=check.because if check else "",
            )
        self.helper.layout = Layout(*self.fields)

    def clean(self) -> dict[str, Any]:
        """What isn't met is explained."""
        cleaned = super().clean()
        for place, _rule in enumerate(self.rules):
            if cleaned.get(f"met_{place}") == "no" and not cleaned.get(f"because_{place}"):
                self.add_error(f"because_{place}", "Say in a sentence why it isn’t met.")
        return cleaned

    @property
    def findings(self) -> list[Finding]:
        """Every rule that was checked."""
        cleaned = self.cleaned_data
        return [
            Finding(rule, cleaned[f"met_{place}"] == "yes", cleaned[f"because_{place}"].strip())
            for place, rule in enumerate(self.rules)
            if cleaned[f"met_{place}"]
        ]
