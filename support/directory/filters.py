"""How the lists of the directory are searched, narrowed and ordered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.forms import BoundField
from django.utils.functional import cached_property
from django_filters import CharFilter, ChoiceFilter, FilterSet

from alliances.membership.models import Alliance
from partnership.people.models import Person
from partnership.toolkit.filters import Chip, chips_of, fold_key
from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer
from support.directory.models import (
    Designation,
    OutsideExpert,
    Phase,
    Practitioner,
    SchoolOffer,
    SharedPost,
    SupportArea,
)

MOST_WORDS = 8
DAYS_LEFT = [
    ("0.5", "Some"),
    ("3", "3 or more"),
    ("5", "5 or more"),
    ("10", "10 or more"),
    ("none", "None"),
]
CONSENTS = [("yes", "Given"), ("no", "Missing")]
PAST = [("past", "Ended"), ("all", "Ended ones too")]
FEWEST_ALLIANCES = 2

PRACTITIONER_ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("search_text",),
    "school": ("home_school__name", "search_text"),
    "days": ("days_left", "search_text"),
}
OFFER_ORDERS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "school": ("school__name", "title"),
    "kind": ("kind", "title"),
}
EXPERT_ORDERS: dict[str, tuple[str, ...]] = {"name": ("name",), "kind": ("kind", "name")}
POST_ORDERS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "employer": ("employer__name", "title"),
    "from": ("starts_on", "title"),
}


def _choices(*, person: Person, on: date) -> QuerySet[Any, Any]:
    """Her alliances, and the names of their designations and areas, in one SELECT."""
    alliances = Alliance.objects.of_person(person, on=on)
    own = {"alliance__in": alliances.values("pk")}
    titles = Designation.objects.filter(**own).annotate(what=Value("title"), key=F("name"))
    areas = SupportArea.objects.filter(**own).annotate(what=Value("area"), key=F("name"))
    parts = (titles, areas)
    rows = alliances.annotate(what=Value("alliance"), key=F("slug"))
    return rows.values_list("what", "key", "name").union(
        *(part.values_list("what", "key", "name") for part in parts)
    )


class EntryFilter(FilterSet):
    """What the lists have in common: alliance, area, and whether what has ended counts."""

    text = CharFilter(label="Name or words", method="by_text", max_length=100)
    alliance = ChoiceFilter(label="Alliance", field_name="alliance__slug", empty_label="All")
    area = ChoiceFilter(label="Area", field_name="areas__name", empty_label="Any")
    phase = ChoiceFilter(label="Phase", method="by_phase", choices=Phase.choices, empty_label="Any")
    standing = ChoiceFilter(
        label="Standing", method="by_standing", choices=PAST, empty_label="Current and coming"
    )

    folded: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()

    def __init__(self, data: Any, queryset: QuerySet[Any], *, person: Person, on: date) -> None:
        """Offer the alliances, areas and designations that she knows."""
        super().__init__(data, queryset)
        self.on = on
        found: dict[str, list[tuple[str, str]]] = {"alliance": [], "area": [], "title": []}
        rows = answer(_choices, person=person, on=on)
        for what, key, name in sorted(rows, key=lambda row: row[2].casefold()):
            found[what].append((key, name))
        for name, what in (("alliance", "alliance"), ("area", "area"), ("designation", "title")):
            if name in self.form.fields:
                self.form.fields[name].choices = found[what]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Leave away what has ended, unless it is asked for."""
        found = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("standing"):
            return found.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=self.on))
        return found

    def by_standing(self, rows: QuerySet[Any], _name: str, asked: str) -> QuerySet[Any]:
        """What has ended, or everything."""
        return rows.filter(ends_on__lt=self.on) if asked == "past" else rows

    def by_phase(self, rows: QuerySet[Any], _name: str, code: str) -> QuerySet[Any]:
        """Those with this phase among theirs."""
        said = rows.annotate(said_phases=Cast("phases", TextField()))
        return said.filter(said_phases__contains=f'"{code}"')

    def by_text(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Every one of the words somewhere in what is searched."""
        for word in words.split()[:MOST_WORDS]:
            hit = Q()
            for name in self.searched:
                hit |= Q((f"{name}__icontains", word))
            rows = rows.filter(hit)
        return rows

    @cached_property
    def folded_fields(self) -> list[BoundField]:
        """Every field but the search; no choice of alliance for who knows one alone."""
        has_choice = len(self.form.fields["alliance"].choices) > FEWEST_ALLIANCES
        return [self.form[name] for name in self.folded if name != "alliance" or has_choice]

    @property
    def fold_key(self) -> str:
        """What the folded filters depend on when they are drawn."""
        return fold_key(self.folded_fields)

    def chips(self) -> list[Chip]:
        """Every filter in use, each with the list that drops it."""
        return list(chips_of(self))


class PractitionerFilter(EntryFilter):
    """Search by name, school, title and area; narrow by days left and consent too."""

    designation = ChoiceFilter(
        label="Designation", field_name="designations__name", empty_label="Any"
    )
    days = ChoiceFilter(
        label="Days left this year", method="by_days", choices=DAYS_LEFT, empty_label="Any"
    )
    consent = ChoiceFilter(
        label="The head’s consent", method="by_consent", choices=CONSENTS, empty_label="Any"
    )

    folded = ("alliance", "area", "designation", "phase", "days", "consent", "standing")

    class Meta:
        model = Practitioner
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Every one of the words in name, school, titles and areas."""
        for word in folded(words).split()[:MOST_WORDS]:
            rows = rows.filter(search_text__contains=word)
        return rows

    def by_days(self, rows: QuerySet[Any], _name: str, asked: str) -> QuerySet[Any]:
        """Those with so many days left, or with none."""
        if asked == "none":
            return rows.filter(days_left__lte=0)
        return rows.filter(days_left__gte=Decimal(asked))

    def by_consent(self, rows: QuerySet[Any], _name: str, asked: str) -> QuerySet[Any]:
        """Those whose head lets them go, or who wait for it."""
        if asked == "yes":
            return rows.filter(Q(has_consent=True) | Q(home_school=None))
        return rows.filter(has_consent=False, home_school__isnull=False)


class OfferFilter(EntryFilter):
    """Search by title and school; narrow by kind."""

    kind = ChoiceFilter(label="Kind", choices=SchoolOffer.Kind.choices, empty_label="Any")

    folded = ("alliance", "kind", "area", "phase", "standing")

    class Meta:
        model = SchoolOffer
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Every one of the words in the title, what it is, or the school."""
        for word in folded(words).split()[:MOST_WORDS]:
            rows = rows.filter(
                Q(title__icontains=word)
                | Q(about__icontains=word)
                | Q(school__search_text__contains=word)
            )
        return rows


class ExpertFilter(EntryFilter):
    """Search by name and organisation; narrow by kind."""

    kind = ChoiceFilter(label="Kind", choices=OutsideExpert.Kind.choices, empty_label="Any")

    folded = ("alliance", "kind", "area", "phase", "standing")
    searched = ("name", "organisation", "about")

    class Meta:
        model = OutsideExpert
        fields: list[str] = []


class SharedPostFilter(EntryFilter):
    """Search by post, holder and school; narrow by kind."""

    area = None
    phase = None
    kind = ChoiceFilter(label="Kind", choices=SharedPost.Kind.choices, empty_label="Any")

    folded = ("alliance", "kind", "standing")
    searched = ("title", "person__name", "employer__name")

    class Meta:
        model = SharedPost
        fields: list[str] = []
