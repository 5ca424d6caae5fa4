"""Which hard rules the days of a draft break, whoever chose them and whatever changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from reviews.cycles.problem.making import Drawing
from reviews.cycles.rota import Day, Problem, Rota, Status, Unfilled, broken_rules
from reviews.cycles.rota.shapes import Reviewer

SAID_PLAINLY = (
    (" blocked ", " isn’t available on "),
    ("Somebody may not visit", "Somebody in the team may not visit"),
)


def broken_by(drawing: Drawing, days: Iterable[Day]) -> list[str]:
    """A sentence with names for each rule that is broken."""
    problem = replace(drawing.problem, fixed=())
    hosts = {host.id for host in problem.hosts}
    people = {each.id for each in problem.reviewers}
    aside = {day.host for day in drawing.aside}
    looked_at = [day for day in days if day.host not in aside]
    known = [day for day in looked_at if day.host in hosts and day.everybody <= people]
    found = [*_gone(drawing, looked_at, hosts, people), *_checked(problem, known)]
    found += _out_while_hosting(drawing, problem, known)
    return list(dict.fromkeys(_plainly(drawing, each) for each in found))


def _gone(
    drawing: Drawing, days: Iterable[Day], hosts: set[str], people: set[str]
) -> Iterator[str]:
    for day in days:
        if day.host not in hosts:
            yield f"A school with a day on {day.date} is no longer in the cycle."
        for each in sorted(day.everybody - people):
            who = drawing.names.by_id.get(each)
            said = f"{who} can’t be sent without training" if who else "Somebody left the cycle"
            yield f"{day.host} on {day.date}: {said}."


def _checked(problem: Problem, days: list[Day]) -> list[str]:
    """Hosts without a day are told elsewhere."""
    filled = {day.host for day in days}
    left = tuple(Unfilled(host.id, "") for host in problem.hosts if host.id not in filled)
    status = Status.INFEASIBLE if left else Status.FEASIBLE
    return broken_rules(problem, Rota(status, 0, 0, tuple(days), left))


def _out_while_hosting(drawing: Drawing, problem: Problem, days: list[Day]) -> Iterator[str]:
    """Reviews of several days that overlap without beginning together."""
    each_takes = drawing.rows.cycle.days_each
    if each_takes == 1:
        return
    span = timedelta(days=each_takes)
    home: dict[str, Reviewer] = {each.id: each for each in problem.reviewers}
    on = {day.host: day.date for day in days}
    for day in days:
        for who in sorted(day.everybody):
            hosted = on.get(home[who].school)
            if hosted and hosted != day.date and abs(hosted - day.date) < span:
                yield f"{who} is out from {day.date}, when her own school hosts."


def _plainly(drawing: Drawing, words: str) -> str:
    for technical, plain in SAID_PLAINLY:
        words = words.replace(technical, plain)
    return drawing.names.sentence(words.replace(" her own school", " their own school"))
