"""What an extract would change, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from alliances.schools.models import Authority, RegisterFile, School
from alliances.schools.register import Contents, Reading, RefusedRow

CHUNK = 2_000
AUTHORITY_FACTS = ("authority_code", "authority_name")


@dataclass(frozen=True)
class Change:
    """A school that the file describes anew, with each changed fact before and after."""

    school: School
    facts: dict[str, tuple[object, object]]


@dataclass
class Plan:
    """What to do with each school of a file, as the register stood at one moment."""

    after_import: int
    authorities: dict[str, Authority]
    new: list[School] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    confirmed: list[int] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether the register already says all that the file says, from this or a later day."""
        return not (self.new or self.changed or self.confirmed)


def latest_import() -> int:
    """The number of the last import; when it grows, an earlier plan is out of date."""
    latest = RegisterFile.objects.order_by("-pk").values_list("pk", flat=True).first()
    return latest or 0


def compare(contents: Contents, *, sha256: str, sourced_on: date) -> Plan:
    """Sort the file's schools into new, changed and unchanged."""
    plan = Plan(latest_import(), _authorities(contents), refused=list(contents.refused))
    this_file = set(RegisterFile.objects.filter(sha256=sha256).values_list("pk", flat=True))
    for readings in _chunks(contents.schools):
        urns = [reading.urn for reading in readings]
        schools = School.objects.filter(urn__in=urns).select_related("authority")
        known = {school.urn: school for school in schools}
        for reading in readings:
            school = known.get(reading.urn)
            if school is None:
                plan.new.append(_new_school(reading, plan.authorities))
            elif school.is_example:
                reason = "this number belongs to an example school"
                plan.refused.append(RefusedRow(reading.line, str(reading.urn), reason))
            else:
                _sort_known(plan, school, reading)
                if school.source_id not in this_file and _is_older(school, sourced_on):
                    plan.confirmed.append(school.pk)
    plan.refused.sort(key=lambda row: row.line)
    return plan


def _is_older(school: School, sourced_on: date) -> bool:
    return school.sourced_on is None or school.sourced_on < sourced_on


def _sort_known(plan: Plan, school: School, reading: Reading) -> None:
    facts = _facts_of(reading)
    before = {name: getattr(school, name) for name in facts}
    different = {name: (before[name], facts[name]) for name in facts if before[name] != facts[name]}
    authority = plan.authorities[str(reading.facts["authority_code"])]
    if school.authority.code != authority.code:
        different["authority"] = (school.authority.code, authority.code)
        school.authority = authority
    if not different:
        plan.unchanged += 1
        return
    for name, value in facts.items():
        setattr(school, name, value)
    plan.changed.append(Change(school, different))


def _facts_of(reading: Reading) -> dict[str, object]:
    return {name: fact for name, fact in reading.facts.items() if name not in AUTHORITY_FACTS}


def _new_school(reading: Reading, authorities: dict[str, Authority]) -> School:
    authority = authorities[str(reading.facts["authority_code"])]
    return School(authority=authority, **_facts_of(reading))


def _authorities(contents: Contents) -> dict[str, Authority]:
    """Each authority of the file by its code; those not yet known aren't saved."""
    names = {
        str(reading.facts["authority_code"]): str(reading.facts["authority_name"])
        for reading in contents.schools
    }
    known = {each.code: each for each in Authority.objects.filter(code__in=names)}
    return {code: known.get(code) or Authority(code=code, name=names[code]) for code in names}


def _chunks(readings: list[Reading]) -> Iterator[list[Reading]]:
    for start in range(0, len(readings), CHUNK):
        yield readings[start : start + CHUNK]
