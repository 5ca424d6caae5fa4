"""Writing what a file says: new schools in bulk, changed ones only in the facts that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from alliances.schools.models import Authority, RegisterFile, School, SchoolLink
from alliances.schools.services.deriving import DERIVED, derive
from alliances.schools.services.entries import Entry
from partnership.audit.models import Event
from partnership.people.models import Person

BATCH = 1_000
NAMES_A_PERSON = "head_name"

Report = Callable[[int, int], None]
Thing = TypeVar("Thing")


def silently(_done: int, _total: int) -> None:
    """Report to nobody."""


@dataclass
class Writing:
    """One file's way into the register, inside one transaction."""

    file: RegisterFile
    sourced_on: date
    authorities: dict[str, Authority]
    by: Person | None
    now: datetime
    report: Report = silently
    left: dict[int, str] = field(default_factory=dict)

    def write(self, new: list[Entry], changed: list[Entry]) -> None:
        """Add and change; what was changed meanwhile is left as it is, and said in `left`."""
        total = len(new) + len(changed)
        for done, batch in batches(new):
            self._add(batch)
            self.report(done, total)
        for done, batch in batches(changed):
            self._change(batch)
            self.report(len(new) + done, total)

    def confirm(self, ids: list[int]) -> None:
        """Say that schools stand as this file has them."""
        for _done, batch in batches(ids):
            School.objects.filter(pk__in=batch).update(source=self.file, sourced_on=self.sourced_on)

    def _add(self, entries: list[Entry]) -> None:
        urns = [entry.urn for entry in entries]
        there = set(School.objects.filter(urn__in=urns).values_list("urn", flat=True))
        self.left |= dict.fromkeys(there, "it has been added meanwhile")
        School.objects.bulk_create(
            [self._new(entry) for entry in entries if entry.urn not in there]
        )
        self._link([entry for entry in entries if entry.predecessor_id or entry.successor_id])

    def _new(self, entry: Entry) -> School:
        facts = {name: after for name, (_before, after) in entry.facts.items()}
        code = str(facts.pop("authority"))
        return derive(
            School(
                urn=entry.urn,
                authority=self.authorities[code],
                source=self.file,
                sourced_on=self.sourced_on,
                **facts,
            )
        )

    def _link(self, entries: list[Entry]) -> None:
        """Keep which school follows which; that the one takes over is accepted apart."""
        ids = {each for entry in entries for each in (entry.predecessor_id, entry.successor_id)}
        known = School.objects.in_bulk(ids - {None})
        for entry in entries:
            opened_on: Any = entry.facts.get("opened_on", (None, None))[1]
            before = after = (entry.urn, entry.name)
            if entry.predecessor_id is not None:
                before = _identity(known[entry.predecessor_id])
            elif entry.successor_id is not None:
                after = _identity(known[entry.successor_id])
                opened_on = known[entry.successor_id].opened_on
            said = {"predecessor_name": before[1], "successor_name": after[1], "waits": True}
            SchoolLink.objects.update_or_create(
                predecessor_urn=before[0],
                successor_urn=after[0],
                defaults=said,
                create_defaults={**said, "linked_on": opened_on, "source": self.file},
            )

    def _change(self, entries: list[Entry]) -> None:
        of_urn = {entry.urn: entry for entry in entries}
        schools = School.objects.filter(urn__in=of_urn).select_related("authority")
        kept, changed_fields = [], set(DERIVED)
        for school in schools.select_for_update(of=("self",)).order_by("pk"):
            entry = of_urn[school.urn]
            if any(_stands(school, name) != was for name, (was, _now) in entry.facts.items()):
                self.left[school.urn] = "it has been changed meanwhile"
                continue
            changed_fields.update(self._set(school, entry))
            kept.append((school, entry))
        School.objects.bulk_create(
            [school for school, _entry in kept],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*changed_fields, "source", "sourced_on", "version"],
        )
        Event.objects.bulk_create(
            change_event(school, entry.facts, by=self.by, now=self.now) for school, entry in kept
        )

    def _set(self, school: School, entry: Entry) -> Iterable[str]:
        for name, (_before, after) in entry.facts.items():
            if name == "authority":
                school.authority = self.authorities[str(after)]
            else:
                setattr(school, name, after)
        school.source = self.file
        school.sourced_on = self.sourced_on
        school.version += 1
        derive(school)
        return entry.facts


def _identity(school: School) -> tuple[int, str]:
    return school.urn, school.name


def _stands(school: School, name: str) -> object:
    return school.authority.code if name == "authority" else getattr(school, name)


def batches(things: list[Thing]) -> Iterator[tuple[int, list[Thing]]]:
    """The things in batches, each with how many are done after it."""
    for start in range(0, len(things), BATCH):
        batch = things[start : start + BATCH]
        yield start + len(batch), batch


def change_event(
    school: School,
    facts: dict[str, tuple[object, object]],
    *,
    by: Person | None,
    now: datetime,
) -> Event:
    """The register is public, so the event may say each fact before and after, but no name."""
    return Event(
        at=now,
        actor_id=by.pk if by else None,
        action="facts changed by the register",
        app="schools",
        model="school",
        thing_id=school.pk,
        title=school.name,
        fields=sorted(facts),
        values={
            fact: [plain(before), plain(after)]
            for fact, (before, after) in facts.items()
            if fact != NAMES_A_PERSON
        },
        school_id=school.pk,
    )


def plain(fact: object) -> object:
    """A fact as JSON holds it."""
    return fact.isoformat() if isinstance(fact, date) else fact
