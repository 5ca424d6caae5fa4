"""What must be there before an agreement may be signed, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import CharField, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models import prefetch_related_objects as prefetch
from django.db.models.functions import Cast, Concat

from alliances.schools.models import SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers.columns import Lines
from support.directory.models import HomeConsent
from support.programmes.models import (
    Declaration,
    DeclarationAsked,
    DiligenceCheck,
    Programme,
    Side,
    Strand,
    StrandDays,
)

SUPPORTED = (Programme.Approach.SUPPORTIVE, Programme.Approach.INTERVENTIONIST)
NOBODY = "Nobody yet"
DIRECTOR = "The alliance’s director"
BETWEEN = "|"


@dataclass(frozen=True)
class Gate:
    """One thing that must be there; while it is closed, what is missing and whose that is."""

    topic: str
    words: str
    missing: str = ""
    whose: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True)
class Party:
    """Those on one side of whom one has to declare interests."""

    words: str
    people: tuple[str, ...]
    has_declared: bool = False
    has_open_conflict: bool = False


@dataclass(frozen=True)
class Check:
    """A line of due diligence; `is_fine` is None as long as nobody looked."""

    words: str
    is_fine: bool | None = None


@dataclass(frozen=True)
class Release:
    """Whom her head must let go, for how many days, and how many the head agreed to in each year."""

    name: str
    school: str
    promised: Mapping[int, Decimal]
    agreed: Mapping[int, Decimal]


def gates_of(
    *,
    is_found: bool,
    parties: Iterable[Party],
    checks: Iterable[Check],
    releases: Iterable[Release],
    director: str = DIRECTOR,
) -> list[Gate]:
    """Every gate in the order of the page; an agreement is signed when all are open."""
    first = Gate("Support", "Support is found", "" if is_found else "Not yet found", director)
    return [
        first,
        *(_declared(party, director) for party in parties),
        *(_checked(check, director) for check in checks),
        *(_released(release) for release in releases),
    ]


def all_open(gates: Iterable[Gate]) -> bool:
    """Whether an agreement may be signed."""
    return all(gate.is_open for gate in gates)


def _declared(party: Party, director: str) -> Gate:
    if party.has_open_conflict:
        return Gate("Interests", party.words, "A conflict is declared and not settled", director)
    missing = "" if party.has_declared else "Has not declared interests"
    return Gate("Interests", party.words, missing, " or ".join(party.people) or NOBODY)


def _checked(check: Check, director: str) -> Gate:
    words = {None: "Not checked", False: "Not in order", True: ""}
    return Gate("Due diligence", check.words, words[check.is_fine], director)


def _released(release: Release) -> Gate:
    short = [
        f"{AcademicYear(year)}: {_number(days)} promised, {_number(agreed)} agreed"
        for year, days in sorted(release.promised.items())
        if days > (agreed := release.agreed.get(year, Decimal(0)))
    ]
    words = f"{release.school} lets {release.name} go"
    missing = f"The head’s consent doesn’t cover the days. {'; '.join(short)}" if short else ""
    return Gate("Consent", words, missing, f"Head of {release.school}")


def _number(days: Decimal) -> str:
    return f"{days.normalize():f}"


def gates_for(programme: Programme) -> list[Gate]:
    """The gates of a programme as its rows stand."""
    director = programme.director
    return gates_of(
        is_found=programme.matched_at is not None,
        parties=parties_of(asked_in(programme)),
        checks=checks_of(programme),
        releases=releases_of(standing_strands(programme)),
        director=str(director) if director is not None else DIRECTOR,
    )


def latest_declarations(programme: Programme) -> dict[int, Declaration]:
    """What each person declared last."""
    said = Declaration.objects.filter(programme=programme).order_by("declared_at", "pk")
    return {each.person_id: each for each in said}


def conflicted_in(programme: Programme) -> frozenset[int]:
    """Who declared a conflict of interest last, and nobody settled it."""
    return frozenset(
        person
        for person, each in latest_declarations(programme).items()
        if each.has_conflict and each.settled_at is None
    )


def asked_in(programme: Programme) -> list[DeclarationAsked]:
    """Who declares interests, side by side, each with her last declaration; loaded once."""
    rows = DeclarationAsked.objects.select_related("person", "school", "declaration__settled_by")
    prefetch(
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
    rows = list(
        Programme.objects.filter(pk=programme.pk)
        .order_by("diligence_checks__checked_at", "diligence_checks__pk")
        .values_list(
            "alliance__support_rules__diligence",
            "diligence_checks__check_words",
            "diligence_checks__is_fine",
        )
    )
    latest = {words: is_fine for _said, words, is_fine in rows}
    said = next((said for said, *_check in rows), None)
    return [Check(line, latest.get(line)) for line in lines_in(said or "")]


def latest_checks(programme: Programme) -> dict[str, DiligenceCheck]:
    """The latest check of each line, by its words."""
    rows = DiligenceCheck.objects.filter(programme=programme).select_related("checked_by")
    return {check.check_words: check for check in rows.order_by("checked_at", "pk")}


def lines_in(diligence: str) -> list[str]:
    """What the alliance looks at in a supporting school, line by line."""
    lines = (line.strip() for line in diligence.splitlines())
    return list(dict.fromkeys(line[:300] for line in lines if line))


def _lines_of(rows: QuerySet[StrandDays] | QuerySet[HomeConsent], by: str, *names: str) -> Subquery:
    """Columns of some rows as lines of one text, so that a strand brings them along."""
    columns = [
        part for name in names for part in (Value(BETWEEN), Cast(F(name), output_field=CharField()))
    ][1:]
    lines = rows.order_by().values(by).annotate(said=Lines(Concat(*columns)))
    return Subquery(lines.values("said"))


def standing_strands(programme: Programme) -> list[Strand]:
    """The strands that weren't given up, with days and consents; loaded once for the programme."""
    days = StrandDays.objects.filter(strand=OuterRef("pk"))
    consents = HomeConsent.objects.filter(
        practitioner=OuterRef("practitioner"),
        school=OuterRef("practitioner__home_school"),
        withdrawn_at__isnull=True,
    )
    strands = (
        Strand.objects.filter(released_at__isnull=True)
        .select_related(
            "practitioner__person",
            "practitioner__home_school",
            "school_offer__school",
            "outside_expert",
        )
        .annotate(
            day_lines=_lines_of(days, "strand", "year", "days"),
            consent_lines=_lines_of(
                consents, "practitioner", "starts_on", "ends_on", "days_a_year"
            ),
        )
        .order_by("brokered_at", "pk")
    )
    prefetch([programme], Prefetch("strands", strands, "strands_standing"))
    found: list[Strand] = programme.strands_standing  # type: ignore[attr-defined]  # just loaded
    return found


