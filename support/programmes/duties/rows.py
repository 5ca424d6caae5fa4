"""Programmes beside the people of theirs who owe something."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyWindow
from support.programmes.models import Programme

WEEK = timedelta(days=7)
PANEL = "programmes.own"


def of_supported_heads(window: DutyWindow, *moments: str) -> QuerySet[SchoolPost]:
    """Each head of a supported school beside each of its programmes, once.

    `programme_id`, its alliance, director and these moments of it stand in the row by their names;
    a filter by `school__programmes__…` would join the programmes a second time, all with all.
    """
    posts = SchoolPost.objects.on(window.today).of_heads()
    earlier = posts.filter(school=OuterRef("school"), person=OuterRef("person"))
    first = posts.filter(~Exists(earlier.filter(pk__lt=OuterRef("pk"))))
    if window.only_person is not None:
        first = first.filter(person=window.only_person)
    programme = "school__programmes"
    names = ("state", "director", "alliance", *moments)
    said: dict[str, Any] = {f"programme_{name}": F(f"{programme}__{name}") for name in names}
    rows = first.annotate(
        programme_id=F(f"{programme}__pk"), sender=F(f"{programme}__alliance__name"), **said
    )
    is_open: dict[str, Any] = {"programme_state": Programme.State.OPEN}
    return rows.filter(**is_open)


def week_after(moment: str) -> ExpressionWrapper:
    """A week after a moment of each row: as long as reply and judgement may take."""
    return ExpressionWrapper(F(moment) + Value(WEEK), output_field=DateTimeField())


def chair_of(alliance: str, window: DutyWindow) -> Subquery:
    """The chair of each row's alliance."""
    posts = AlliancePost.objects.on(window.today).filter(
        alliance=OuterRef(alliance), kind=AlliancePost.Kind.CHAIR
    )
    return Subquery(posts.order_by("pk").values("person")[:1])


def programme_url(duty: Duty) -> str:
    """The programme's page, where the next step stands."""
    return address("programmes:programme_detail", duty.thing_id)


def page_url(duty: Duty) -> str:
    """The same, of what is owed in a page below it."""
    return address("programmes:programme_detail", int(duty.page))


def caseload_url(_duty: Duty) -> str:
    """Where the chair, who may not see a programme, sees how many wait."""
    return address("programmes:caseload")
