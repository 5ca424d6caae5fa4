"""Planning a visit, saying that it was held, and looking among visits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from alliances.membership.forms.kept import BothVersions, DayField, KeptForm, PlainForm
from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.filters import Chip, chips_of
from partnership.toolkit.folding import folded
from partnership.toolkit.spoken_dates import spoken_clock, spoken_day
from partnership.toolkit.versions import ChangedSince
from partnership.toolkit.widgets import ClockInput
from support.directory.matching import in_days
from support.programmes.models import Programme, Strand
from support.progress.models import Held, Visit, VisitNote
from support.progress.services.visiting import VisitFacts

FURTHEST_AHEAD = timedelta(days=3 * 366)
DAYS = tuple(Decimal(half) / 2 for half in (1, 2, 3, 4, 5, 6, 8, 10))
USUAL_START, USUAL_END = time(9), time(15)


@dataclass(frozen=True)
class Visitor:
    """Somebody who may come, and for which strand."""

    key: str
    words: str
    person: Person
    strand: Strand | None


def visitors_of(programme: Programme, *, on: date, only: Person | None) -> list[Visitor]:
    """The practitioners of its strands and the supporting school's heads; or herself alone."""
    strands = Strand.objects.filter(
        programme=programme, released_at=None, practitioner__isnull=False
    )
    posts = SchoolPost.objects.on(on).of_heads().filter(school=programme.supporting_school_id)
    if only is not None:
        strands = strands.filter(practitioner__person=only)
        posts = posts.filter(person=only)
    found = []
    for strand in strands.select_related("practitioner__person").order_by("kind", "pk"):
        if strand.practitioner is not None:
            person, kind = strand.practitioner.person, strand.get_kind_display()
            words = f"{person}: {kind[0].lower()}{kind[1:]}"
            found.append(Visitor(f"{strand.pk}-{person.pk}", words, person, strand))
    for post in posts.select_related("person").order_by("person__search_name", "pk"):
        words = f"{post.person}, supporting head: takes none of the days agreed"
        found.append(Visitor(f"0-{post.person_id}", words, post.person, None))
    return found


def days_field(label: str) -> forms.TypedChoiceField:
    """Half a day to five days."""
    return forms.TypedChoiceField(
        label=label,
        choices=[(str(days), _in_words(days)) for days in DAYS],
        coerce=Decimal,
        initial="1",
        widget=forms.Select(attrs={"class": "in-3"}),
    )


def _in_words(days: Decimal) -> str:
    return "Half a day" if days < 1 else in_days(days)


