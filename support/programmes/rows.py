"""Programmes as rows of the caseload: where each stands, and by when its next step is due."""

from __future__ import annotations

from collections.abc import Iterable
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
from support.programmes.models import Agreement, EligibilityCheck, Programme, ProgrammeQuerySet

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


def late_by(now: datetime) -> Q:
    """Those whose `due_at` is past, said so that an index can help."""
    open_now = Q(state=Programme.State.OPEN)
    unsigned = Agreement.objects.filter(state=Agreement.State.SENT, sign_by__lt=now)
    return (
        Q(state=Programme.State.ASKED, answer_by__lt=now)
        | open_now & Q(assessed_at__isnull=True, review__due_at__lt=now)
        | open_now & Q(replied_at__isnull=True, assessed_at__lt=now - WEEK)
        | open_now & Q(judged_at__isnull=True, replied_at__lt=now - WEEK)
        | open_now & Q(pk__in=unsigned.values("programme"))
    )


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


def standing_now(*, person: Person, on: date) -> QuerySet[Programme, Any]:
    """All in which she has a part and that are neither answered otherwise nor over."""
    return rows_of(Programme.objects.visible_to(person, on=on).standing(), "")


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
