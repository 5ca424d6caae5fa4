"""Schools in trusts and federations, with the days on which they joined and left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import date

from alliances.schools.models import (
    GroupSchool,
    ProposedChange,
    RegisterFile,
    School,
    SchoolGroup,
)
from alliances.schools.models.links import FEDERATION
from alliances.schools.register import RefusedRow, TrustRow
from alliances.schools.services.entries import Step, Steps

Kind = ProposedChange.Kind
DAYS = ("opened_on", "closed_on", "joined_on")
OF_THE_GROUP = ("group_id", "name", "kind", "status", "companies_house", "opened_on", "closed_on")


class _Present:
    """Which groups the file's schools are in now."""

    def __init__(self, urns: Collection[int]) -> None:
        rows = School.objects.filter(urn__in=urns, is_example=False).values_list("urn", "name")
        self.names = dict(rows)
        self.groups: dict[int, dict[int, GroupSchool]] = {}
        self.said_on: dict[tuple[int, bool], date] = {}
        ever_in = GroupSchool.objects.filter(school__urn__in=urns)
        for each in ever_in.select_related("group", "school", "source").order_by("pk"):
            urn = each.school.urn
            said_on = each.source.published_on if each.source else None
            key = (urn, each.group.is_federation)
            if said_on is not None:
                self.said_on[key] = max(said_on, self.said_on.get(key, said_on))
            if each.left_on is None:
                self.groups.setdefault(urn, {})[each.group.uid] = each

    def is_told_later(self, urn: int, kind: str, *, on: date) -> bool:
        """Whether a file of a later day has spoken of the school's trusts or federations."""
        said_on = self.said_on.get((urn, kind == FEDERATION))
        return said_on is not None and said_on > on

    def trusts_of(self, urn: int) -> list[GroupSchool]:
        """Its trusts: a school is in one at most."""
        return [each for each in self.groups.get(urn, {}).values() if not each.group.is_federation]

    def of_kind(self, urn: int, kind: str) -> list[GroupSchool]:
        """Its federations, or its trusts."""
        is_federation = kind == FEDERATION
        here = self.groups.get(urn, {}).values()
        return [each for each in here if each.group.is_federation == is_federation]


def compare_groups(
    rows: Iterable[TrustRow],
    refused: Iterable[RefusedRow] = (),
    *,
    on: date,
    in_none: Mapping[int, int] | None = None,
    kind: str = "Trust",
    new: Mapping[int, str] | None = None,
) -> Steps:
    """Who joins and who leaves, as far as the file says it; schools elsewhere are passed over.

    `in_none` has the schools, each with its line, that the file says are in no group of the kind.
    """
    rows, found = list(rows), Steps(refused=list(refused))
    in_none = in_none or {}
    present = _Present([*(row.urn for row in rows), *in_none])
    present.names |= new or {}
    for row in rows:
        if row.urn not in present.names:
            continue
        known = present.groups.get(row.urn, {}).get(row.uid)
        is_known = known is not None and row.joined_on in (None, known.joined_on)
        if is_known or present.is_told_later(row.urn, row.kind, on=on):
            found.unchanged += 1
            continue
        found.steps += _joining(row, known, present, on)
    for urn, line in in_none.items():
        if not present.is_told_later(urn, kind, on=on):
            found.steps += [_leaving(each, line, on) for each in present.of_kind(urn, kind)]
    found.steps += _renamed(rows, present)
    return found


def _joining(row: TrustRow, known: GroupSchool | None, present: _Present, on: date) -> list[Step]:
    steps = []
    if known is None and row.kind != FEDERATION:
        day = row.joined_on or on
        steps = [_leaving(each, row.line, day) for each in present.trusts_of(row.urn)]
    facts = asdict(row) | {day: _said(getattr(row, day)) for day in DAYS}
    facts |= {"words": row.name, "since": _said(row.joined_on)}
    return [*steps, Step(Kind.JOINED, row.line, row.urn, present.names[row.urn], facts)]


def _leaving(membership: GroupSchool, line: int, on: date) -> Step:
    on = max(on, membership.joined_on or on)
    facts = {"uid": membership.group.uid, "words": membership.group.name, "since": _said(on)}
    return Step(Kind.LEFT, line, membership.school.urn, membership.school.name, facts)


def _renamed(rows: list[TrustRow], present: _Present) -> list[Step]:
    """Groups that the file calls otherwise, each once; not by a column that has names only."""
    said = {row.uid: row for row in rows if row.urn in present.names and row.name}
    known = SchoolGroup.objects.filter(uid__in=said)
    return [
        Step(
            Kind.RENAMED,
            said[group.uid].line,
            said[group.uid].urn,
            group.name,
            {
                "uid": group.uid,
                "words": f"Now called {said[group.uid].name}",
                "since": "",
                "name": said[group.uid].name,
            },
        )
        for group in known
        if group.name != said[group.uid].name
    ]


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""


def apply_groups(steps: Collection[Step], *, file: RegisterFile) -> int:
    """Join, leave and rename, and keep each school's trust beside its facts."""
    schools = School.objects.in_bulk([step.urn for step in steps], field_name="urn")
    touched: set[int] = set()
    for step in steps:
        uid = int(str(step.facts["uid"]))
        if step.kind == Kind.RENAMED:
            SchoolGroup.objects.filter(uid=uid).update(name=step.facts["name"])
            members = GroupSchool.objects.filter(group__uid=uid, left_on__isnull=True)
            touched |= set(members.values_list("school", flat=True))
        elif step.urn in schools:
            school = schools[step.urn]
            touched.add(school.pk)
            move = _join if step.kind == Kind.JOINED else _leave
            move(step, uid, school, file)
    _name_trusts(touched)
    return len(steps)


def _join(step: Step, uid: int, school: School, file: RegisterFile) -> None:
    said = {
        name: _day(step.facts[name]) if name in DAYS else step.facts[name] for name in OF_THE_GROUP
    }
    group, is_new = SchoolGroup.objects.get_or_create(uid=uid, defaults=said)
    more = {name: fact for name, fact in said.items() if fact and not getattr(group, name)}
    if not is_new and (more or _says_more(group, said)):
        for name, fact in (more | _says_more(group, said)).items():
            setattr(group, name, fact)
        group.save()
    GroupSchool.objects.update_or_create(
        group=group,
        school=school,
        left_on=None,
        defaults={"joined_on": _day(step.facts["joined_on"]), "source": file},
    )


def _says_more(group: SchoolGroup, said: dict[str, object]) -> dict[str, object]:
    """A kind that is no more than Trust gives way to the one that the trusts' own file says."""
    kind = said["kind"]
    return {"kind": kind} if group.kind == "Trust" and kind and kind != "Trust" else {}


def _leave(step: Step, uid: int, school: School, file: RegisterFile) -> None:
    here = GroupSchool.objects.filter(group__uid=uid, school=school, left_on__isnull=True)
    here.update(left_on=_day(step.facts["since"]), source=file)


def _day(said: object) -> date | None:
    return date.fromisoformat(str(said)) if said else None


def _name_trusts(school_ids: Collection[int]) -> None:
    now_in = GroupSchool.objects.filter(school__in=school_ids, left_on__isnull=True)
    trusts = now_in.exclude(group__kind=FEDERATION).values_list("school", "group__name")
    names = dict(trusts)
    schools = list(School.objects.filter(pk__in=school_ids))
    for school in schools:
        school.trust_name = names.get(school.pk, "")
    School.objects.bulk_update(schools, ["trust_name"], batch_size=500)
