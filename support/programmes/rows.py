"""Programmes as rows of the caseload: where each stands, and by when its next step is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.expressions import OrderBy

from alliances.meetings.models import Body, Seat
from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.schools.models import Delegation, SchoolPost
from partnership.people.models import Person
from support.programmes.duties.rows import WEEK, week_after
from support.programmes.models import (
    Agreement,
    EligibilityCheck,
    Programme,
    ProgrammeQuerySet,
    newest_seen_by,
)

COLUMNS = (
    "pk",
    "school__name",
    "area__name",
    "alliance__name",
    "state",
    "stage",
    "supporting_school__name",
    "director__name",
    "asked_at",
    "due_at",
)
ORDERS: dict[str, tuple[str, ...]] = {
    "school": ("school__search_text",),
    "area": ("area__name", "school__search_text"),
    "alliance": ("alliance__name", "school__search_text"),
    "supporter": ("supporting_school__search_text", "school__search_text"),
    "director": ("director__search_name", "school__search_text"),
    "asked": ("asked_at",),
    "due": ("due_at",),
}
USUAL = "-asked"


def with_due(programmes: ProgrammeQuerySet) -> ProgrammeQuerySet:
    """`due_at`: when the next step is due, as the duties say it."""
    sent = Agreement.objects.filter(programme=OuterRef("pk"), state=Agreement.State.SENT)
    due = Case(
        When(state=Programme.State.ASKED, then=F("answer_by")),
        When(~Q(state=Programme.State.OPEN), then=None),
        When(assessed_at__isnull=True, then=F("review__due_at")),
        When(replied_at__isnull=True, then=week_after("assessed_at")),
        When(judged_at__isnull=True, then=week_after("replied_at")),
        When(sent_at__isnull=False, signed_at__isnull=True, then=Subquery(sent.values("sign_by"))),
    )
    return programmes.annotate(due_at=due)


@dataclass(frozen=True)
class Asking:
    """Who narrows the caseload and when; its statement is composed once and told these."""

    person: Person
    on: date
    now: datetime
    week_ago: datetime

    @classmethod
    def by(cls, person: Person, *, on: date, now: datetime) -> Asking:
        """Somebody now."""
        return cls(person, on, now, now - WEEK)


Narrowing = Callable[[ProgrammeQuerySet, Asking, Any], ProgrammeQuerySet]


def _late(rows: ProgrammeQuerySet, asking: Asking, _value: object) -> ProgrammeQuerySet:
    """Those whose `due_at` is past."""
    is_open, now, week_ago = Q(state=Programme.State.OPEN), asking.now, asking.week_ago
    sent = Agreement.objects.filter(programme=OuterRef("pk"), state=Agreement.State.SENT)
    to_sign = Q(sent_at__isnull=False, signed_at__isnull=True)
    return rows.filter(
        Q(state=Programme.State.ASKED, answer_by__lt=now)
        | is_open & Q(assessed_at__isnull=True, review__due_at__lt=now)
        | is_open & Q(replied_at__isnull=True, assessed_at__lt=week_ago)
        | is_open & Q(judged_at__isnull=True, replied_at__lt=week_ago)
        | is_open & to_sign & Exists(sent.filter(sign_by__lt=now))
    )


def _whose(rows: ProgrammeQuerySet, asking: Asking, value: str) -> ProgrammeQuerySet:
    """Whose they are, seen from whoever looks."""
    person, on = asking.person, asking.on
    schools = SchoolPost.objects.on(on).of_heads().filter(person=person).values("school")
    strand = Q(strands__practitioner__person=person, strands__released_at__isnull=True)
    hers = Programme.objects.filter(strand).values("pk")
    narrowed: dict[str, Q] = {
        "mine": Q(director=person) | Q(review__assessor=person),
        "team": Q(pk__in=Programme.objects.led_by(person, on=on).values("pk")),
        "school": Q(school__in=schools),
        "supporting": Q(supporting_school__in=schools) | Q(pk__in=hers),
        "watched": Q(pk__in=Programme.objects.watched_by(person).values("pk")),
    }
    return rows.filter(narrowed[value])


def _in_state(rows: ProgrammeQuerySet, _asking: Asking, value: str) -> ProgrammeQuerySet:
    """One state, or what still stands, or what is over, or all."""
    if value == STANDING:
        return rows.standing()
    if value == "any":
        return rows
    if value == "over":
        return rows.exclude(state__in=Programme.STANDING)
    return rows.filter(state=value)


def _judged(rows: ProgrammeQuerySet, asking: Asking, value: str) -> ProgrammeQuerySet:
    """What was judged: told to who directs, so that nobody finds it out by asking."""
    return rows.led_by(asking.person, on=asking.on).filter(approach=value)


STANDING = "standing"
NARROWED: dict[str, Narrowing] = {
    "whose": _whose,
    "alliance": lambda rows, _asking, value: rows.filter(alliance__slug=value),
    "stage": lambda rows, _asking, value: rows.with_stage().filter(Q(stage=value)),
    "area": lambda rows, _asking, value: rows.filter(area=value),
    "approach": _judged,
    "state": _in_state,
    "late": _late,
}


def rows_chosen(
    order: str,
    choices: tuple[tuple[str, Any], ...],
    *,
    person: Person,
    on: date,
    now: datetime,
    week_ago: datetime,
    **told: Any,
) -> QuerySet[Programme, Any]:
    """Those in which she has a part, narrowed by what was chosen and by values that are told."""
    asking = Asking(person, on, now, week_ago)
    rows = Programme.objects.visible_to(person, on=on)
    for name, value in (*choices, *told.items()):
        rows = NARROWED[name](rows, asking, value)
    return rows_of(rows, order)


def rows_of(programmes: ProgrammeQuerySet, order: str, *more: str) -> QuerySet[Programme, Any]:
    """As the caseload and its files show them."""
    counted = with_due(programmes).with_stage()
    return counted.order_by(*order_of(order)).values_list(*COLUMNS, *more, named=True)


def known_order(asked: str) -> str:
    """The order that is asked for, if some column's header offers it."""
    return asked if asked.removeprefix("-") in ORDERS else ""


