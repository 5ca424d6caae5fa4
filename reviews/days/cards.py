"""On the page of a review day: how far the review is, what is missing, the timetable, whom to ring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Card, CardKind
from partnership.toolkit.statements import answer
from reviews.cycles.models import ReviewDay
from reviews.cycles.permissions import CycleRights
from reviews.cycles.stages import StagesAsked
from reviews.days.course import (
    ReviewFacts,
    counted,
    facts_in,
    facts_of_cycle,
    stage_of,
    steps_of,
    tasks_before,
    whose_turn,
)
from reviews.days.models import Review, moments, reviews_by_way
from reviews.days.parts.tabs import tabs_for
from reviews.days.parts.tasks import TaskLine, task_lines
from reviews.days.parts.timetable import lines_of
from reviews.days.parts.turns import turn_for_organiser, turn_of
from reviews.days.permissions import ReviewRights, rights_in_review


def _of_host(*, host: int) -> QuerySet[Review]:
    return counted(Review.objects.filter(host=host).select_related("school", "host"))


def day_of_review(rights: CycleRights, day: ReviewDay, now: datetime) -> Card | None:
    """To the host's side, the team and who organises; to everybody else there is nothing more."""
    rows: list[Review] = answer(_of_host, host=day.host_id)
    if not rows or not rights.person.is_active:
        return None
    review = rows[0]
    review.cycle = rights.cycle
    hers = rights_in_review(rights.person, review, now)
    if not hers.sees_stage:
        return None
    if review.day_id != day.pk:
        return _called_off(review, day) if rights.cycle.is_live else None
    review.day = day
    facts = facts_in(review)
    context = {
        "review": review,
        "day": day,
        "rights": hers,
        "steps": tuple(steps_of(facts, now)),
        "turn": turn_of(hers, facts, now),
        "tabs": tuple(tabs_for(hers, "cycles:day_detail")),
        "has_gone_further": review.moderated_at is not None,
        "tasks": _tasks(hers, facts, now),
        "timetable": lines_of(review) if hers.sees_preparation else (),
        "top": "days/includes/_day_top.html",
        "side": "days/includes/_day_side.html" if hers.sees_preparation else "",
    }
    return Card("days/includes/_day_main.html", context)


def _called_off(review: Review, day: ReviewDay) -> Card:
    """What was prepared stays with the host's review, for the day that it has next."""
    context = {
        "day": day,
        "steps": (),
        "tabs": (),
        "new_day": review.get_absolute_url(),
        "top": "days/includes/_day_top.html",
        "side": "days/includes/_confidence.html",
    }
    return Card("days/includes/_day_called_off.html", context)


def _tasks(rights: ReviewRights, facts: ReviewFacts, now: datetime) -> list[TaskLine]:
    """Until the day is over; who organises sees what is there and what isn't, too."""
    is_over = facts.ends_at is not None and facts.ends_at <= now
    return [] if is_over else task_lines(tasks_before(facts), now)


@dataclass(frozen=True)
class HostStage:
    """How far one host's review is, for the cycle's page."""

    label: str
    tone: str
    next_words: str
    whose: str
    due_at: datetime | None
    is_late: bool

    @property
    def waits(self) -> bool:
        """Whether somebody is late with it: that somebody has something to do is no news."""
        return self.is_late


def stages_of_cycle(rights: CycleRights, asked: StagesAsked, now: datetime) -> Card | None:
    """For who organises: the stage of each host, by the key of the host."""
    if not rights.is_organiser or not asked.cycle.has_rota:
        return None
    facts = facts_of_cycle(asked.cycle.pk, now, asked.span)
    return Card("", {"stages": dict(_stages(facts.values(), now))})


def _stages(found: Iterable[ReviewFacts], now: datetime) -> Iterable[tuple[int, HostStage]]:
    for facts in found:
        stage = stage_of(facts)
        if stage is None:
            continue
        task = whose_turn(facts, now)
        is_late = task is not None and task.is_late(now)
        turn = turn_for_organiser(task) if task is not None else None
        yield (
            facts.host,
            HostStage(
                label=str(stage.label),
                tone="late" if is_late else "done" if turn is None else "note",
                next_words=turn.words if turn is not None else "",
                whose=turn.whose if turn is not None else "",
                due_at=turn.due_at if turn is not None else None,
                is_late=is_late,
            ),
        )


def evaluation_of_school(_person: Person, school: Any, _now: datetime) -> Card | None:
    """The way to what it says of itself; the school's page knows whether she speaks for it."""
    if not getattr(school, "is_hers_in_reviews", False):
        return None
    return Card("days/includes/_card_school.html", {"school": school})


def _helped(*, person: Person, on: date, since: datetime) -> QuerySet[Review, Any]:
    named = reviews_by_way(person, on=on, since=since)["named"].filter(day__isnull=False)
    found: QuerySet[Review, Any] = named.order_by("day__starts_at", "pk")
    return found.values_list("day", "school__name", "day__starts_at", "released_at")


def reports_to_read(person: Person, _thing: None, now: datetime) -> Card:
    """The way to the reports that schools let her read, and to the reviews she helps to prepare.

    Whom a head has named has no part in the cycle, and finds them nowhere else.
    """
    rows = answer(_helped, person=person, **moments(now)) if person.is_active else []
    helped = [
        (address("days:report_detail" if released else "days:preparation", day), school, starts_at)
        for day, school, starts_at, released in rows
    ]
    return Card("days/includes/_card_reports.html", {"helped": helped})


def themes_of_alliance(_person: Person, alliance: Any, _now: datetime) -> Card | None:
    """The way to the director's themes; the alliance's page knows whether she directs it."""
    if not getattr(alliance, "is_directed", False):
        return None
    return Card("days/includes/_card_alliance.html", {})


CARDS = (
    CardKind(key="days.day", place="review_day", card=day_of_review),
    CardKind(key="days.stages", place="review_stages", card=stages_of_cycle),
    CardKind(key="days.school", place="school", card=evaluation_of_school),
    CardKind(key="days.alliance", place="alliance", card=themes_of_alliance),
    CardKind(key="days.reports", place="review_list", card=reports_to_read),
)
