"""The gates of a programme as its rows stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import spoken_day
from support.programmes.gating.rules import DIRECTOR, Check, Gate, Party, gates_of
from support.programmes.gating.strands import releases_of, standing_strands
from support.programmes.models import Declaration, DeclarationAsked, DiligenceCheck, Programme, Side

SUPPORTED = (Programme.Approach.SUPPORTIVE, Programme.Approach.INTERVENTIONIST)


def gates_for(programme: Programme) -> list[Gate]:
    """The gates of a programme as its rows stand."""
    director = programme.director
    asked = asked_in(programme)
    return gates_of(
        is_found=programme.matched_at is not None,
        parties=[*_without_head(programme, asked), *parties_of(asked)],
        checks=checks_of(programme),
        releases=releases_of(standing_strands(programme)),
        director=str(director) if director is not None else DIRECTOR,
    )


def latest_declarations(programme: Programme) -> dict[int, Declaration]:
    """What each person declared last."""
    said = Declaration.objects.filter(programme=programme).order_by("declared_at", "pk")
    return {each.person_id: each for each in said}


def open_conflicts(programme: Programme) -> QuerySet[Declaration]:
    """Last declarations of a conflict of interest that nobody settled."""
    same = Declaration.objects.filter(programme=OuterRef("programme"), person=OuterRef("person"))
    moment, key = OuterRef("declared_at"), OuterRef("pk")
    later = same.filter(Q(declared_at__gt=moment) | Q(declared_at=moment, pk__gt=key))
    said = Declaration.objects.filter(programme=programme, has_conflict=True)
    return said.filter(~Exists(later), settled_at__isnull=True)


def conflicted_in(programme: Programme) -> frozenset[int]:
    """Who declared a conflict of interest last, and nobody settled it."""
    return frozenset(open_conflicts(programme).values_list("person", flat=True))


def asked_in(programme: Programme) -> list[DeclarationAsked]:
    """Who declares interests, side by side, each with her last declaration; loaded once."""
    posts = SchoolPost.objects.of_heads().filter(person=OuterRef("person"))
    rows = DeclarationAsked.objects.select_related("person", "school", "declaration__settled_by")
    rows = rows.annotate(
        heads_school=Exists(posts.filter(school=OuterRef("programme__school"))),
        heads_supporter=Exists(posts.filter(school=OuterRef("programme__supporting_school"))),
    )
    prefetch_related_objects(
        [programme],
        Prefetch("declarations_asked", rows.order_by("side", "school", "pk"), "asked_people"),
    )
    asked: list[DeclarationAsked] = programme.asked_people  # type: ignore[attr-defined]  # just loaded
    return sorted(asked, key=lambda each: (Side.values.index(each.side), each.school_id or 0))


def asked_of(programme: Programme, person: Person, *, on: date) -> DeclarationAsked | None:
    """Her place among those who declare interests; or that of the head before her, still empty."""
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person)
    left = Q(declaration__isnull=True, school__in=heads.values("school"))
    hers = programme.declarations_asked.filter(Q(person=person) | left)
    places = sorted(hers, key=lambda each: (each.person_id != person.pk, each.pk))
    return places[0] if places else None


def _without_head(programme: Programme, asked: Sequence[DeclarationAsked]) -> list[Party]:
    """A school for which nobody is asked, though somebody has to declare and sign for it.

    Whoever heads both schools is asked once, for the supported one.
    """
    sides = (
        (Side.SCHOOL, programme.school, "heads_school"),
        (Side.SUPPORTER, programme.supporting_school, "heads_supporter"),
    )
    asked_sides = {each.side for each in asked}
    return [
        Party(f"{side.label}: {school}", ())
        for side, school, heads in sides
        if programme.matched_at is not None
        and school is not None
        and side.value not in asked_sides
        and not any(getattr(each, heads) for each in asked)
    ]


def parties_of(asked: Sequence[DeclarationAsked]) -> list[Party]:
    """Heads of one school together, everybody else alone."""
    return [_party(list(members)) for _party_key, members in groupby(asked, key=_party_key)]


def _party_key(asked: DeclarationAsked) -> tuple[str, int, int]:
    is_alone = asked.school_id is None
    return (asked.side, asked.school_id or 0, asked.person_id if is_alone else 0)


def _party(members: list[DeclarationAsked]) -> Party:
    first = members[0]
    names = tuple(str(each.person) for each in members)
    said = [each.declaration for each in members if each.declaration is not None]
    label = first.get_side_display()
    words = f"{label}: {first.school}" if first.school is not None else f"{label}: {names[0]}"
    is_open = any(each.has_conflict and each.settled_at is None for each in said)
    return Party(words, names, has_declared=bool(said), has_open_conflict=is_open)


def checks_of(programme: Programme) -> list[Check]:
    """Each line of the alliance's due diligence with its latest check, in one query."""
    names = ("check_words", "is_fine", "note", "checked_by__name", "checked_on")
    rows = list(
        Programme.objects.filter(pk=programme.pk)
        .order_by("diligence_checks__checked_at", "diligence_checks__pk")
        .values_list(
            "alliance__support_rules__diligence", *(f"diligence_checks__{name}" for name in names)
        )
    )
    latest = {words: check for _lines, words, *check in rows}
    lines = lines_in(next((lines for lines, *_check in rows), "") or "")
    return [_check(line, latest.get(line)) for line in lines]


def _check(line: str, latest: list[Any] | None) -> Check:
    if latest is None:
        return Check(line)
    is_fine, note, by, on = latest
    return Check(line, is_fine, f"{note}{' ' if note else ''}{by}, {spoken_day(on)}.")


def latest_checks(programme: Programme) -> dict[str, DiligenceCheck]:
    """The latest check of each line, by its words."""
    rows = DiligenceCheck.objects.filter(programme=programme).select_related("checked_by")
    return {check.check_words: check for check in rows.order_by("checked_at", "pk")}


def lines_in(diligence: str) -> list[str]:
    """What the alliance looks at in a supporting school, line by line."""
    lines = (line.strip() for line in diligence.splitlines())
    return list(dict.fromkeys(line[:300] for line in lines if line))