def days_of(strand: Strand) -> dict[int, Decimal]:
    """The days of a loaded strand by academic year."""
    lines = (line.split(BETWEEN) for line in (strand.day_lines or "").splitlines())  # type: ignore[attr-defined]  # annotated
    return dict(sorted((int(year), Decimal(days)) for year, days in lines))


def releases_of(strands: Iterable[Strand]) -> list[Release]:
    """For each practitioner with a home school: days promised here and days agreed, by year."""
    promised: dict[int, dict[int, Decimal]] = {}
    first: dict[int, Strand] = {}
    for strand in strands:
        if strand.practitioner is None or strand.practitioner.home_school is None:
            continue
        first.setdefault(strand.practitioner.pk, strand)
        years = promised.setdefault(strand.practitioner.pk, {})
        for year, days in days_of(strand).items():
            years[year] = years.get(year, Decimal(0)) + days
    return [_release(strand, promised[practitioner]) for practitioner, strand in first.items()]


def _release(strand: Strand, promised: dict[int, Decimal]) -> Release:
    practitioner = strand.practitioner
    agreed: dict[int, Decimal] = {}
    for line in (strand.consent_lines or "").splitlines():  # type: ignore[attr-defined]  # annotated
        starts_on, ends_on, days = line.split(BETWEEN)
        for year in promised:
            if date.fromisoformat(starts_on) <= AcademicYear(year).last_day and (
                date.fromisoformat(ends_on) >= AcademicYear(year).first_day
            ):
                agreed[year] = max(agreed.get(year, Decimal(0)), Decimal(days))
    return Release(
        str(practitioner), str(practitioner and practitioner.home_school), promised, agreed
    )
