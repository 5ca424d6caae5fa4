"""What people fill in about workhubs."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.schools.models import School, SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer
from workhubs.hubs.models import Workhub, WorkhubSchool, WorkhubYear

NEVER_LEAD = (SchoolPost.Kind.GOVERNOR, SchoolPost.Kind.CHAIR_OF_GOVERNORS, SchoolPost.Kind.CLERK)
SCHOOLS_SHOWN = 200
KEY_DIGITS = 18


def possible_leads(*, alliance: Alliance, on: date) -> QuerySet[Person, Any]:
    """Key, name and school of who has a post in the alliance, or works in a member school."""
    own_posts = AlliancePost.objects.on(on).filter(alliance=alliance)
    members = Membership.objects.on(on).filter(alliance=alliance).values("school")
    school_posts = SchoolPost.objects.on(on).filter(school__in=members)
    school_posts = school_posts.exclude(kind__in=NEVER_LEAD)
    first_school = (
        school_posts.filter(person=OuterRef("pk")).order_by("pk").values("school__name")[:1]
    )
    hers = own_posts.values("person").union(school_posts.values("person"), all=True)
    people = Person.objects.filter(pk__in=hers).annotate(works_at=Subquery(first_school))
    return people.order_by("search_name", "pk").values_list("pk", "name", "works_at")


class LeadField(forms.ChoiceField):
    """One of an alliance's people; the school tells namesakes apart."""

    current: Person | None = None

    def offer(self, alliance: Alliance, *, on: date, current: Person | None) -> None:
        """Offer the alliance's people, asked for when they are needed, and whoever leads now."""
        self.current = current

        @cache
        def choices() -> list[tuple[str, str]]:
            people = {
                str(pk): f"{name}, {works_at or alliance.name}"
                for pk, name, works_at in answer(possible_leads, alliance=alliance, on=on)
            }
            now = {} if current is None else {str(current.pk): current.name}
            return [("", "Nobody yet"), *(now | people).items()]

        self.choices = choices

    def valid_value(self, value: str) -> bool:
        """Whoever leads now may go on without the whole list being asked for."""
        return self._is_current(value) or super().valid_value(value)

    def clean(self, value: Any) -> Person | None:
        """The person who was chosen, if any."""
        key = str(super().clean(value) or "")
        if not key:
            return None
        return self.current if self._is_current(key) else Person.objects.get(pk=key)

    def _is_current(self, value: str) -> bool:
        return self.current is not None and value == str(self.current.pk)


class WorkhubForm(forms.Form):
    """A workhub's name, and its lead, priority and aims for one year."""

    name = forms.CharField(
        label="Name", max_length=100, help_text="Schools will find it by this name."
    )
    lead = LeadField(
        label="Who leads it",
        required=False,
        error_messages={"invalid_choice": "Choose somebody from the list."},
        help_text="The lead invites schools and calls the workhub’s meetings.",
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
                "lead": workhub_year.lead_id,
                "priority": workhub_year.priority,
                "aims": workhub_year.aims,
                "seen_version": workhub_year.workhub.version,
            }
        super().__init__(*args, **kwargs)
        self.alliance = alliance
        self.workhub_year = workhub_year
        current = None if workhub_year is None else workhub_year.lead
        self.lead_field.offer(alliance, on=on, current=current)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.fields)

    @property
    def lead_field(self) -> LeadField:
        """The field that offers the alliance's people."""
        field = self.fields["lead"]
        assert isinstance(field, LeadField)  # noqa: S101 (a fact for the type checker)
        return field

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
        return {name: self.cleaned_data[name] for name in ("name", "lead", "priority", "aims")}


