"""What is typed for a plan: objectives, actions, what came of them, and a learning community."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms

from alliances.membership.forms.kept import BothVersions, DayField, KeptForm, PlainForm
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day, spoken_day
from partnership.toolkit.versions import ChangedSince
from support.directory.models import SupportArea
from support.programmes.models import Strand
from support.progress.measuring.kinds import YEARS
from support.progress.models import Objective, PlanAction
from support.progress.rows.plans import years_in_words
from support.progress.services.planning import ObjectiveFacts, said_strand

END_OF_DAY = time(17)
KNOWN_YEARS = [key for key, _words in YEARS]
NOT_YEARS = "Write year groups as N, R and 1 to 13, with commas: R, 1, 3–6."
NO_PUPIL = "No pupil’s name or initials."


class OfPlanForm(KeptForm):
    """A form about something in a plan, whose fields are said in words of their own."""

    def show_both(self, changed: ChangedSince) -> None:
        """Keep what was typed beside what was saved meanwhile."""
        current: Any = changed.current
        yours, theirs = self.typed_words(), self.words_of(current)
        self.both = tuple(
            BothVersions(str(self.fields[name].label), yours[name] or "Nothing", said or "Nothing")
            for name, said in theirs.items()
            if yours[name] != said
        )
        self.data = {**self.data.dict(), "seen_version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict
        if "strands" in self.fields:
            self.data["strands"] = self.cleaned_data["strands"]

    def typed_words(self) -> dict[str, str]:
        """What was typed, in words."""
        raise NotImplementedError

    def words_of(self, current: Any) -> dict[str, str]:
        """What stands, in words."""
        raise NotImplementedError


class ObjectiveForm(OfPlanForm):
    """What is to be reached, in which years, by what both schools will know."""

    words = forms.CharField(
        label="What is to be reached?",
        max_length=300,
        help_text=f"One sentence, such as “Teachers model writing each day”. {NO_PUPIL}",
    )
    success = forms.CharField(
        label="How will both schools know?",
        max_length=300,
        help_text="What is seen or counted, and by when.",
    )
    focus = forms.ChoiceField(
        label="What is it about?",
        choices=Objective.Focus.choices,
        widget=forms.RadioSelect,
        help_text="A plan has at least one objective in teaching or leadership.",
    )
    area = forms.ChoiceField(label="Area of support")
    year_groups = forms.CharField(
        label="Year groups",
        max_length=60,
        required=False,
        help_text="Such as R, 1, 3–6. Leave it empty for the whole school.",
    )
    strands = forms.MultipleChoiceField(
        label="Which support serves it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        areas: Sequence[SupportArea],
        strands: Sequence[Strand],
        **kwargs: Any,
    ) -> None:
        """Offer the areas of the alliance and the strands of the programme."""
        super().__init__(*args, **kwargs)
        self.areas_by_key = {str(area.pk): area for area in areas}
        self.strands_by_key = {str(strand.pk): strand for strand in strands}
        fields: dict[str, Any] = self.fields
        fields["area"].choices = [(key, area.name) for key, area in self.areas_by_key.items()]
        if not strands:
            del self.fields["strands"]
            self.helper.layout.fields.remove("strands")
            return
        fields["strands"].choices = [
            (key, said_strand(each)) for key, each in self.strands_by_key.items()
        ]

    def clean_year_groups(self) -> str:
        """As they are kept: in order, each once, with commas."""
        typed = self.cleaned_data["year_groups"].upper().replace("YEARS", "").replace("YEAR", "")
        chosen: set[str] = set()
        for piece in filter(None, (each.strip() for each in typed.split(","))):
            chosen |= _years_between(piece)
        return ",".join(year for year in KNOWN_YEARS if year in chosen)

    @property
    def facts(self) -> ObjectiveFacts:
        """What was typed, as the services take it."""
        typed = self.changes
        return {
            "area": self.areas_by_key[typed["area"]],
            "focus": typed["focus"],
            "words": typed["words"],
            "success": typed["success"],
            "year_groups": typed["year_groups"],
            "strands": [self.strands_by_key[key] for key in typed.get("strands", ())],
        }

    def typed_words(self) -> dict[str, str]:
        """What was typed, in words."""
        return _said_objective(self.facts, self.facts["strands"])

    def words_of(self, current: Any) -> dict[str, str]:
        """What stands, in words."""
        facts = {name: getattr(current, name) for name in ObjectiveFacts.__annotations__}
        strands = current.strands.select_related("practitioner__person").order_by("pk")
        said = _said_objective(facts, strands)
        return {name: words for name, words in said.items() if name in self.fields}


def _years_between(piece: str) -> set[str]:
    ends = [each.strip() for each in re.split(r"[-–—]|\bTO\b", piece)]
    if len(ends) > 2 or not set(ends) <= set(KNOWN_YEARS):  # noqa: PLR2004 first and last
        raise forms.ValidationError(NOT_YEARS)
    first, last = KNOWN_YEARS.index(ends[0]), KNOWN_YEARS.index(ends[-1])
    if last < first:
        raise forms.ValidationError(NOT_YEARS)
    return set(KNOWN_YEARS[first : last + 1])


def _said_objective(facts: Any, strands: Any) -> dict[str, str]:
    return {
        "words": facts["words"],
        "success": facts["success"],
        "focus": str(Objective.Focus(facts["focus"]).label),
        "area": str(facts["area"]),
        "year_groups": years_in_words(facts["year_groups"]),
        "strands": "; ".join(said_strand(strand) for strand in strands),
    }


def objective_values(objective: Objective, strands: Sequence[Strand]) -> dict[str, Any]:
    """An objective as its form shows it."""
    return {
        "words": objective.words,
        "success": objective.success,
        "focus": objective.focus,
        "area": str(objective.area_id),
        "year_groups": ", ".join(objective.years),
        "strands": [str(strand.pk) for strand in strands],
        "seen_version": objective.version,
    }


class ActionForm(OfPlanForm):
    """Who does what until when."""

    words = forms.CharField(
        label="What is to be done?",
        max_length=300,
        help_text=f"A step that one person can do. {NO_PUPIL}",
    )
    owner = forms.ChoiceField(label="Who does it?")
    due_on = DayField(label="Until when?", help_text="By 5pm of this day.")

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        today: date,
        action: PlanAction | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer those who take part; filled with an action as it stands."""
        super().__init__(*args, initial=action_values(action) if action else {}, **kwargs)
        self.today, self.action = today, action
        self.people = {str(person.pk): person for person in people}
        fields: dict[str, Any] = self.fields
        choices = [(key, person.name) for key, person in self.people.items()]
        fields["owner"].choices = [("", "Choose somebody"), *choices]

    def clean_due_on(self) -> date:
        """A coming day, or the one that it has."""
        day: date = self.cleaned_data["due_on"]
        if day < self.today and (self.action is None or day != london_day(self.action.due_at)):
            raise forms.ValidationError("This day has passed. Choose a coming one.")
        return day

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        typed = self.changes
        due_at = datetime.combine(typed["due_on"], END_OF_DAY, tzinfo=UK)
        return {
            "words": typed["words"],
            "owner": self.people[typed["owner"]],
            "due_at": due_at,
        }

    def typed_words(self) -> dict[str, str]:
        """What was typed, in words."""
        facts = self.facts
        return _said_action(facts["words"], facts["owner"], facts["due_at"])

    def words_of(self, current: Any) -> dict[str, str]:
        """What stands, in words."""
        return _said_action(current.words, current.owner, current.due_at)


def _said_action(words: str, owner: Person, due_at: datetime) -> dict[str, str]:
    return {"words": words, "owner": owner.name, "due_on": spoken_day(due_at)}


def action_values(action: PlanAction) -> dict[str, Any]:
    """An action as its form shows it."""
    return {
        "words": action.words,
        "owner": str(action.owner_id),
        "due_on": london_day(action.due_at),
        "seen_version": action.version,
    }


class DoneForm(PlainForm):
    """What came of an action."""

    note = forms.CharField(
        label="What came of it?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"A sentence is enough. {NO_PUPIL}",
    )
