"""Panels: one's own programmes on the desk, and a school's on its page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Q, QuerySet

from alliances.membership.models import AlliancePost
from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import Card, CardKind
from partnership.toolkit.statements import answer
from support.programmes.duties.rows import (
    ASSESSES,
    DIRECTS,
    HELPED,
    HELPS,
    LOOKS_AFTER,
    PANEL,
    REVIEWED,
)
from support.programmes.models import (
    Programme,
    ProgrammeQuerySet,
    Stage,
    SwiftReview,
    newest_seen_by,
)

State = Programme.State
SHOWN = 5
COLUMNS = ("pk", "school__name", "area__name", "stage", "asked_at")
SAYS = (DIRECTS, LOOKS_AFTER, ASSESSES, REVIEWED, HELPED, HELPS)
WORDS = tuple(place.partition(":")[2] for place in SAYS)


def _own(*, person: Person, on: date) -> QuerySet[Programme, Any]:
    """With what programmes make of her: the same in every row, and found once."""
    said = {f"says_{word}": Exists(rows) for word, rows in _said_of(person, on).items()}
    rows = _newest(newest_seen_by(person, on=on, most=SHOWN + 1))
    return rows.annotate(**said).values_list(*COLUMNS, *said, named=True)


def _said_of(person: Person, on: date) -> dict[str, QuerySet[Any, Any]]:
    """Rows that make each word true of her."""
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person).values("school")
    posts = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
    hers = Programme.objects.filter(school__in=heads)
    theirs = Programme.objects.filter(supporting_school__in=heads)
    is_running = Q(state__in=(State.OPEN, State.FOLLOWED), signed_at__isnull=False)
    reviews = SwiftReview.objects.filter(assessor=person, programme__state=State.OPEN)
    found = (
        posts,
        Programme.objects.filter(director=person),
        reviews.filter(programme__assessed_at__isnull=True),
        hers.filter(state=State.OPEN, replied_at__isnull=True),
        hers.filter(is_running),
        theirs.filter(is_running),
    )
    return dict(zip(WORDS, found, strict=True))


def _of_school(*, person: Person, school: School, on: date) -> QuerySet[Programme, Any]:
    seen = Programme.objects.visible_to(person, on=on)
    return _newest(seen.filter(school=school)).values_list(*COLUMNS, named=True)


def _newest(programmes: ProgrammeQuerySet) -> ProgrammeQuerySet:
    """The newest few; their names are looked up once it is known which they are."""
    newest = programmes.order_by("-asked_at", "-pk").values("pk")[: SHOWN + 1]
    return Programme.objects.filter(pk__in=newest).with_stage().order_by("-asked_at", "-pk")


def _card(rows: list[Any], template: str, *, says: frozenset[str] = frozenset()) -> Card | None:
    if not rows:
        return None
    shown = tuple((row, Stage(row.stage).label) for row in rows[:SHOWN])
    return Card(template, {"programmes": shown, "has_more": len(rows) > SHOWN}, says)


def own_programmes(person: Person, _thing: None, now: datetime) -> Card | None:
    """Those in which she has a part and that still stand, the newest first."""
    rows = answer(_own, person=person, on=now.astimezone(UK).date())
    says = frozenset(word for word in WORDS if rows and getattr(rows[0], f"says_{word}"))
    return _card(rows, "programmes/includes/_card_desk.html", says=says)


def programmes_of_school(person: Person, school: Any, now: datetime) -> Card | None:
    """The school's programmes, for its own side and for directors, as far as they have a part.

    Whether she acts for the school or directs one of its alliances the school knows itself.
    """
    if not (school.is_hers or school.is_directed):
        return None
    rows = answer(_of_school, person=person, school=school, on=now.astimezone(UK).date())
    return _card(rows, "programmes/includes/_card_school.html")


CARDS = (
    CardKind(key=PANEL, place="desk", card=own_programmes, words=WORDS),
    CardKind(key="programmes.school", place="school", card=programmes_of_school),
)
