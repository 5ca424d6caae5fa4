"""Panels: one's review days on the desk, a school's day on its page, an alliance's cycles on its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import compress
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from alliances.schools.models import Delegation, SchoolPost
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Card, CardKind
from partnership.toolkit.statements import answer
from reviews.cycles.duties.year import PANEL
from reviews.cycles.models import Cycle, CycleHost, DayPlace, ReviewDay, Reviewer

SHOWN = 5
WORDS = {"accepted": "you go", "": "waits for your answer"}
GOING = {"reviews", "hosts", "acts"}
PARTS = ("reviews", "hosts", "acts", "organises")
DAYS = ("reviews_ahead", "reviews_begun", "hosts_ahead", "hosts_begun")
TELLING = {"reviews", "organises"}


@dataclass(frozen=True)
class DayRow:
    """A day in a panel: where it leads, when it is, and what it means to the reader."""

    pk: int
    school: str
    starts_at: datetime
    words: str

    @property
    def url(self) -> str:
        """Its page."""
        return address("cycles:day_detail", self.pk)


def _part(*, person: Person, on: date, now: datetime) -> QuerySet[Person, Any]:
    """Which of PARTS she has in any cycle, and which of DAYS, in their order."""
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person).values("school")
    acting = Delegation.objects.held_by(person, Delegation.Kind.REVIEWS, on=on)
    places = DayPlace.objects.filter(person=person, ended_at=None)
    hosted = ReviewDay.objects.filter(school__in=heads)
    found = {
        "reviews": Exists(Reviewer.objects.filter(person=person)) | Exists(places),
        "hosts": Exists(CycleHost.objects.filter(school__in=heads)),
        "acts": Exists(acting),
        "organises": Exists(Cycle.objects.filter(organiser=person)),
        "reviews_ahead": Exists(places.filter(day__starts_at__gt=now)),
        "reviews_begun": Exists(places.filter(day__starts_at__lte=now)),
        "hosts_ahead": Exists(hosted.filter(starts_at__gt=now)),
        "hosts_begun": Exists(hosted.filter(starts_at__lte=now)),
    }
    rows: QuerySet[Person] = Person.objects.filter(pk=person.pk, is_active=True)
    return rows.annotate(**found).values_list(*PARTS, *DAYS)


def _coming(*, person: Person, on: date, now: datetime) -> QuerySet[ReviewDay, Any]:
    """Days to come to which she is asked, and those of schools for which she acts."""
    places = DayPlace.objects.filter(person=person, ended_at=None)
    going = places.exclude(answer=DayPlace.Answer.DECLINED)
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person)
    acting = Delegation.objects.held_by(person, Delegation.Kind.REVIEWS, on=on)
    planned = ReviewDay.objects.filter(
        state=ReviewDay.State.PLANNED, ends_at__gt=now, cycle__state=Cycle.State.PUBLISHED
    )
    keys = (
        planned.filter(pk__in=going.values("day"))
        .values("pk")
        .union(
            planned.filter(school__in=heads.values("school")).values("pk"),
            planned.filter(school__in=acting.values("school")).values("pk"),
            all=True,
        )
    )
    hers = going.filter(day=OuterRef("pk")).order_by("pk").values("answer")
    days = ReviewDay.objects.filter(pk__in=keys).annotate(said=Subquery(hers[:1]))
    rows = days.order_by("starts_at", "pk").values_list("pk", "school__name", "starts_at", "said")
    return rows[: SHOWN + 1]


def own_days(person: Person, _thing: None, now: datetime) -> Card | None:
    """Her next visits and her school's own day, the next first."""
    on = now.astimezone(UK).date()
    rows = answer(_part, person=person, on=on, now=now)
    hers = {part for row in rows for part in compress((*PARTS, *DAYS), row)}
    if not hers:
        return None
    says = frozenset(hers | {"takes_part"} if hers & TELLING else hers)
    coming = answer(_coming, person=person, on=on, now=now) if hers & GOING else []
    if not coming:
        return Card("", {}, says)
    days = [
        DayRow(pk, school, starts_at, WORDS.get(said, "your school hosts"))
        for pk, school, starts_at, said in coming
    ]
    nouns = {"days": days[:SHOWN], "has_more": len(days) > SHOWN}
    return Card("cycles/includes/_card_desk.html", nouns, says)


def reviews_of_school(_person: Person, school: Any, _now: datetime) -> Card | None:
    """The way to its review days, for its own people: the school's page is spared the look."""
    return Card("cycles/includes/_card_school.html", {}) if school.is_hers else None


def reviews_of_alliance(_person: Person, alliance: Any, _now: datetime) -> Card | None:
    """The way to the director's cycles; the alliance's page knows whether she directs it."""
    if not getattr(alliance, "is_directed", False):
        return None
    return Card("cycles/includes/_card_alliance.html", {"alliance": alliance})


CARDS = (
    CardKind(key=PANEL, place="desk", card=own_days, words=(*PARTS, *DAYS, "takes_part")),
    CardKind(key="cycles.school", place="school", card=reviews_of_school),
    CardKind(key="cycles.alliance", place="alliance", card=reviews_of_alliance),
)
