"""Who takes part in a year of a workhub, is asked, or asks: all in one SELECT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from alliances.membership.models import Membership
from alliances.schools.models import Delegation, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import text
from partnership.toolkit.statements import answer
from workhubs.hubs.models import (
    JoinRequest,
    TopicProposal,
    WorkhubPerson,
    WorkhubSchool,
    WorkhubYear,
)

PLACE, REQUEST, MEMBER, MINE, TOPIC = "place", "request", "member", "mine", "topic"


class Line(NamedTuple):
    """A school's place, request or topic, somebody beside the schools, or a school one speaks for."""

    kind: str
    pk: int
    school_id: int | None
    urn: int | None
    name: str
    by: str
    words: str
    asked_at: datetime | None
    answer_by: datetime | None
    answered_at: datetime | None
    starts_on: date | None
    ends_on: date | None
    is_for_head: bool

    @property
    def url(self) -> str:
        """The school's page."""
        return address("schools:school_detail", self.urn)

    @property
    def is_unanswered(self) -> bool:
        """Whether an invitation or a request still waits."""
        return self.answered_at is None

    @property
    def is_declined(self) -> bool:
        """Whether the school was invited and said no."""
        return self.answered_at is not None and self.starts_on is None

    def stands(self, on: date) -> bool:
        """Whether it takes part, or will."""
        return self.starts_on is not None and (self.ends_on is None or self.ends_on >= on)


COLUMNS = tuple(f"line_{name}" for name in Line._fields)
NO_NUMBER = Cast(Value(None), IntegerField())
NO_MOMENT = Cast(Value(None), DateTimeField())
NO_DAY = Cast(Value(None), DateField())


def _lines(rows: QuerySet[Any], kind: str, **columns: str | Combinable) -> QuerySet[Any, Any]:
    """Rows of one kind under the columns that all kinds have."""
    nothing = text(Value(""))
    usual: dict[str, Combinable] = {
        "kind": Value(kind, output_field=TextField()),
        "pk": F("pk"),
        "school_id": NO_NUMBER,
        "urn": NO_NUMBER,
        "name": nothing,
        "by": nothing,
        "words": nothing,
        "asked_at": NO_MOMENT,
        "answer_by": NO_MOMENT,
        "answered_at": NO_MOMENT,
        "starts_on": NO_DAY,
        "ends_on": NO_DAY,
        "is_for_head": Value(False, output_field=BooleanField()),  # noqa: FBT003 a column
    }
    said = {
        name: F(column) if isinstance(column, str) else column for name, column in columns.items()
    }
    named = {f"line_{name}": column for name, column in (usual | said).items()}
    return rows.annotate(**named).order_by().values_list(*COLUMNS)


SCHOOL: dict[str, str | Combinable] = {
    "school_id": "school_id",
    "urn": "school__urn",
    "name": text("school__name"),
}


def _around(
    *, workhub_year: WorkhubYear, alliance: int, person: Person, on: date
) -> QuerySet[Any, Any]:
    held = Delegation.objects.held_by(person, Delegation.Kind.REPLIES, on=on)
    for_head = Exists(held.filter(school=OuterRef("school")))
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person)
    places = WorkhubSchool.objects.filter(workhub_year=workhub_year, withdrawn_at=None)
    requests = JoinRequest.objects.open().filter(workhub_year=workhub_year)
    topics = TopicProposal.objects.open().filter(workhub_year=workhub_year)
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    people = WorkhubPerson.objects.filter(goes_on, workhub_year=workhub_year)
    spoken_for = heads.values("school").union(held.values("school"), all=True)
    mine = Membership.objects.on(on).filter(alliance=alliance, school__in=spoken_for)
    asked: dict[str, str | Combinable] = {
        "answer_by": "answer_by",
        "answered_at": "answered_at",
        "is_for_head": for_head,
    }
    return _lines(
        places,
        PLACE,
        **SCHOOL,
        **asked,
        by=text("invited_by__name"),
        words=text("way"),
        asked_at="invited_at",
        starts_on="joined_on",
        ends_on="left_on",
    ).union(
        _lines(
            requests,
            REQUEST,
            **SCHOOL,
            **asked,
            by=text("requested_by__name"),
            words=text("why"),
            asked_at="requested_at",
        ),
        _lines(
            people,
            MEMBER,
            name=text("person__name"),
            words=text("brings"),
            starts_on="starts_on",
            ends_on="ends_on",
        ),
        _lines(mine, MINE, **SCHOOL),
        _lines(
            topics,
            TOPIC,
            **SCHOOL,
            **asked,
            by=text("proposed_by__name"),
            words=text("topic"),
            asked_at="proposed_at",
        ),
        all=True,
    )


@dataclass(frozen=True)
class Around:
    """The lines of a year by what they are, each kind by name."""

    places: list[Line]
    requests: list[Line]
    people: list[Line]
    mine: list[Line]
    topics: list[Line]


def around(workhub_year: WorkhubYear, person: Person, *, on: date) -> Around:
    """Everybody in it, asked into it or asking, and the reader's own schools."""
    rows = answer(
        _around,
        workhub_year=workhub_year,
        alliance=workhub_year.workhub.alliance_id,
        person=person,
        on=on,
    )
    lines = sorted((Line(*row) for row in rows), key=lambda line: (line.name.casefold(), line.pk))
    kinds = {kind: [line for line in lines if line.kind == kind] for kind in _KINDS}
    return Around(*(kinds[kind] for kind in _KINDS))


_KINDS = (PLACE, REQUEST, MEMBER, MINE, TOPIC)
