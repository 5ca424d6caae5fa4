"""What is typed of what changed, area by area, and of what comes next."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.membership.forms.kept import KeptForm
from reviews.days.forms.after import Long
from reviews.days.models import PUPILS, CheckBack, CheckBackAnswer
from reviews.days.services.checking_back import AnswerFacts


class AnswerForm(KeptForm):
    """What changed in one area."""

    extent = forms.ChoiceField(
        label="Has it changed?",
        choices=CheckBackAnswer.Extent.choices,
        widget=forms.RadioSelect,
    )
    changed = forms.CharField(
        label="What changed",
        max_length=2000,
        widget=Long,
        help_text=f"Where nothing has, say what stood in the way. {PUPILS}",
    )
    for_whom = forms.CharField(
        label="For whom",
        max_length=300,
        required=False,
        help_text=f"Groups and numbers, such as “two classes of Year 4”. {PUPILS}",
    )
    evidence = forms.CharField(
        label="How you know",
        max_length=2000,
        required=False,
        widget=Long,
        help_text=f"What you saw, counted or were told. {PUPILS}",
    )

    def __init__(self, *args: Any, answer: CheckBackAnswer | None, **kwargs: Any) -> None:
        """Filled with the answer as it stands."""
        names = ("extent", "changed", "for_whom", "evidence")
        initial = {name: getattr(answer, name) for name in names} if answer is not None else {}
        seen = answer.version if answer is not None else 0
        super().__init__(*args, initial={**initial, "seen_version": seen}, **kwargs)

    @property
    def facts(self) -> AnswerFacts:
        """What the service is told."""
        told = self.changes
        return {
            "extent": told["extent"],
            "changed": told["changed"],
            "for_whom": told["for_whom"],
            "evidence": told["evidence"],
        }


class GiveForm(KeptForm):
    """What comes next."""

    next_steps = forms.CharField(
        label="What comes next",
        max_length=2000,
        required=False,
        widget=Long,
        help_text=f"What you go on with, or leave. {PUPILS}",
    )

    def __init__(self, *args: Any, check_back: CheckBack | None, **kwargs: Any) -> None:
        """Filled with what was said before it was opened again."""
        said = check_back.next_steps if check_back is not None else ""
        seen = check_back.version if check_back is not None else 1
        super().__init__(*args, initial={"next_steps": said, "seen_version": seen}, **kwargs)
