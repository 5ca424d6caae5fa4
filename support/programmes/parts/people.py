"""Who takes part in a programme, for everybody who takes part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.registers import joined, text
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer
from support.programmes.models import Programme, ProgrammePerson, Side, Strand
from support.programmes.parts.part import Part
from support.programmes.permissions import Rights, can_name, can_name_for_school

HEAD, SUPPORTER, PRACTITIONER, NAMED, WATCHES = (
    "head",
    "supporter",
    "practitioner",
    "named",
    "watches",
)


@dataclass(frozen=True)
class Somebody:
    """One person and her part; `named_id` where the reader may end it."""

    name: str
    what: str
    named_id: int | None = None


def _people(
    parts_of: tuple[str, ...],
    *,
    programme: Programme,
    school: Any,
    supporter: Any,
    person: Person,
    on: date,
) -> QuerySet[Any, Any]:
    """Everybody in one SELECT, and whether the reader watches it."""
    heads = SchoolPost.objects.on(on).of_heads()
    strands = Strand.objects.filter(programme=programme, released_at__isnull=True)
    named = ProgrammePerson.objects.on(on).filter(programme=programme)
    watched = Person.objects.filter(pk=person, programmes_watched=programme)
    parts = [
        _said(heads.filter(school=school), HEAD, "person", "person__name"),
        _said(
            strands.filter(practitioner__isnull=False),
            PRACTITIONER,
            "practitioner__person",
            "practitioner__person__name",
        ),
        _said(named, NAMED, "person", "person__name", "side", "pk"),
        _said(watched, WATCHES, "pk", "name"),
    ]
    if SUPPORTER in parts_of:
        parts.insert(1, _said(heads.filter(school=supporter), SUPPORTER, "person", "person__name"))
    return joined(parts)


def _said(
    rows: QuerySet[Any, Any], way: str, person: str, name: str, side: str = "", named: str = ""
) -> QuerySet[Any, Any]:
    columns: dict[str, Any] = {
        "way": Value(way, output_field=TextField()),
        "who": Cast(F(person), BigIntegerField()),
        "called": text(name),
        "on_side": text(side or Value("")),
        "named_pk": Cast(F(named) if named else Value(None), BigIntegerField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def people(rights: Rights, now: datetime) -> Part:
    """Heads, practitioners, the director and whom they named; practitioners read of themselves."""
    programme = rights.programme
    supporter = programme.supporting_school_id
    rows = answer(
        _people,
        () if supporter is None else (SUPPORTER,),
        programme=programme.pk,
        school=programme.school_id,
        supporter=supporter or 0,
        person=rights.person.pk,
        on=london_day(now),
    )
    nouns = {
        "programme": programme,
        "people": tuple(_together(_shown(rights, rows))),
        "is_watched": any(way == WATCHES for way, *_rest in rows),
        "may_name": can_name(rights),
    }
    return Part("programmes/includes/_people.html", nouns)


def _together(shown: Iterable[Somebody]) -> list[Somebody]:
    """Everybody once, with all her parts; what can be ended keeps a line of its own."""
    found: dict[tuple[str, int | None], Somebody] = {}
    for one in shown:
        known = found.get((one.name, one.named_id))
        if known is None:
            found[one.name, one.named_id] = one
        elif one.what not in known.what:
            found[one.name, one.named_id] = replace(
                known, what=f"{known.what}; {one.what[:1].lower()}{one.what[1:]}"
            )
    return list(found.values())


def _shown(rights: Rights, rows: list[tuple[str, int, str, str, int | None]]) -> Iterator[Somebody]:
    programme = rights.programme
    order = (HEAD, SUPPORTER, PRACTITIONER, NAMED)
    known = sorted((row for row in rows if row[0] in order), key=lambda row: order.index(row[0]))
    for way, person_id, name, side, named_id in known:
        if way == HEAD:
            yield Somebody(name, f"Head of {programme.school}")
        elif way == SUPPORTER:
            yield Somebody(name, f"Supporting head, {programme.supporting_school}")
        elif way == PRACTITIONER:
            if rights.sees_every_strand or person_id == rights.person.pk:
                yield Somebody(name, "Practitioner")
        elif rights.sees_request:
            yield Somebody(name, *_named(rights, side, named_id))
    if programme.director is not None:
        yield Somebody(programme.director.name, f"Looks after it, {programme.alliance}")


def _named(rights: Rights, side: str, named_id: int | None) -> tuple[str, int | None]:
    is_of_school = side == Side.SCHOOL
    what = "Named by the school" if is_of_school else "Named by the director"
    is_hers = can_name_for_school(rights) if is_of_school else "post" in rights.ways
    return what, named_id if is_hers else None
