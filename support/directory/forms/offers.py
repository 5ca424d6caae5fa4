"""What is typed about offers of schools and experts from outside."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, KeptForm, values_of
from alliances.membership.models import Alliance
from partnership.toolkit.versions import ChangedSince
from support.directory.choices import chosen, lists_of, offered
from support.directory.forms.practitioners import as_typed, several
from support.directory.forms.schools import AllianceSchools, SchoolField
from support.directory.models import OutsideExpert, Phase, SchoolOffer
from workhubs.hubs.forms.people import AlliancePeople, PersonField

GOES_ON = "Leave it empty as long as it goes on."


class AreasForm(KeptForm):
    """Something with areas of support and phases."""

    areas = several("Areas")
    phases = several("Phases", choices=Phase.choices)
    starts_on = DayField(label="From")
    ends_on = DayField(label="Last day", required=False, help_text=GOES_ON)

    PLAIN: tuple[str, ...] = ()

    def __init__(
        self,
        *args: Any,
        alliance: Alliance,
        on: date,
        thing: SchoolOffer | OutsideExpert | None = None,
        **kwargs: Any,
    ) -> None:
        """Empty, or as the thing stands, with the alliance's areas to choose from."""
        areas = lists_of(alliance, thing).areas
        initial: dict[str, Any] = {"starts_on": on}
        if thing is not None:
            initial = values_of(thing, (*self.PLAIN, "phases", "starts_on", "ends_on"))
            initial["days"] = as_typed(initial.get("days"))
            initial["areas"] = chosen(areas)
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        field: Any = self.fields["areas"]
        field.choices = offered(areas)

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by field; areas by their keys."""
        typed = super().changes
        return {**typed, "areas": sorted(int(key) for key in typed["areas"])}

    def show_both(self, changed: ChangedSince) -> None:
        """As for other things, with the areas by their keys."""
        current: Any = changed.current
        facts = {name: getattr(current, name) for name in self.changes if name != "areas"}
        facts["areas"] = sorted(current.areas.values_list("pk", flat=True))
        data: Any = self.data
        typed = data.copy()
        super().show_both(ChangedSince(SimpleNamespace(version=current.version, **facts)))  # type: ignore[arg-type]  # what a form reads of it
        typed["seen_version"] = str(current.version)
        self.data = typed

    def _said(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            words = {str(key): str(word) for key, word in self.fields[name].choices}  # type: ignore[attr-defined]  # several choices
            return "; ".join(words.get(str(key), "") for key in value) or "Nothing"
        return super()._said(name, value)


class OfferForm(AreasForm):
    """A placement, modelling, a learning community or training that a school offers."""

    school = SchoolField(label="School that offers it")
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose one"), *SchoolOffer.Kind.choices])
    title = forms.CharField(
        label="Title", max_length=150, help_text="Such as “A morning in our Reception class”."
    )
    about = forms.CharField(
        label="What it is",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For whom, when, and what one takes home. Name no child.",
    )
    days = forms.DecimalField(
        label="Days a year",
        min_value=0.5,
        max_value=200,
        decimal_places=1,
        required=False,
        widget=forms.NumberInput(attrs={"class": "in-2", "step": "0.5"}),
        help_text="Leave it empty if days don’t say it.",
    )
    contact = PersonField(label="Whom to ask", help_text="A name from the alliance.")

    PLAIN = ("kind", "title", "about", "days")
    field_order = ("school", "kind", "title", "about", "areas", "phases", "days", "contact")

    def __init__(
        self,
        *args: Any,
        alliance: Alliance,
        on: date,
        schools: AllianceSchools,
        thing: SchoolOffer | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer the schools for which she may speak, and the alliance's people to ask."""
        if thing is not None:
            contact = thing.contact.name if thing.contact else ""
            kwargs["initial"] = {"contact": contact}
        elif len(schools.rows) == 1:
            kwargs["initial"] = {**kwargs.get("initial", {}), "school": schools.rows[0][1]}
        super().__init__(*args, alliance=alliance, on=on, thing=thing, **kwargs)
        self.people = AlliancePeople(alliance, on)
        self.schools = schools
        contact_field: Any = self.fields["contact"]
        contact_field.offer(self.people, current=thing.contact if thing else None)
        if thing is not None:
            del self.fields["school"]
            self.helper.layout.fields.remove("school")
        else:
            school_field: Any = self.fields["school"]
            school_field.offer(schools)


class ExpertForm(AreasForm):
    """A supplier or a national expert."""

    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Choose one"), *OutsideExpert.Kind.choices]
    )
    name = forms.CharField(label="Name", max_length=150)
    organisation = forms.CharField(label="Organisation", max_length=150, required=False)
    about = forms.CharField(
        label="What they do",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        required=False,
        help_text="The alliance’s own people read how to reach them.",
        error_messages={"invalid": "Write a whole address, like name@supplier.example."},
    )
    telephone = forms.CharField(label="Telephone", max_length=30, required=False)
    website = forms.URLField(
        label="Website",
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Write a whole address, like https://supplier.example."},
    )
    day_rate = forms.DecimalField(
        label="Cost of a day, in pounds",
        min_value=0,
        max_value=99_999,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"class": "in-3"}),
    )
    recommended_by = SchoolField(label="School that recommends them", required=False)

    PLAIN = ("kind", "name", "organisation", "about", "email", "telephone", "website", "day_rate")
    field_order = (
        *("kind", "name", "organisation", "about", "areas", "phases"),
        *("email", "telephone", "website", "day_rate", "recommended_by"),
    )

    def __init__(
        self,
        *args: Any,
        alliance: Alliance,
        on: date,
        thing: OutsideExpert | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer the alliance's schools as those that recommend."""
        current = thing.recommended_by if thing else None
        kwargs["initial"] = {"recommended_by": current.name if current else ""}
        super().__init__(*args, alliance=alliance, on=on, thing=thing, **kwargs)
        self.schools = AllianceSchools(alliance, on)
        field: Any = self.fields["recommended_by"]
        field.offer(self.schools, current=current)
