"""Asking for support, and referring a school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html

from alliances.membership.forms.kept import PlainForm
from partnership.toolkit.folding import folded
from support.programmes.models import Programme

FEW_AREAS = 12
SCHOOLS_LIST = "schools-of-alliance"
OPEN_ALREADY = "The school has an open request in this area already. {} and add to that one."


@dataclass(frozen=True)
class Place:
    """A school that may be supported by an alliance."""

    alliance_id: int
    school_id: int
    alliance: str
    school: str
    town: str
    urn: int

    @property
    def key(self) -> str:
        """What stands in a form for it."""
        return f"{self.alliance_id}-{self.school_id}"


@dataclass(frozen=True)
class AreaChoice:
    """An area in which an alliance gives support."""

    pk: int
    alliance_id: int
    name: str


class NeedFields(PlainForm):
    """In which area, what is needed and hoped for, and how soon."""

    area = forms.ChoiceField(label="In which area?")
    need = forms.CharField(
        label="What help does the school need?",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="A few sentences: what you see, since when, what you tried. Name no pupil.",
    )
    outcomes = forms.CharField(
        label="What should be different afterwards?",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The outcomes you hope for, one a line.",
    )
    urgency = forms.ChoiceField(
        label="How soon?", choices=Programme.Urgency.choices, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, places: Sequence[Place], areas: Sequence[AreaChoice], **kwargs: Any
    ) -> None:
        """Offer the areas of the alliances, each under its alliance's name where there are more."""
        super().__init__(*args, **kwargs)
        self.places = places
        self.areas = {str(area.pk): area for area in areas}
        names = {place.alliance_id: place.alliance for place in places}
        field: Any = self.fields["area"]
        if len(names) > 1:
            groups = [(name, self._choices(key)) for key, name in names.items()]
            field.choices = [("", "Choose an area"), *groups]
        else:
            field.choices = [("", "Choose an area"), *self._choices(*names)]

    def _choices(self, *alliances: int) -> list[tuple[str, str]]:
        return [
            (key, area.name) for key, area in self.areas.items() if area.alliance_id in alliances
        ]

    def clean(self) -> dict[str, Any]:
        """The area is one of the alliance that is asked."""
        cleaned = super().clean()
        area, place = self.areas.get(cleaned.get("area", "")), self.chosen
        if area is not None and place is not None and area.alliance_id != place.alliance_id:
            self.add_error("area", f"{place.alliance} gives no support in it. Choose another area.")
        return cleaned

    @property
    def chosen(self) -> Place | None:
        """The school and the alliance that are meant."""
        raise NotImplementedError

    @property
    def words(self) -> dict[str, str]:
        """What was written."""
        cleaned = self.cleaned_data
        return {name: cleaned[name].strip() for name in ("need", "outcomes", "urgency")}

    def lead_to(self, programme: Programme) -> None:
        """Say at the field that such a request is open, with the way there."""
        link = format_html('<a href="{}">Open it</a>', programme.get_absolute_url())
        self.add_error("area", format_html(OPEN_ALREADY, link))


class AskForm(NeedFields):
    """A head asks for one of her schools."""

    field_order = ["place", "area", "need", "outcomes", "urgency"]
    place = forms.ChoiceField(label="For which school?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        """Ask for which school only where there is more than one."""
        super().__init__(*args, places=places, **kwargs)
        field: Any = self.fields["place"]
        is_one_alliance = len({place.alliance_id for place in places}) == 1
        field.choices = [
            (place.key, place.school if is_one_alliance else f"{place.school}, {place.alliance}")
            for place in places
        ]
        if len(places) == 1:
            del self.fields["place"]
            self.helper.layout.fields.remove("place")

    @property
    def chosen(self) -> Place | None:
        """The only one, or the one that was chosen."""
        if len(self.places) == 1:
            return self.places[0]
        key = self.cleaned_data.get("place")
        return next((place for place in self.places if place.key == key), None)


class ReferForm(NeedFields):
    """A director refers a school of her alliance, found by its name."""

    field_order = ["school", "area", "need", "outcomes", "urgency"]
    school = forms.CharField(
        label="Which school?",
        max_length=200,
        widget=forms.TextInput(attrs={"list": SCHOOLS_LIST, "autocomplete": "off"}),
        help_text="A school of the alliance; its name or its URN.",
    )

    def clean_school(self) -> Place:
        """Whichever school is meant, by the words that are offered, its name or its URN."""
        typed = folded(self.cleaned_data["school"])
        found = {
            place for place in self.places if typed in (folded(place.school), str(place.urn))
        } or {place for place in self.places if typed == folded(said_of(place))}
        if len({place.school_id for place in found}) > 1:
            raise forms.ValidationError("Several schools are called so. Choose one from the list.")
        if not found:
            raise forms.ValidationError(
                "No school of the alliance is called so. Choose one from the list."
            )
        return min(found, key=lambda place: place.key)

    @property
    def chosen(self) -> Place | None:
        """The school that was found."""
        found: Place | None = self.cleaned_data.get("school")
        return found


def said_of(place: Place) -> str:
    """A school among others of its name."""
    return f"{place.school}, {place.town}" if place.town else place.school