class VisitForm(KeptForm):
    """Who comes, why, and when; a day that has passed is taken as well, for visits told late."""

    who = forms.ChoiceField(label="Who comes", widget=forms.RadioSelect)
    purpose = forms.CharField(
        label="Purpose",
        max_length=200,
        help_text="A few words, such as “books of Year 5”. No pupil’s name or initials.",
    )
    day = DayField(label="Day")
    starts = forms.TimeField(label="Begins at", widget=ClockInput, initial=USUAL_START)
    ends = forms.TimeField(label="Ends at", widget=ClockInput, initial=USUAL_END)
    days = days_field("Counts as")
    place = forms.CharField(
        label="Where one meets",
        max_length=200,
        required=False,
        help_text="Only if it isn’t the school’s office.",
    )

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        visitors: list[Visitor],
        today: date,
        visit: Visit | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer those who may come; filled with a visit as it stands."""
        first = {"who": visitors[0].key} if len(visitors) == 1 else {}
        super().__init__(*args, initial=visit_values(visit) if visit else first, **kwargs)
        self.programme, self.today = programme, today
        self.visitors = {each.key: each for each in visitors}
        fields: dict[str, Any] = self.fields
        fields["who"].choices = [(each.key, each.words) for each in visitors]

    def clean_day(self) -> date:
        """Since all signed, and not further ahead than three years."""
        day: date = self.cleaned_data["day"]
        signed = self.programme.signed_at
        if signed is not None and day < signed.astimezone(UK).date():
            raise forms.ValidationError("This is before the support began. Choose a later day.")
        if day > self.today + FURTHEST_AHEAD:
            raise forms.ValidationError("This is more than three years ahead. Look at the year.")
        return day

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "The visit must end after it begins. Choose a later time.")
        return cleaned

    @property
    def span(self) -> tuple[datetime, datetime]:
        """When it begins and ends."""
        told = self.cleaned_data
        return (
            datetime.combine(told["day"], told["starts"], tzinfo=UK),
            datetime.combine(told["day"], told["ends"], tzinfo=UK),
        )

    @property
    def visitor(self) -> Visitor:
        """Who was chosen."""
        return self.visitors[self.cleaned_data["who"]]

    @property
    def facts(self) -> VisitFacts:
        """What was typed, as the services take it."""
        starts_at, ends_at = self.span
        return {
            "visitor": self.visitor.person,
            "strand": self.visitor.strand,
            "purpose": self.cleaned_data["purpose"],
            "place": self.cleaned_data["place"],
            "starts_at": starts_at,
            "ends_at": ends_at,
            "days": self.cleaned_data["days"],
        }

    def show_both(self, changed: ChangedSince) -> None:
        """Keep what was typed beside what was saved meanwhile."""
        current: Any = changed.current
        saved = visit_values(current)
        self.both = tuple(
            BothVersions(
                str(self.fields[name].label),
                self._worded(name, yours),
                self._worded(name, saved[name]),
            )
            for name, yours in self.changes.items()
            if self._worded(name, yours) != self._worded(name, saved[name])
        )
        self.data = {**self.data.dict(), "seen_version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict

    def _worded(self, name: str, value: Any) -> str:
        if isinstance(value, time):
            return spoken_clock(value)
        if isinstance(value, date):
            return spoken_day(value)
        if name == "days":
            return _in_words(Decimal(value))
        return self._said(name, value)


def visit_values(visit: Visit) -> dict[str, Any]:
    """A visit as its form shows it."""
    starts, ends = visit.starts_at.astimezone(UK), visit.ends_at.astimezone(UK)
    return {
        "who": f"{visit.strand_id or 0}-{visit.visitor_id}",
        "purpose": visit.purpose,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "days": str(Decimal(visit.days).normalize()),
        "place": visit.place,
        "seen_version": visit.version,
    }


class HeldForm(PlainForm):
    """How long a visit was."""

    days = days_field("It counted as")


class BecauseForm(PlainForm):
    """Why something doesn't take place, or didn't."""

    because = forms.CharField(
        label="Why?", max_length=300, help_text="Both schools read it. No pupil’s name or initials."
    )


NOTES = [
    ("missing", "Still to be written"),
    ("unchecked", "To be checked"),
    ("accurate", "Agreed"),
    ("disputed", "Not agreed in some points"),
]


BY_NOTE = {
    "missing": Q(state=Held.HELD, noted_at=None),
    "unchecked": Q(note__given_at__isnull=False, note__checked_at=None),
    "accurate": Q(note__accuracy=VisitNote.Accuracy.ACCURATE),
    "disputed": Q(note__accuracy=VisitNote.Accuracy.DISPUTED),
}


def narrowed(visits: QuerySet[Visit], chosen: Iterable[tuple[str, str]]) -> QuerySet[Visit]:
    """Visits by state, and by where their note stands."""
    for name, value in chosen:
        visits = visits.filter(BY_NOTE[value] if name == "note" else Q(state=value))
    return visits


class VisitFilter(django_filters.FilterSet):
    """Words, state, and where the note stands."""

    text = django_filters.CharFilter(label="Words", method="by_text", max_length=100)
    state = django_filters.ChoiceFilter(label="State", choices=Held.choices, empty_label="All")
    note = django_filters.ChoiceFilter(
        label="Note", method="by_note", choices=NOTES, empty_label="All"
    )

    class Meta:
        model = Visit
        fields: list[str] = []

    def by_text(self, queryset: QuerySet[Visit], _name: str, value: str) -> QuerySet[Visit]:
        """Each word in who came or what for."""
        for word in folded(value).split():
            in_name = Q(visitor__search_name__contains=word)
            queryset = queryset.filter(in_name | Q(purpose__icontains=word))
        return queryset

    def by_note(self, queryset: QuerySet[Visit], _name: str, value: str) -> QuerySet[Visit]:
        """Missing, to be checked, or how it was checked."""
        return queryset.filter(BY_NOTE[value])

    def chosen(self) -> tuple[tuple[str, str], ...] | None:
        """What was chosen of a few, so that its statement is composed once; None if words were."""
        if self.form.errors or self.form.cleaned_data["text"]:
            return None
        asked = self.form.cleaned_data
        return tuple((name, asked[name]) for name in ("state", "note") if asked[name])

    def chips(self) -> Iterator[Chip]:
        """Every filter in use, each with the list that drops it."""
        return chips_of(self)
