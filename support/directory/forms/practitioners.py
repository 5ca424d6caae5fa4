"""What is typed about practitioners, and what heads say to their going."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, KeptForm, PlainForm, values_of
from alliances.membership.models import Alliance
from alliances.schools.models import School, SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.versions import ChangedSince
from support.directory.choices import Lists, chosen, lists_of, offered
from support.directory.forms.schools import AllianceSchools, SchoolField
from support.directory.models import Context, Phase, Practitioner
from support.directory.models.practitioners import MOST_DAYS
from workhubs.hubs.forms.people import AlliancePeople, AnybodyField

MANY = ("designations", "areas")
LONGEST_CONSENT_YEARS = 3
OWN = ("areas", "phases", "contexts", "about", "days_a_year")
EVERY = ("home_school", "designations", *OWN, "impact", "starts_on", "ends_on", "is_listed")


def as_typed(number: Decimal | None) -> str:
    """A number without the noughts at its end."""
    return "" if number is None else f"{number.normalize():f}"


def days_field(label: str, *, help_text: str = "", least: float = 0) -> forms.DecimalField:
    """A number of days; half days count."""
    return forms.DecimalField(
        label=label,
        min_value=least,
        max_value=MOST_DAYS,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "in-2", "step": "0.5"}),
        help_text=help_text,
    )


def several(label: str, *, help_text: str = "", choices: Any = ()) -> forms.MultipleChoiceField:
    """Any number of a few things."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class PractitionerForm(KeptForm):
    """An entry: what somebody is good at, for whom, and how many days a year."""

    home_school = SchoolField(
        label="Home school",
        required=False,
        help_text="Its head is asked to agree. Leave it empty for somebody without a school.",
    )
    designations = several("Designations")
    areas = several("Areas")
    phases = several("Phases taught or led", choices=Phase.choices)
    contexts = several(
        "Kinds of school known well",
        choices=Context.choices,
        help_text="A match counts schools like these.",
    )
    about = forms.CharField(
        label="What this person brings",
        max_length=1_500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Two or three sentences for other heads. Name no child.",
    )
    impact = forms.CharField(
        label="What came of past support",
        max_length=1_500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In words, without naming a school. Only the practitioner and directors read it.",
    )
    days_a_year = days_field(
        "Days a year",
        help_text="In an academic year; the head of the home school may agree to fewer.",
    )
    starts_on = DayField(label="From")
    ends_on = DayField(
        label="Last day", required=False, help_text="Leave it empty as long as it goes on."
    )
    is_listed = forms.BooleanField(
        label="Shown in the directory",
        required=False,
        help_text="Else only the practitioner, the head of the home school and the director see it.",
    )

    def __init__(
        self,
        *args: Any,
        alliance: Alliance,
        on: date,
        practitioner: Practitioner | None = None,
        is_own: bool = False,
        **kwargs: Any,
    ) -> None:
        """An empty entry, or as it stands; her own has what she may say of herself."""
        self.lists: Lists = lists_of(alliance, practitioner)
        kwargs["initial"] = self._begun(practitioner, on)
        super().__init__(*args, **kwargs)
        if is_own:
            for name in set(EVERY) - set(OWN):
                del self.fields[name]
                self.helper.layout.fields.remove(name)
        else:
            self.schools = AllianceSchools(alliance, on)
            field: Any = self.fields["home_school"]
            current = practitioner.home_school if practitioner else None
            field.offer(self.schools, current=current)
        for name in MANY:
            if name in self.fields:
                choices: Any = self.fields[name]
                choices.choices = offered(getattr(self.lists, name))

    def _begun(self, practitioner: Practitioner | None, on: date) -> dict[str, Any]:
        if practitioner is None:
            return {"starts_on": on, "is_listed": True, "days_a_year": 15}
        names = tuple(name for name in EVERY if name not in {*MANY, "home_school"})
        return values_of(practitioner, names) | {
            "home_school": practitioner.home_school.name if practitioner.home_school else "",
            "days_a_year": as_typed(practitioner.days_a_year),
            "designations": chosen(self.lists.designations),
            "areas": chosen(self.lists.areas),
        }

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by field; designations and areas by their keys."""
        typed = super().changes
        return {
            name: [int(key) for key in value] if name in MANY else value
            for name, value in typed.items()
            if name != "person"
        }

    def show_both(self, changed: ChangedSince) -> None:
        """As for other things, with what was chosen in the order of the lists."""
        current: Any = changed.current
        facts = {name: getattr(current, name) for name in EVERY if name not in MANY}
        for name in MANY:
            facts[name] = list(getattr(current, name).order_by("pk").values_list("pk", flat=True))
            if name in self.cleaned_data:
                self.cleaned_data[name] = sorted(self.cleaned_data[name], key=int)
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


class PractitionerAddForm(PractitionerForm):
    """Somebody of the alliance who is not listed yet."""

    person = AnybodyField(
        label="Who",
        required=True,
        help_text="A name from the alliance, or the e-mail address of somebody in the portal.",
    )
    field_order = ("person", *EVERY)

    def __init__(self, *args: Any, alliance: Alliance, on: date, **kwargs: Any) -> None:
        """Offer the alliance's people."""
        super().__init__(*args, alliance=alliance, on=on, **kwargs)
        self.people = AlliancePeople(alliance, on)
        self.on = on
        field: Any = self.fields["person"]
        field.offer(self.people, current=None)
        self.fields[
            "home_school"
        ].help_text = "Leave it empty to take the school of this person’s post."

    def clean(self) -> dict[str, Any]:
        """Without a home school it is the one where this person works, if it is in the alliance."""
        cleaned = super().clean()
        person = cleaned.get("person")
        if person is not None and not cleaned.get("home_school"):
            cleaned["home_school"] = self._works_at(person)
        return cleaned

    def _works_at(self, person: Person) -> School | None:
        members = [pk for pk, _words, _urn in self.schools.rows]
        posts = SchoolPost.objects.on(self.on).filter(person=person, school__in=members)
        post = posts.select_related("school").order_by("pk").first()
        return post.school if post else None


class ConsentForm(PlainForm):
    """How many days a colleague may go, and until when."""

    days_a_year = days_field("Days a year", least=0.5)
    starts_on = DayField(label="From")
    ends_on = DayField(label="Last day", help_text="Usually the end of an academic year.")
    note = forms.CharField(
        label="Conditions",
        max_length=300,
        required=False,
        help_text="Such as “not in the weeks of the tests”. The director and the practitioner read it.",
    )

    def __init__(self, *args: Any, practitioner: Practitioner, on: date, **kwargs: Any) -> None:
        """Propose what she offers, until the end of this academic year."""
        initial = {
            "days_a_year": as_typed(practitioner.days_a_year or None),
            "starts_on": on,
            "ends_on": AcademicYear.containing(on).last_day,
        }
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A consent is looked at again after some years."""
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and (last - first).days > LONGEST_CONSENT_YEARS * 366:
            self.add_error(
                "ends_on", "Choose a day within three years; it can be given again then."
            )
        return cleaned


class BecauseForm(PlainForm):
    """Why a head says no, or takes back what she said."""

    because = forms.CharField(
        label="Reason",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The practitioner and the alliance’s director read it.",
    )


class LastDayForm(PlainForm):
    """The last day of an entry."""

    last_day = DayField(label="Last day", help_text="It still counts on that day.")
