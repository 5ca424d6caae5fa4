"""A declaration of interests, owed by everybody who takes part once support is found."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows, text
from support.programmes.duties.rows import PANEL, page_url
from support.programmes.models import DeclarationAsked, Programme

DECLARE = "programmes.declare"


def _wanted(window: DutyWindow) -> QuerySet[DeclarationAsked]:
    """Places under a programme that isn't signed; of several heads of a school one is enough."""
    wanted = DeclarationAsked.objects.filter(
        programme__state=Programme.State.OPEN, programme__matched_at__isnull=False
    )
    if not window.with_done:
        wanted = wanted.filter(programme__signed_at__isnull=True)
    said_by_another = DeclarationAsked.objects.filter(
        programme=OuterRef("programme"),
        school=OuterRef("school"),
        declaration__isnull=False,
    ).exclude(pk=OuterRef("pk"))
    wanted = wanted.filter(Q(declaration__isnull=False) | ~Exists(said_by_another))
    if window.only_person is None:
        return wanted
    heads = SchoolPost.objects.on(window.today).of_heads().filter(person=window.only_person)
    return wanted.filter(Q(person=window.only_person) | Q(school__in=heads.values("school")))


def _owed_by(window: DutyWindow) -> Case:
    """Whoever was asked; a head who left is followed by who heads the school now."""
    heads = SchoolPost.objects.on(window.today).of_heads().filter(school=OuterRef("school"))
    asked = Subquery(heads.filter(person=OuterRef("person")).order_by("pk").values("person")[:1])
    first = Subquery(heads.by_rank().values("person")[:1])
    return Case(
        When(Q(school__isnull=True) | Q(declaration__isnull=False), then=F("person")),
        default=Coalesce(asked, first),
        output_field=BigIntegerField(),
    )


def _declarations_owed(window: DutyWindow) -> QuerySet[Any, Any]:
    return duty_rows(
        _wanted(window).annotate(owed_by=_owed_by(window)),
        window,
        kind=DECLARE,
        person="owed_by",
        subject="programme__alliance__name",
        page=text("programme"),
        asked_at="asked_at",
        due_at="due_at",
        school="school",
        alliance="programme__alliance",
        sender="programme__alliance__name",
        goes_up_to="programme__director",
        done_at="declaration__declared_at",
    )


def _declare_url(duty: Duty) -> str:
    return address("programmes:interests_declare", int(duty.page))


DECLARATIONS = (
    DutyKind(
        key=DECLARE,
        words="Declare your interests in a support programme",
        due="5pm on the fifth school day after support is found",
        offsets=(-2, 1),
        goes_up_after=3,
        goes_up_to="whoever looks after the programme",
        rows=_declarations_owed,
        title=lambda _duty: "Declare your interests in a support programme",
        line=lambda duty: f"Of {duty.sender}; the agreement can’t be signed before",
        url=_declare_url,
        action="Declare",
        why=lambda duty: (
            f"You have this because you take part in a support programme of {duty.sender}."
        ),
        in_alliance=True,
        is_private=True,
        up_url=page_url,
        beside=PANEL,
    ),
)
