"""What people fill in about workhubs."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q, QuerySet

from alliances.membership.forms.kept import BothVersions
from alliances.membership.models import Alliance, Area
from partnership.calendar.years import AcademicYear
from partnership.toolkit.statements import answer
from workhubs.hubs.forms.people import AlliancePeople, PersonField
from workhubs.hubs.models import Workhub, WorkhubYear

NAMES = ("name", "lead", "deputy", "area", "priority", "aims", "takes_requests")


def _areas(*, alliance: Alliance, kept: int) -> QuerySet[Area]:
    offered = Area.objects.filter(Q(closed_on=None) | Q(pk=kept), alliance=alliance)
    return offered.order_by("name", "pk")


class WorkhubForm(forms.Form):
    """A workhub's name, and what is said of it for one year."""

    name = forms.CharField(
        label="Name", max_length=100, help_text="Schools will find it by this name."
    )
    lead = PersonField(
        label="Who leads it",
        help_text="The lead invites schools and calls the workhub’s meetings.",
    )
    deputy = PersonField(label="Deputy", help_text="May do all that the lead may do.")
    area = forms.ModelChoiceField(
        label="Area of the alliance’s work",
        queryset=Area.objects.none(),
        required=False,
        empty_label="No area",
    )
    priority = forms.CharField(
        label="What it works on",
        max_length=150,
        required=False,
        help_text="The priority in a few words, such as “fluency in Years 3 and 4”.",
    )
    aims = forms.CharField(
        label="Aims for the year", required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    takes_requests = forms.BooleanField(
        label="Schools of the alliance may ask to join",
        required=False,
        initial=True,
        help_text="Otherwise they join by invitation only.",
    )

    def __init__(
        self,
        *args: Any,
        alliance: Alliance,
        on: date,
        workhub_year: WorkhubYear | None = None,
        **kwargs: Any,
    ) -> None:
        """For a new workhub, or filled with one year of an old one."""
        if workhub_year is not None:
            kwargs["initial"] = {
                "name": workhub_year.workhub.name,
                "lead": _name_of(workhub_year.lead),
                "deputy": _name_of(workhub_year.deputy),
                "area": workhub_year.area_id or "",
                "priority": workhub_year.priority,
                "aims": workhub_year.aims,
                "takes_requests": workhub_year.takes_requests,
                "seen_version": workhub_year.workhub.version,
            }
        super().__init__(*args, **kwargs)
        self.alliance = alliance
        self.workhub_year = workhub_year
        self.people = AlliancePeople(alliance, on)
        for name in ("lead", "deputy"):
            field: Any = self.fields[name]
            field.offer(self.people, current=getattr(workhub_year, name, None))
        self._offer_areas(None if workhub_year is None else workhub_year.area_id)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.fields)

    def _offer_areas(self, kept: int | None) -> None:
        """The alliance's open areas and the one that it has; none where none are to choose from."""
        is_asked = not self.is_bound or "area" in self.data
        areas = answer(_areas, alliance=self.alliance, kept=kept or 0) if is_asked else []
        if not areas:
            del self.fields["area"]
            return
        field: Any = self.fields["area"]
        field.queryset = Area.objects.filter(pk__in=[area.pk for area in areas])
        field.choices = [("", "No area"), *((area.pk, area.name) for area in areas)]

    def clean(self) -> dict[str, Any]:
        """A deputy stands beside somebody else."""
        cleaned = super().clean() or {}
        lead, deputy = cleaned.get("lead"), cleaned.get("deputy")
        if deputy is not None and "lead" not in self.errors and lead in {None, deputy}:
            words = "Choose a lead first." if lead is None else "Choose somebody else as deputy."
            self.add_error("deputy", words)
        return cleaned

    def clean_name(self) -> str:
        """Names differ within an alliance, whatever their capitals."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        namesakes = Workhub.objects.filter(alliance=self.alliance, name__iexact=name)
        if self.workhub_year is not None:
            if name == self.workhub_year.workhub.name:
                return name
            namesakes = namesakes.exclude(pk=self.workhub_year.workhub_id)
        if namesakes.exists():
            self.refuse_name(name)
        return name

    def refuse_name(self, name: str) -> None:
        """Say at the field that the name is taken."""
        self.add_error(
            "name", f"{self.alliance} has a workhub called “{name}” already. Choose another name."
        )

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by field."""
        return {name: self.cleaned_data[name] for name in NAMES if name in self.cleaned_data}


class NewWorkhubForm(WorkhubForm):
    """A workhub that begins, this year or next."""

    year = forms.TypedChoiceField(label="First year", coerce=AcademicYear.from_slug)

    field_order = ("name", "year", *NAMES[1:])

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """Offer this academic year and the next."""
        super().__init__(*args, on=on, **kwargs)
        this_year = AcademicYear.containing(on)
        choices = [(year.slug, str(year)) for year in (this_year, this_year.next)]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def first_year(self) -> AcademicYear:
        """The year chosen."""
        chosen = self.cleaned_data["year"]
        assert isinstance(chosen, AcademicYear)  # noqa: S101 (a fact for the type checker)
        return chosen


class EditWorkhubForm(WorkhubForm):
    """A workhub's year as it stands, and which version of it was seen."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    both: tuple[BothVersions, ...] = ()

    def show_both(self) -> None:
        """Keep what was typed, put beside it what somebody else saved, and let it be saved now."""
        years = WorkhubYear.objects.select_related("workhub", "lead", "deputy", "area")
        assert self.workhub_year is not None  # noqa: S101 (a fact for the type checker)
        current = years.get(pk=self.workhub_year.pk)
        saved = {name: getattr(current, name) for name in self.changes if name != "name"}
        saved["name"] = current.workhub.name
        self.both = tuple(
            BothVersions(str(self.fields[name].label), _said(typed), _said(saved[name]))
            for name, typed in self.changes.items()
            if typed != saved[name]
        )
        self.data = {**self.data.dict(), "seen_version": str(current.workhub.version)}  # type: ignore[attr-defined]  # a QueryDict
        self.add_error(
            None,
            "Somebody else saved this workhub meanwhile. Nothing is lost: "
            "compare what they saved with what you typed, then save.",
        )


def _name_of(person: Any) -> str:
    return "" if person is None else str(person.name)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value or "Nothing")
