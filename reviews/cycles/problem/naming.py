"""Names in the place of ids, and dates as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from partnership.toolkit.spoken_dates import MONTHS
from reviews.cycles.models import CycleHost, CycleReviewer
from reviews.cycles.problem.keys import host_id, reviewer_id

ID_OR_DATE = re.compile(r"\b(?:[hr]\d+|\d{4}-\d\d-\d\d)\b")
GONE = "somebody who is no longer in the cycle"


@dataclass(frozen=True)
class Names:
    """The names of a cycle's hosts and reviewers, by their ids within a problem."""

    by_id: Mapping[str, str]

    @classmethod
    def of(cls, hosts: Iterable[CycleHost], reviewers: Iterable[CycleReviewer]) -> Names:
        """Schools and people; two people of one name are told apart by their schools."""
        people = {reviewer_id(each.pk): each.reviewer for each in reviewers}
        said = [each.person.name for each in people.values()]
        named = {
            key: f"{each.person.name} ({each.school.name})"
            if each.school is not None and said.count(each.person.name) > 1
            else each.person.name
            for key, each in people.items()
        }
        return cls({host_id(each.pk): each.school.name for each in hosts} | named)

    def of_id(self, named: str) -> str:
        """One of them; who has left the cycle keeps no name here."""
        return self.by_id.get(named, GONE)

    def said(self, words: str) -> str:
        """A sentence of the optimiser's with names and spoken dates."""
        spoken = ID_OR_DATE.sub(self._spoken, words)
        return spoken[:1].upper() + spoken[1:]

    def sentence(self, words: str) -> str:
        """The same with its full stop."""
        return f"{self.said(words).rstrip('.')}."

    def _spoken(self, found: re.Match[str]) -> str:
        text = found[0]
        if text[0] in "hr":
            return self.by_id.get(text, text)
        day = date.fromisoformat(text)
        return f"{day.day} {MONTHS[day.month - 1]}"
