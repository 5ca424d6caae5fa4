"""Programmes beside the people of theirs who owe something."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateTimeField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyWindow
from support.programmes.models import Programme

WEEK = timedelta(days=7)
SUPPORTED, SUPPORTING = "programmes", "programmes_supported"
SCHOOLS = {SUPPORTED: "school", SUPPORTING: "supporting_school"}
OF_PROGRAMME = ("state", "director", "alliance")
PANEL = "programmes.own"
DIRECTS, LOOKS_AFTER, ASSESSES = f"{PANEL}:directs", f"{PANEL}:looks_after", f"{PANEL}:assesses"
REVIEWED, HELPED, HELPS = f"{PANEL}:reviewed", f"{PANEL}:helped", f"{PANEL}:helps"


def beside_heads(
    window: DutyWindow, way: str, states: Collection[str], **columns: str
) -> QuerySet[Any, Any]:
    """Each head of a school beside each of its programmes in these states, once.

    `way` leads from the school to its programmes. The columns, paths from the programme, stand in
    the row by their names: a filter by a path would join the programmes again, all with all. Of one
    person the programmes are asked for, which takes a third of the time.
    """
    if window.only_person is None:
        rows, path = _every_head(window), f"school__{way}__"
        said: dict[str, Any] = {"school_headed": F("school")}
    else:
        posts = SchoolPost.objects.on(window.today).of_heads().filter(person=window.only_person)
        school = SCHOOLS[way]
        rows, path = Programme.objects.filter(**{f"{school}__in": posts.values("school")}), ""
        said = {"school_headed": F(school), "person": _person(window.only_person)}
    said |= {"programme_id": F(f"{path}pk"), "sender": F(f"{path}alliance__name")}
    said |= {f"programme_{name}": F(f"{path}{name}") for name in OF_PROGRAMME}
    said |= {name: F(f"{path}{column}") for name, column in columns.items()}
    wanted: dict[str, Any] = {"programme_state__in": tuple(states)}
    return rows.annotate(**said).filter(**wanted)


def _every_head(window: DutyWindow) -> QuerySet[Any, Any]:
    """Each post of a head, the first of hers in a school."""
    posts = SchoolPost.objects.on(window.today).of_heads()
    earlier = posts.filter(school=OuterRef("school"), person=OuterRef("person"))
    return posts.filter(~Exists(earlier.filter(pk__lt=OuterRef("pk"))))


def _person(key: Any) -> Combinable:
    """The one person, told now or later."""
    return key if isinstance(key, Expression) else Value(key, output_field=BigIntegerField())


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
