"""The support that was found: who gives it, how many days, and why she was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from alliances.schools.models import SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.toolkit.spoken_dates import london_day
from support.directory.matching import in_days
from support.programmes.gating import SUPPORTED, days_of, standing_strands
from support.programmes.models import Programme, Stage, Strand
from support.programmes.parts.part import Part
from support.programmes.permissions import Rights


@dataclass(frozen=True)
class Line:
    """One strand as somebody may see it."""

    strand: Strand
    giver: Any
    place: str
    days: list[tuple[str, str]]

    @property
    def of(self) -> int:
        """The most points that the match could have had."""
        return sum(reason["of"] for reason in self.strand.reasons)


def strands(rights: Rights, now: datetime) -> Part | None:
    """All strands for those who bear the programme; practitioners and home heads see their own."""
    programme = rights.programme
    is_supported = programme.judged_at is not None and programme.approach in SUPPORTED
    if not is_supported:
        return None
    lines = [_line(strand) for strand in _seen(rights, now)]
    can_match = rights.may_direct and programme.stage_now == Stage.MATCHING
    is_before_sent = rights.may_direct and programme.sent_at is None
    nouns = {
        "programme": programme,
        "lines": lines,
        "total": in_days(sum((_sum_of(line.strand) for line in lines), Decimal(0))),
        "sees_all": rights.sees_every_strand,
        "sees_why": rights.is_of_alliance,
        "is_found": programme.matched_at is not None,
        "can_match": can_match,
        "can_finish": can_match and bool(lines) and programme.supporting_school_id is not None,
        "can_take_back": is_before_sent and programme.stage_now == Stage.AGREEMENT,
        "can_give_up": is_before_sent and programme.state == Programme.State.OPEN,
    }
    return Part("programmes/includes/_strands.html", nouns)


def _seen(rights: Rights, now: datetime) -> list[Strand]:
    """All of them, or her own and those of her school's staff."""
    found = standing_strands(rights.programme)
    if rights.sees_every_strand:
        return found
    headed = _headed_by(rights, now) if rights.is_home_head else frozenset()
    return [
        strand
        for strand in found
        if strand.practitioner is not None
        and (
            strand.practitioner.person_id == rights.person.pk
            or strand.practitioner.home_school_id in headed
        )
    ]


def _headed_by(rights: Rights, now: datetime) -> frozenset[int]:
    posts = SchoolPost.objects.on(london_day(now)).of_heads().filter(person=rights.person)
    return frozenset(posts.values_list("school", flat=True))


def _line(strand: Strand) -> Line:
    giver: Any = strand.practitioner or strand.school_offer or strand.outside_expert
    place = ""
    if strand.practitioner is not None:
        place = str(strand.practitioner.home_school or "")
    elif strand.school_offer is not None:
        place = str(strand.school_offer.school)
    elif strand.outside_expert is not None:
        place = strand.outside_expert.organisation
    days = [(str(AcademicYear(year)), in_days(each)) for year, each in days_of(strand).items()]
    return Line(strand, giver, place, days)


def _sum_of(strand: Strand) -> Decimal:
    return sum(days_of(strand).values(), Decimal(0))
