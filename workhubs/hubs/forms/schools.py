"""What is typed about schools in workhubs: inviting, asking to join, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from alliances.membership.forms.kept import DayField, PlainForm
from alliances.membership.models import Membership
from alliances.schools.models import School, SchoolPost
from partnership.toolkit.folding import folded
from workhubs.hubs.models import JoinRequest, WorkhubSchool, WorkhubYear

SCHOOLS_SHOWN = 200
KEY_DIGITS = 18


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
    """Member schools without a place or anything open; `has_head` where somebody can answer."""
    members = Membership.objects.on(on).filter(
        alliance=workhub_year.workhub.alliance_id, school=OuterRef("pk")
    )
    places = WorkhubSchool.objects.filter(workhub_year=workhub_year, school=OuterRef("pk"))
    heads = SchoolPost.objects.on(on).of_heads().filter(school=OuterRef("pk"))
    requests = JoinRequest.objects.open().filter(workhub_year=workhub_year, school=OuterRef("pk"))
    return (
        School.objects.filter(
            Exists(members),
            ~Exists(places.unanswered()),
            ~Exists(places.standing(on=on)),
            ~Exists(requests),
        )
        .annotate(has_head=Exists(heads), has_declined=Exists(places.declined()))
        .order_by("name", "pk")
    )


class RequestForm(PlainForm):
    """For which school one asks, and why."""

    school = forms.ChoiceField(label="School")
    why = forms.CharField(
        label="Why would your school like to join?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence or two. The workhub’s lead and deputy read it.",
    )

    def __init__(self, *args: Any, schools: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the schools that may ask; a single one isn't asked for."""
        super().__init__(*args, **kwargs)
        self.schools = dict(schools)
        field: Any = self.fields["school"]
        field.choices = [(str(pk), name) for pk, name in schools]
        if len(schools) == 1:
            field.initial = str(schools[0][0])
            field.widget = forms.HiddenInput()

    @property
    def school_id(self) -> int:
        """The school that was chosen."""
        return int(self.cleaned_data["school"])


class AnswerForm(PlainForm):
    """Words that go with a yes or a no."""

    words = forms.CharField(
        label="Words with the answer",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The school reads them.",
    )


class LastDayForm(PlainForm):
    """With which day something ends."""

    last_day = DayField(label="Last day")
