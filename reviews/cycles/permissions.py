"""Who may see and do what with cycles of review days.

| what                                            | who                                              |
|-------------------------------------------------|--------------------------------------------------|
| organise: hosts, reviewers, rules, drafts, the  | the alliance's director, and whom she names for  |
| rota, its changes, substitutes                  | a cycle                                          |
| begin and call off a cycle, name organisers,    | the alliance's director                          |
| word frameworks, keep the pool of reviewers     |                                                  |
| read the frameworks that are settled            | people of the alliance                           |
| see a cycle, once dates are asked for           | heads of its hosts, who acts for them in         |
|                                                 | reviews, its reviewers                           |
| see its rota, once it is published              | the same                                         |
| say that a review day was held                  | who organises, and the team’s lead               |
| block days of a school                          | its head, and who acts for her in reviews        |
| block her own days, say which schools she can't | the reviewer herself; why is read by her alone   |
| review, accept or decline                       |                                                  |

For everybody else, portal staff included, a cycle does not exist: the admin shows its stage and
its dates. An organiser learns that somebody isn't available, never why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, Value

from alliances.membership.models import Alliance
from alliances.membership.permissions import belongs_to, is_director_of
from alliances.schools.models import Delegation, School
from alliances.schools.permissions import acts_for, is_head_of
from partnership.people.models import Person
from partnership.toolkit.registers import joined
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, DayPlace, Framework, Reviewer, cycles_by_way


@dataclass(frozen=True)
class CycleRights:
    """What somebody may do with a cycle, by the ways in which she has a part in it."""

    cycle: Cycle
    person: Person
    ways: frozenset[str]

    @property
    def is_director(self) -> bool:
        """Whether she directs the alliance."""
        return "post" in self.ways

    @property
    def is_organiser(self) -> bool:
        """Whether she directs the alliance, or was named for the cycle."""
        return not self.ways.isdisjoint({"post", "named"})

    @property
    def is_of_host(self) -> bool:
        """Whether she heads a school that hosts, or acts for its head."""
        return not self.ways.isdisjoint({"host", "acting"})

    @property
    def is_reviewer(self) -> bool:
        """Whether she may be sent."""
        return "reviewer" in self.ways

    @property
    def may_organise(self) -> bool:
        """Change anything of the cycle, as long as it lives."""
        return self.is_organiser and self.cycle.is_live

    @property
    def may_draw_up(self) -> bool:
        """Draw up drafts, once it has hosts; also again when a rota is published."""
        return self.may_organise

    @property
    def sees_rota(self) -> bool:
        """Read the rota that is published."""
        return bool(self.ways) and self.cycle.has_rota

    @property
    def sees_drafts(self) -> bool:
        """Drafts are the organisers' own."""
        return self.is_organiser


def rights_in_cycle(person: Person, cycle: Cycle, on: date) -> CycleRights:
    """All that she may do with a cycle, in one query."""
    if not person.is_active:
        return CycleRights(cycle, person, frozenset())
    rows = answer(_ways, person=person, cycle=cycle.pk, on=on)
    return CycleRights(cycle, person, frozenset(way for (way,) in rows))


def _ways(*, person: Person, cycle: int, on: date) -> QuerySet[Any, Any]:
    parts = []
    for way, rows in cycles_by_way(person, on=on).items():
        column = "pk" if rows.model is Cycle else "cycle"
        said = Value(way, output_field=CharField())
        parts.append(rows.filter(**{column: cycle}).annotate(way=said).values_list("way"))
    return joined(parts)


def can_begin_cycle(person: Person, alliance: Alliance, on: date) -> bool:
    """Its director."""
    return is_director_of(person, alliance, on)


def can_read_frameworks(person: Person, alliance: Alliance, on: date) -> bool:
    """People of the alliance; drafts are for its director alone."""
    return belongs_to(person, alliance, on)


def can_word_frameworks(person: Person, alliance: Alliance, on: date) -> bool:
    """Its director."""
    return is_director_of(person, alliance, on)


def can_edit_framework(person: Person, framework: Framework, on: date) -> bool:
    """The director, until the words are settled."""
    return framework.is_draft and is_director_of(person, framework.alliance, on)


def can_keep_reviewers(person: Person, alliance: Alliance, on: date) -> bool:
    """Its director."""
    return is_director_of(person, alliance, on)


def is_her_own(person: Person, reviewer: Reviewer) -> bool:
    """Whether the entry is about herself: limits, schools she can't review, and why."""
    return person.is_active and reviewer.person_id == person.pk


def can_change_day(rights: CycleRights) -> bool:
    """Who organises, as long as the rota is published and the cycle lives."""
    return rights.may_organise and rights.cycle.has_rota


def can_say_held(rights: CycleRights, lead_id: int | None) -> bool:
    """Who organises, or who leads the team."""
    leads = lead_id == rights.person.pk and rights.cycle.is_live
    return can_change_day(rights) or (rights.sees_rota and leads)


def answers_place(person: Person, place: DayPlace) -> bool:
    """Everybody accepts or declines for herself alone."""
    return person.is_active and place.person_id == person.pk


def can_block_days_of(person: Person, school: School, on: date) -> bool:
    """Its head, and who acts for her in reviews."""
    is_head = is_head_of(person, school, on)
    return is_head or acts_for(person, school, Delegation.Kind.REVIEWS, on)


def can_call_off_cycle(rights: CycleRights) -> bool:
    """The director, as long as it lives."""
    return rights.is_director and rights.cycle.is_live


def can_name_organisers(rights: CycleRights) -> bool:
    """The director herself."""
    return rights.is_director and rights.cycle.is_live
