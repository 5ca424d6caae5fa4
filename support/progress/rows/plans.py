"""A plan as rows: what it says, what is done of it, and what was changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.statements import answer
from support.programmes.models import Programme, Strand
from support.programmes.permissions import Rights
from support.progress.course.objectives import aims_of
from support.progress.measuring.kinds import YEAR_WORDS
from support.progress.models import LearningCommunity, Objective, Plan, PlanAction, PlanChange
from support.progress.permissions import can_do_action, is_alive

FOCUSES = dict(Objective.Focus.choices)
STRANDS = dict(Strand.Kind.choices)
COLUMNS = (
    "pk",
    "words",
    "success",
    "focus",
    "year_groups",
    "area__name",
    "strands__kind",
    "strands__practitioner__person__name",
)


@dataclass(frozen=True)
class ActionLine:
    """An action, how it stands, and whether the reader may say that it is done."""

    action: PlanAction
    is_late: bool
    may_finish: bool


@dataclass(frozen=True)
class ObjectiveLine:
    """An objective with what serves it and what is done for it."""

    pk: int
    words: str
    success: str
    focus: str
    area: str
    years: str
    strands: list[str] = field(default_factory=list)
    actions: list[ActionLine] = field(default_factory=list)

    @property
    def about(self) -> str:
        """Its focus, and the area of support where that says more."""
        return self.focus if self.area == self.focus else f"{self.focus}: {self.area}"


OPEN, LATE, DONE = "open", "late", "done"
STATES = {OPEN: "Open", LATE: "Late", DONE: "Done"}


def _stands(line: ActionLine, state: str) -> bool:
    """Whether an action is open, late or done; what is late is open, too."""
    if state == LATE:
        return line.is_late
    return line.action.is_open is (state == OPEN)


def tallies_of(objectives: Iterable[ObjectiveLine]) -> list[tuple[str, str, int]]:
    """How many actions are open, late and done; what there is none of is left out."""
    lines = [line for objective in objectives for line in objective.actions]
    counts = [
        (key, words, sum(_stands(line, key) for line in lines)) for key, words in STATES.items()
    ]
    return [tally for tally in counts if tally[2]]


def narrowed(objectives: Iterable[ObjectiveLine], state: str) -> list[ObjectiveLine]:
    """Only actions that are open, late or done, and the objectives that have some."""
    found = [
        replace(objective, actions=[line for line in objective.actions if _stands(line, state)])
        for objective in objectives
    ]
    return [objective for objective in found if objective.actions]


@dataclass(frozen=True)
class ShortLine:
    """An objective on the programme's page."""

    words: str
    focus: str
    still_open: int
    late: int
    done: int


def years_in_words(year_groups: str) -> str:
    """Reception, Year 1, Years 3 to 6; nothing where it is for all."""
    years = [year for year in year_groups.split(",") if year]
    spans: list[list[int]] = []
    for number in (int(year) for year in years if year.isdigit()):
        if spans and spans[-1][-1] == number - 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    named = [YEAR_WORDS[year] for year in years if not year.isdigit()]
    return ", ".join([*named, *(_span_in_words(span) for span in spans)])


def _span_in_words(span: Sequence[int]) -> str:
    first, *rest = span
    if not rest:
        return f"Year {first}"
    return f"Years {first} {'and' if len(rest) == 1 else 'to'} {rest[-1]}"


def _plan(*, programme: Programme) -> QuerySet[Plan]:
    named = ("begun_by", "school_agreed_by", "supporter_agreed_by")
    return Plan.objects.filter(programme=programme).select_related(*named)


def plan_of(rights: Rights) -> Plan | None:
    """The plan with who began it and who agreed, or nothing."""
    plan: Plan | None = next(iter(answer(_plan, programme=rights.programme)), None)
    if plan is not None:
        plan.programme = rights.programme
    return plan


def _objectives(*, programme: Programme) -> QuerySet[Objective, Any]:
    objectives = Objective.objects.filter(programme=programme, dropped_at=None)
    return objectives.order_by("position", "pk", "strands__pk").values_list(*COLUMNS)


def _actions(*, programme: Programme) -> QuerySet[PlanAction]:
    actions = PlanAction.objects.filter(
        objective__programme=programme, objective__dropped_at=None, dropped_at=None
    )
    return actions.select_related("owner").order_by("due_at", "pk")


def objectives_of(rights: Rights, now: datetime) -> list[ObjectiveLine]:
    """What the plan says, in its order, in two queries."""
    found: dict[int, ObjectiveLine] = {}
    for pk, words, success, focus, years, area, kind, giver in answer(
        _objectives, programme=rights.programme
    ):
        said = years_in_words(years)
        line = ObjectiveLine(pk, words, success, FOCUSES[focus], area, said)
        line = found.setdefault(pk, line)
        if kind:
            line.strands.append(f"{STRANDS[kind]} ({giver})" if giver else STRANDS[kind])
    is_owed = is_alive(rights)
    for action in answer(_actions, programme=rights.programme):
        late = is_owed and action.is_open and action.due_at < now
        line_of = ActionLine(action, late, can_do_action(rights, action))
        found[action.objective_id].actions.append(line_of)
    return list(found.values())


def needs_of(objectives: Sequence[ObjectiveLine]) -> str:
    """What is missing before both schools can agree, or nothing."""
    if not objectives:
        return "Before both schools can agree, the plan needs an objective."
    least = {FOCUSES[focus] for focus in Objective.AT_LEAST_ONE}
    if least.isdisjoint(line.focus for line in objectives):
        return (
            "Before both schools can agree, at least one objective has to be about teaching or "
            "leadership."
        )
    return ""


def changes_in(programme: Programme) -> QuerySet[PlanChange]:
    """Every change of the plan, the latest first."""
    changes = PlanChange.objects.filter(programme=programme).select_related("made_by")
    return changes.order_by("-made_at", "-pk")


def _changes_since(*, programme: Programme, side: str, version: int) -> QuerySet[PlanChange]:
    changes = changes_in(programme).exclude(side=side)
    return changes.filter(plan_version__gt=version)


def changes_across(plan: Plan, side: str) -> Iterable[PlanChange]:
    """What the other school has changed since this one agreed last."""
    version = plan.school_version if side == "school" else plan.supporter_version
    told: dict[str, Any] = {"programme": plan.programme, "side": str(side), "version": version}
    changes: Iterable[PlanChange] = answer(_changes_since, **told)
    return changes


def _communities(*, programme: Programme) -> QuerySet[LearningCommunity]:
    communities = LearningCommunity.objects.filter(programme=programme)
    return communities.select_related("workhub").order_by("begun_at", "pk")


def communities_of(rights: Rights) -> Iterable[LearningCommunity]:
    """The learning communities that were begun from the plan."""
    communities: Iterable[LearningCommunity] = answer(_communities, programme=rights.programme)
    return communities


def plan_in_short(rights: Rights, now: datetime) -> list[ShortLine]:
    """The objectives and how many of their actions are open, late and done.

    Nothing is late while support rests, or when it is over.
    """
    is_owed = is_alive(rights)
    return [
        ShortLine(aim.words, FOCUSES[aim.focus], aim.still_open, aim.late * is_owed, aim.done)
        for aim in aims_of(rights, now)
        if aim.dropped_at is None
    ]
