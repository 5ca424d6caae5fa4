"""The rules by which substitutes are proposed: pure, so that they can be tried on any team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partnership.toolkit.spoken_dates import spoken_day

NEVER, AVOIDED = "never", "avoided"


@dataclass(frozen=True)
class Candidate:
    """A reviewer of the cycle beside one day: what speaks for and against her going.

    `days_out` counts the visits to which she is asked this year; `near` is another day of hers
    that is too close, her own school's review included.
    """

    key: int
    name: str
    school: str = ""
    is_of_host: bool = False
    is_in_team: bool = False
    has_declined: bool = False
    is_trained: bool = True
    may_lead: bool = False
    is_available: bool = True
    cannot_review: bool = False
    pair: str = ""
    same_trust: bool = False
    last_year: bool = False
    is_mutual: bool = False
    days_out: int = 0
    is_out_enough: bool = False
    is_out_enough_this_half_term: bool = False
    near: date | None = None
    km: int | None = None


@dataclass(frozen=True)
class Rules:
    """What the cycle says of trusts and of last year, and whether somebody is to lead."""

    same_trust: str = AVOIDED
    last_year: str = AVOIDED
    needs_lead: bool = False


@dataclass(frozen=True)
class Proposal:
    """Somebody with what hinders her, what speaks against her, and what for her."""

    candidate: Candidate
    hindrances: tuple[str, ...]
    cautions: tuple[str, ...]
    merits: tuple[str, ...]

    @property
    def may_go(self) -> bool:
        """Whether no rule is broken."""
        return not self.hindrances

    @property
    def because(self) -> str:
        """One sentence that says why she stands where she stands."""
        said = self.hindrances or (*self.merits, *self.cautions)
        words = ", ".join(said)
        return f"{words[:1].upper()}{words[1:]}."


def ranked(candidates: Iterable[Candidate], rules: Rules) -> list[Proposal]:
    """Who may go, the least burdened first, then the rest; nobody of the host or the team."""
    others = (each for each in candidates if not each.is_of_host and not each.is_in_team)
    proposals = [_proposal(each, rules) for each in others]
    return sorted(proposals, key=lambda proposal: _order(proposal, rules))


def _proposal(candidate: Candidate, rules: Rules) -> Proposal:
    return Proposal(
        candidate, _hindrances(candidate, rules), _cautions(candidate, rules), _merits(candidate)
    )


def _hindrances(her: Candidate, rules: Rules) -> tuple[str, ...]:
    """Rules that her going would break; of what she keeps to herself only that it is so."""
    broken = (
        (her.has_declined, "declined this visit"),
        (not her.is_available, "not available"),
        (her.cannot_review, "can’t review this school"),
        (not her.is_trained, "no training that holds on that day"),
        (rules.needs_lead and not her.may_lead, "not trained to lead"),
        (her.pair == NEVER, "never to go to this school, by a rule of the cycle"),
        (her.same_trust and rules.same_trust == NEVER, "of the same trust"),
        (her.last_year and rules.last_year == NEVER, "reviewed this school last year"),
        (
            her.near is not None,
            f"on another review day on {spoken_day(her.near)}" if her.near else "",
        ),
        (her.is_out_enough, "out as often as agreed for a year"),
        (her.is_out_enough_this_half_term, "out as often as agreed for this half term"),
    )
    return tuple(words for is_so, words in broken if is_so)


def _cautions(her: Candidate, rules: Rules) -> tuple[str, ...]:
    doubts = (
        (her.last_year and rules.last_year == AVOIDED, "but reviewed this school last year"),
        (her.same_trust and rules.same_trust == AVOIDED, "but of the same trust"),
        (her.pair == AVOIDED, "but better not at this school, by a rule of the cycle"),
        (her.is_mutual, "but this school visits the reviewer’s own, too"),
    )
    return tuple(words for is_so, words in doubts if is_so)


def _merits(her: Candidate) -> tuple[str, ...]:
    out = {0: "not out on any day yet", 1: "out on one day so far"}
    load = out.get(her.days_out, f"out on {her.days_out} days so far")
    way = f"{her.km} km away" if her.km is not None else ""
    lead = "trained to lead" if her.may_lead else ""
    return tuple(filter(None, ("free on that day", load, way, lead)))


def _order(proposal: Proposal, rules: Rules) -> tuple[object, ...]:
    her = proposal.candidate
    return (
        not proposal.may_go,
        her.last_year and rules.last_year != "allowed",
        her.same_trust and rules.same_trust != "allowed",
        her.pair == AVOIDED,
        her.is_mutual,
        her.days_out,
        her.km is None,
        her.km or 0,
        her.name,
        her.key,
    )