class NewWorkhubForm(WorkhubForm):
    """A workhub that begins, this year or next."""

    year = forms.TypedChoiceField(label="First year", coerce=AcademicYear.from_slug)

    field_order = ("name", "year", "lead", "priority", "aims")

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
    theirs: tuple[tuple[str, str], ...] = ()

    def show_both(self) -> None:
        """Keep what was typed, put beside it what somebody else saved, and let it be saved now."""
        years = WorkhubYear.objects.select_related("workhub", "lead")
        assert self.workhub_year is not None  # noqa: S101 (a fact for the type checker)
        current = years.get(pk=self.workhub_year.pk)
        saved = {
            "name": current.workhub.name,
            "lead": current.lead,
            "priority": current.priority,
            "aims": current.aims,
        }
        self.theirs = tuple(
            (str(self.fields[name].label), str(value or "Nothing"))
            for name, value in saved.items()
            if value != self.cleaned_data.get(name)
        )
        self.data = {**self.data.dict(), "seen_version": str(current.workhub.version)}  # type: ignore[attr-defined]  # a QueryDict
        self.add_error(
            None,
            "Somebody else saved this workhub meanwhile. Nothing is lost: "
            "compare what they saved with what you typed, then save.",
        )


class InviteForm(forms.Form):
    """Member schools to be asked: searched for, ticked, kept ticked through the next search."""

    text = forms.CharField(label="Name, town or URN of a school", required=False, max_length=100)
    schools = forms.ModelMultipleChoiceField(
        label="Schools", queryset=School.objects.none(), required=False
    )

    def __init__(self, *args: Any, workhub_year: WorkhubYear, on: date, **kwargs: Any) -> None:
        """Offer the alliance's member schools that aren't asked and don't take part."""
        super().__init__(*args, **kwargs)
        self.candidates = schools_to_invite(workhub_year, on=on)
        schools = self.fields["schools"]
        schools.queryset = self.candidates  # type: ignore[attr-defined]  # a model choice field
        schools.error_messages["invalid_choice"] = (
            "One of these schools is asked already, or isn’t a member. Look again and tick anew."
        )

    def is_complete(self) -> bool:
        """Whether schools are ticked, and all of them may be asked."""
        if self.is_valid() and not self.cleaned_data["schools"]:
            self.add_error("schools", "Tick the schools that you want to invite.")
        return self.is_valid()

    @property
    def chosen(self) -> list[School]:
        """The schools to be asked."""
        return list(self.cleaned_data["schools"])

    def offered(self) -> list[School]:
        """What the search finds, and what is ticked already on top; `is_ticked` says so."""
        ticked = self.ticked
        found = self.candidates
        for word in folded(str(self.data.get("text", ""))).split():
            found = found.filter(search_text__contains=word)
        schools = list(self.candidates.filter(pk__in=ticked)) if ticked else []
        schools += [school for school in found[:SCHOOLS_SHOWN] if school.pk not in ticked]
        for school in schools:
            school.is_ticked = school.pk in ticked  # type: ignore[attr-defined]  # for the page
        return schools

    @property
    def ticked(self) -> set[int]:
        """The keys that came ticked, right or wrong."""
        if not self.is_bound:
            return set()
        keys = self.data.getlist("schools")  # type: ignore[attr-defined]  # a QueryDict
        return {
            int(key) for key in keys if key.isascii() and key.isdigit() and len(key) <= KEY_DIGITS
        }


def schools_to_invite(workhub_year: WorkhubYear, *, on: date) -> QuerySet[School]:
    """Member schools without a place or an open invitation; `has_head` where somebody can answer."""
    members = Membership.objects.on(on).filter(
        alliance=workhub_year.workhub.alliance_id, school=OuterRef("pk")
    )
    places = WorkhubSchool.objects.filter(workhub_year=workhub_year, school=OuterRef("pk"))
    heads = SchoolPost.objects.on(on).of_heads().filter(school=OuterRef("pk"))
    return (
        School.objects.filter(
            Exists(members), ~Exists(places.unanswered()), ~Exists(places.joined(on=on))
        )
        .annotate(has_head=Exists(heads), has_declined=Exists(places.declined()))
        .order_by("name", "pk")
    )
