"""Which of last year's workhubs go on into the new year, with whom and with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.http.request import QueryDict  # noqa: TID251 (the type of what was typed)

from alliances.membership.models import Alliance
from partnership.calendar.years import AcademicYear
from partnership.toolkit.folding import folded
from workhubs.hubs.forms.people import AlliancePeople
from workhubs.hubs.models import (
    SETTLED,
    Objective,
    WorkhubPerson,
    WorkhubSchool,
    WorkhubYear,
)
from workhubs.hubs.services import GoingOn, people_to_keep, places_to_keep

NOBODY = "Nobody in the alliance is called “{}”. Choose somebody from the list."


@dataclass
class Choice:
    """Something that may go on: its key, its words, and whether it is ticked."""

    key: int
    words: str
    more: str = ""
    is_ticked: bool = True


@dataclass
class Row:
    """One workhub on the screen: what it was, and what shall become of it."""

    before: WorkhubYear
    is_chosen: bool
    lead: str
    deputy: str
    lead_id: int | None = None
    deputy_id: int | None = None
    places: list[Choice] = field(default_factory=list)
    people: list[Choice] = field(default_factory=list)
    objectives: list[Choice] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def staying(self) -> list[Choice]:
        """The schools that stay."""
        return [place for place in self.places if place.is_ticked]

    @property
    def leaving(self) -> list[Choice]:
        """The schools that don't."""
        return [place for place in self.places if not place.is_ticked]

    @property
    def carried(self) -> list[Choice]:
        """The objectives that go on."""
        return [objective for objective in self.objectives if objective.is_ticked]

    @property
    def people_staying(self) -> list[Choice]:
        """The people who stay."""
        return [member for member in self.people if member.is_ticked]

    @property
    def going_on(self) -> GoingOn:
        """The same, for the service."""
        return GoingOn(
            before=self.before.pk,
            lead=self.lead_id,
            deputy=self.deputy_id,
            places=frozenset(place.key for place in self.staying),
            people=frozenset(member.key for member in self.people_staying),
            objectives=frozenset(objective.key for objective in self.carried),
        )


class RollOver:
    """One screen for all workhubs of an alliance that don't have the year yet."""

    def __init__(
        self, typed: QueryDict | None, *, alliance: Alliance, year: AcademicYear, on: date
    ) -> None:
        """Begin with what is sensible, or with what was typed."""
        self.typed = typed
        self.alliance = alliance
        self.year = year
        self.on = on
        self.people = AlliancePeople(alliance, on)
        self.error = ""

    @cached_property
    def befores(self) -> list[WorkhubYear]:
        """The latest year of each open workhub that hasn't begun this one, by name."""
        years = WorkhubYear.objects.filter(
            workhub__alliance=self.alliance,
            workhub__closed_on=None,
            year__lt=self.year.start,
        ).exclude(workhub__years__year=self.year.start)
        years = years.select_related("workhub", "lead", "deputy")
        latest = {year.workhub_id: year for year in years.order_by("workhub__name", "year", "pk")}
        return list(latest.values())

    @cached_property
    def rows(self) -> list[Row]:
        """Each workhub with its schools, people and objectives."""
        keys = [before.pk for before in self.befores]
        rows = {before.pk: self._row(before) for before in self.befores}
        places = places_to_keep(keys, self.alliance, self.year, today=self.on)
        for place in places:
            rows[place.workhub_year_id].places.append(self._place(place))
        for member in people_to_keep(keys, self.year):
            rows[member.workhub_year_id].people.append(self._member(member))
        objectives = Objective.objects.filter(workhub_year__in=keys).order_by("position", "pk")
        for objective in objectives:
            rows[objective.workhub_year_id].objectives.append(self._objective(objective))
        return list(rows.values())

    @property
    def chosen(self) -> list[Row]:
        """The workhubs that go on."""
        return [row for row in self.rows if row.is_chosen]

    @property
    def left_out(self) -> list[Row]:
        """Those that don’t: they end with their year, and can still be rolled over later."""
        return [row for row in self.rows if not row.is_chosen]

    def is_complete(self) -> bool:
        """Whether something is chosen, and everybody who is named is found."""
        if self.typed is None:
            return False
        for row in self.chosen:
            self._settle_leads(row)
        if not self.chosen:
            self.error = "Tick the workhubs that go on."
        return bool(self.chosen) and not any(row.errors for row in self.chosen)

    @property
    def going_on(self) -> list[GoingOn]:
        """What was chosen, for the service."""
        return [row.going_on for row in self.chosen]

    def hidden(self) -> Iterator[tuple[str, str]]:
        """What was typed, to be asked about once more."""
        assert self.typed is not None  # noqa: S101 (a fact for the type checker)
        for name, values in self.typed.lists():
            if name not in {"csrfmiddlewaretoken", "step"}:
                yield from ((name, str(value)) for value in values)

    def _ticked(self, name: str, key: int, *, usually: bool = True) -> bool:
        return usually if self.typed is None else str(key) in self._lists[name]

    @cached_property
    def _lists(self) -> dict[str, frozenset[str]]:
        names = ("hub", "place", "member", "objective")
        return {
            name: frozenset() if self.typed is None else frozenset(self.typed.getlist(name))
            for name in names
        }

    def _row(self, before: WorkhubYear) -> Row:
        ran_last_year = before.year == self.year.previous.start and before.closed_on is None
        leads = {}
        for part in ("lead", "deputy"):
            person = getattr(before, part)
            is_here = person is not None and person.pk in self.people.keys
            usual = str(person.name) if is_here else ""
            typed = None if self.typed is None else self.typed.get(f"{part}-{before.pk}", "")
            leads[part] = usual if typed is None else " ".join(typed.split())[:300]
        is_chosen = self._ticked("hub", before.pk, usually=ran_last_year)
        return Row(before, is_chosen, lead=leads["lead"], deputy=leads["deputy"])

    def _place(self, place: WorkhubSchool) -> Choice:
        ticked = self._ticked("place", place.pk)
        return Choice(place.pk, place.school.name, place.school.town, ticked)

    def _member(self, member: WorkhubPerson) -> Choice:
        ticked = self._ticked("member", member.pk)
        return Choice(member.pk, member.person.name, member.brings, ticked)

    def _objective(self, objective: Objective) -> Choice:
        ticked = self._ticked("objective", objective.pk, usually=objective.progress not in SETTLED)
        return Choice(objective.pk, objective.words, objective.get_progress_display(), ticked)

    def _settle_leads(self, row: Row) -> None:
        row.errors.clear()
        row.lead_id = self._found(row, "lead")
        row.deputy_id = self._found(row, "deputy")
        if row.deputy_id is not None and not row.errors:
            if row.lead_id is None:
                row.errors["deputy"] = "Choose a lead first."
            elif row.lead_id == row.deputy_id:
                row.errors["deputy"] = "Choose somebody else as deputy."

    def _found(self, row: Row, part: str) -> int | None:
        typed = getattr(row, part)
        if not typed:
            return None
        person = getattr(row.before, part)
        if person is not None and typed == person.name:
            return int(person.pk)
        pk = self.people.by_words.get(folded(typed))
        if pk is None:
            row.errors[part] = NOBODY.format(typed)
        return pk
