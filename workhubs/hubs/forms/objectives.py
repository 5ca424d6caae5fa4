"""What is typed about objectives, and how they stand."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, KeptForm, values_of
from partnership.toolkit.widgets import Segments
from workhubs.hubs.models import Objective, Progress


class ObjectiveForm(KeptForm):
    """What shall be reached, by what one will know, and by when."""

    words = forms.CharField(
        label="Objective",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence, such as “Every school checks recall of tables each half term”.",
    )
    measure = forms.CharField(
        label="Success measure",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="How you will know, such as “Start 4 schools, aim 11 by July”. Name no child.",
    )
    due_on = DayField(label="To be reached by", required=False)

    def __init__(self, *args: Any, objective: Objective | None = None, **kwargs: Any) -> None:
        """Empty, or as the objective stands."""
        if objective is not None:
            kwargs["initial"] = values_of(objective, ("words", "measure", "due_on"))
        super().__init__(*args, **kwargs)


class ProgressForm(KeptForm):
    """How an objective stands, and what one sees of it."""

    progress = forms.ChoiceField(
        label="How does it stand?", choices=Progress.choices, widget=Segments
    )
    seen = forms.CharField(  # type: ignore[assignment]  # a field, which the form takes out of its class
        label="What do you see?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence or two; the alliance’s people read them. Name no child.",
    )

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        """Begin with how it stood; what is seen now is written anew."""
        initial = {"progress": objective.progress, "seen_version": objective.version}
        super().__init__(*args, initial=initial, **kwargs)
