"""Panels: what a school offers others, on its page; the directory, on the alliance's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from alliances.membership.models import Alliance
from alliances.schools.models import School
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind
from partnership.toolkit.statements import answer
from support.directory.models import SchoolOffer

SHOWN = 5


def _offered(*, person: Person, school: School, on: date) -> QuerySet[SchoolOffer, Any]:
    seen = SchoolOffer.objects.visible_to(person, on=on).on(on).filter(school=school)
    return seen.order_by("title", "pk").values_list("pk", "title", named=True)[: SHOWN + 1]


def offers_of_school(person: Person, school: School, now: datetime) -> Card | None:
    """What the school offers, for people of its alliances; its head is led to its days too."""
    rows = answer(_offered, person=person, school=school, on=now.astimezone(UK).date())
    is_headed = getattr(school, "is_headed", False)
    if not rows and not is_headed:
        return None
    shown = {
        "offers": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "school": school,
        "is_headed": is_headed,
    }
    return Card("directory/includes/_card_school.html", shown)


def directory_of_alliance(_person: Person, alliance: Alliance, _now: datetime) -> Card:
    """The way into the directory, for the alliance's people; it asks the database nothing."""
    return Card("directory/includes/_card_alliance.html", {"alliance": alliance})


CARDS = (
    CardKind(key="directory.offers", place="school", card=offers_of_school),
    CardKind(key="directory.alliance", place="alliance", card=directory_of_alliance),
)
