"""Links between schools, as the register's own file has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from alliances.schools.models import ProposedChange, RegisterFile, School, SchoolLink
from alliances.schools.register import LinkRow, RefusedRow
from alliances.schools.register.codes import CLOSED
from alliances.schools.services.converting import school_handovers
from alliances.schools.services.entries import Step, Steps


def compare_links(rows: Iterable[LinkRow], refused: list[RefusedRow]) -> Steps:
    """Which links are new or say more than is known; those of schools elsewhere are passed over."""
    found = Steps(refused=refused)
    names = dict(School.objects.filter(is_example=False).values_list("urn", "name"))
    known = {
        (link.predecessor_urn, link.successor_urn): link
        for link in SchoolLink.objects.all().iterator()
    }
    for row in rows:
        before, after = names.get(row.predecessor_urn, ""), names.get(row.successor_urn, "")
        if not (before or after):
            continue
        said: dict[str, object] = {
            "predecessor_name": row.predecessor_name or before,
            "successor_name": row.successor_name or after,
            "kind": row.kind,
            "linked_on": row.linked_on,
        }
        link = known.get((row.predecessor_urn, row.successor_urn))
        if link is not None and not _news(link, said):
            found.unchanged += 1
            continue
        found.steps.append(_step(row, said))
    return found


def _news(link: SchoolLink, said: dict[str, object]) -> bool:
    """Whether the file knows what isn't known yet; it takes nothing away."""
    return any(fact and getattr(link, name) != fact for name, fact in said.items())


def _step(row: LinkRow, said: dict[str, object]) -> Step:
    words = f"{said['predecessor_name'] or 'A school'} ({row.predecessor_urn}) became this one"
    facts = {
        "words": words,
        "since": row.linked_on.isoformat() if row.linked_on else "",
        "predecessor_urn": row.predecessor_urn,
        "predecessor_name": said["predecessor_name"],
        "successor_name": said["successor_name"],
        "kind": row.kind,
    }
    name = str(said["successor_name"] or row.successor_urn)
    return Step(ProposedChange.Kind.LINKED, row.line, row.successor_urn, name, facts)


def apply_links(steps: Collection[Step], *, file: RegisterFile) -> int:
    """Keep the links; those whose school before still has what runs on wait to be accepted."""
    schools = School.objects.filter(is_example=False).in_bulk(
        [urn for step in steps for urn in _pair(step)], field_name="urn"
    )
    for step in steps:
        before_urn, after_urn = _pair(step)
        before, after = schools.get(before_urn), schools.get(after_urn)
        since = str(step.facts["since"])
        said = {
            "predecessor_name": step.facts["predecessor_name"],
            "successor_name": step.facts["successor_name"],
            "kind": step.facts["kind"],
            "linked_on": date.fromisoformat(since) if since else None,
        }
        link, _new = SchoolLink.objects.select_for_update().get_or_create(
            predecessor_urn=before_urn, successor_urn=after_urn, defaults={"source": file}
        )
        for name, fact in said.items():
            setattr(link, name, fact or getattr(link, name))
        if link.handed_over_at is None and before is not None and after is not None:
            link.waits = after.status != CLOSED and _has_work(before)
        link.save()
    return len(steps)


def _pair(step: Step) -> tuple[int, int]:
    return int(str(step.facts["predecessor_urn"])), step.urn


def _has_work(school: School) -> bool:
    if school.status != CLOSED:
        return True
    return any(kind.held(school).exists() for kind in school_handovers())