def order_of(asked: str) -> list[OrderBy]:
    """The order that a column's header asks for, the key last; the newest request on top."""
    asked = known_order(asked) or USUAL
    first, *rest = ORDERS[asked.removeprefix("-")]
    is_down = asked.startswith("-")
    lead = F(first).desc(nulls_last=True) if is_down else F(first).asc(nulls_last=True)
    return [lead, *(F(name).asc() for name in rest), F("pk").desc()]


def standing_now(first: int, last: int, *, person: Person, on: date) -> QuerySet[Programme, Any]:
    """Of all in which she has a part and that are neither answered otherwise nor over, these.

    Which they are is known before their names and dates are looked up.
    """
    newest = newest_seen_by(person, on=on, most=last).order_by("-asked_at", "-pk")
    return rows_of(Programme.objects.filter(pk__in=newest.values("pk")[first:last]), "")


def alliances_that_help(*, person: Person, on: date) -> QuerySet[Alliance, Any]:
    """Her alliances that give support, each with its areas, and what she may do there."""
    posts = AlliancePost.objects.on(on).filter(alliance=OuterRef("pk"), person=person)
    directed = posts.filter(kind=AlliancePost.Kind.DIRECTOR)
    board = Seat.objects.on(on).held_by(person, on=on).filter(body__kind=Body.Kind.BOARD)
    headed = SchoolPost.objects.on(on).of_heads().filter(person=person).values("school")
    acting = Delegation.objects.held_by(person, Delegation.Kind.SUPPORT, on=on).values("school")
    members = Membership.objects.on(on).filter(alliance=OuterRef("pk"))
    alliances = Alliance.objects.of_person(person, on=on).filter(support_rules__isnull=False)
    said = alliances.annotate(
        may_refer=Exists(directed),
        chairs=Exists(posts.filter(kind=AlliancePost.Kind.CHAIR)),
        is_on_board=Exists(board.filter(body__alliance=OuterRef("pk"))),
        may_ask=Exists(members.filter(Q(school__in=headed) | Q(school__in=acting))),
    )
    named = said.order_by("name", "pk", "support_areas__name", "support_areas__pk")
    area = ("support_areas__pk", "support_areas__name")
    may = ("may_refer", "chairs", "is_on_board", "may_ask")
    return named.values_list("slug", "name", *may, *area, named=True)


def latest_checks(checks: Iterable[EligibilityCheck]) -> dict[str, EligibilityCheck]:
    """The last check of each rule, from checks in their order."""
    return {check.rule: check for check in checks}
