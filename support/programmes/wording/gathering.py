"""The facts of an agreement from its rows: who takes part, what was brokered, what was drafted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alliances.schools.models import School
from partnership.calendar.years import AcademicYear
from support.programmes.gating import days_of, standing_strands
from support.programmes.models import Agreement, AgreementTerm, Programme, Side, Strand
from support.programmes.wording.canonical import (
    AgreementFacts,
    StrandFacts,
    section_of_strand,
    strand_parts,
)

AS_WHAT = {
    Side.SCHOOL: "for the supported school",
    Side.SUPPORTER: "for the supporting school",
    Side.HOME: "for the home school of a practitioner",
}


@dataclass(frozen=True)
class SigningParty:
    """A side that signs: a school by its head, or the alliance by its director."""

    side: Side
    school: School | None = None


def signing_parties(programme: Programme, strands: Iterable[Strand]) -> list[SigningParty]:
    """Both schools, each further home school of a practitioner, the alliance; no school twice."""
    parties = [SigningParty(Side.SCHOOL, programme.school)]
    if programme.supporting_school is not None:
        parties.append(SigningParty(Side.SUPPORTER, programme.supporting_school))
    for strand in strands:
        home = strand.practitioner.home_school if strand.practitioner else None
        if home is not None and home.pk not in {p.school.pk for p in parties if p.school}:
            parties.append(SigningParty(Side.HOME, home))
    return [*parties, SigningParty(Side.DIRECTOR)]


def facts_of(agreement: Agreement, terms: Sequence[AgreementTerm]) -> AgreementFacts:
    """Everything that a version says as its rows stand now."""
    programme = agreement.programme
    strands = standing_strands(programme)
    supporter = programme.supporting_school
    parties = signing_parties(programme, strands)
    return AgreementFacts(
        number=agreement.number,
        alliance=programme.alliance.name,
        area=programme.area.name,
        school=_school(programme.school),
        supporter=_school(supporter) if supporter is not None else "",
        parties=tuple(_party(party, programme) for party in parties),
        outcomes=tuple(agreement.outcome_lines),
        strands=tuple(map(strand_facts, strands)),
        money=agreement.money,
        terms=tuple((term.starts_on, term.ends_on) for term in terms),
        terms_because=agreement.terms_because,
        data_words=agreement.data_words,
        confidentiality_words=agreement.confidentiality_words,
        changed_because=agreement.changed_because,
        sign_by=agreement.sign_by,
    )


def is_still_brokered(text: str, strands: Iterable[Strand]) -> bool:
    """Whether an agreement's strands are those that stand now."""
    return strand_parts(text) == [
        section_of_strand(number, strand_facts(strand)) for number, strand in enumerate(strands, 1)
    ]


def strand_facts(strand: Strand) -> StrandFacts:
    """A strand in words: its kind, giver, days and cost."""
    giver, place = _giver(strand)
    days = tuple((str(AcademicYear(year)), days) for year, days in days_of(strand).items())
    kind = str(strand.get_kind_display())
    return StrandFacts(kind, giver, place, strand.focus, days, strand.cost)


def _giver(strand: Strand) -> tuple[str, str]:
    if strand.practitioner is not None:
        home = strand.practitioner.home_school
        return str(strand.practitioner), _school(home) if home is not None else ""
    if strand.school_offer is not None:
        return strand.school_offer.title, _school(strand.school_offer.school)
    if strand.outside_expert is not None:
        return strand.outside_expert.name, strand.outside_expert.organisation
    raise ValueError("A strand is given by one.")


def _school(school: School) -> str:
    """By name and number: several schools may bear one name."""
    return f"{school.name} (URN {school.urn})"


def _party(party: SigningParty, programme: Programme) -> str:
    if party.school is None:
        return f"The director of {programme.alliance.name}"
    return f"The head of {_school(party.school)}, {AS_WHAT[party.side]}"
