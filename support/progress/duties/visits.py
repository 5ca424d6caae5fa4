"""What visits and placements ask of people: to say they were held, to write, to check, to agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Concat

from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyWindow, duty_rows, text
from support.programmes.duties.rows import PANEL, SUPPORTED
from support.progress.duties.heads import ALIVE, beside_heads, kind_of, owed_by_heads
from support.progress.models import Held, Visit

SAY_HELD, WRITE, CHECK = "progress.say_held", "progress.note", "progress.check_note"
AGREE, HOST, LEARNT = "progress.agree", "progress.host", "progress.learnt"
DAY = timedelta(days=1)
ALLIANCE = "programme__alliance"


def _of_visitors(
    window: DutyWindow, rows: QuerySet[Visit], kind: str, **moments: Any
) -> QuerySet[Any]:
    alive = rows.filter(programme__state__in=ALIVE)
    return duty_rows(
        alive,
        window,
        kind=kind,
        person="visitor",
        subject=Value(""),
        page="programme",
        school="programme__school",
        alliance=ALLIANCE,
        mail_sender=f"{ALLIANCE}__name",
        goes_up_to="programme__director",
        **moments,
    )


def _to_say(window: DutyWindow) -> QuerySet[Any]:
    """Of visits that are over; what is still to come isn't asked for."""
    visits = Visit.objects.exclude(state=Held.CANCELLED).filter(ends_at__lte=window.moment)
    due = ExpressionWrapper(F("ends_at") + Value(DAY), output_field=DateTimeField())
    return _of_visitors(window, visits, SAY_HELD, asked_at="ends_at", due_at=due, done_at="held_at")


def _to_write(window: DutyWindow) -> QuerySet[Any]:
    visits = Visit.objects.filter(state=Held.HELD)
    moments = {"asked_at": "held_at", "due_at": "note_by", "done_at": "noted_at"}
    return _of_visitors(window, visits, WRITE, **moments)


def _to_check(window: DutyWindow) -> QuerySet[Any]:
    """Notes that were given, beside each head of the supported school."""
    moments = ("visit", "given_at", "check_by", "checked_at")
    rows = beside_heads(window, SUPPORTED, "visits__note", *moments)
    given: dict[str, Any] = {"thing_given_at__isnull": False}
    return duty_rows(
        rows.filter(**given),
        window,
        kind=CHECK,
        person="person",
        thing="thing_key",
        subject=Value(""),
        page=Concat(text("programme_id"), text(Value("/")), text("thing_visit")),
        asked_at="thing_given_at",
        due_at="thing_check_by",
        school="school_headed",
        alliance="programme_alliance",
        mail_sender="sender",
        goes_up_to="programme_director",
        done_at="thing_checked_at",
    )


def _placements(window: DutyWindow, *moments: str) -> QuerySet[Any]:
    rows = beside_heads(window, SUPPORTED, "placements", "state", *moments)
    return rows.filter(~Q(thing_state=Held.CANCELLED))


def _to_agree(window: DutyWindow) -> QuerySet[Any]:
    rows = _placements(window, "planned_at", "agree_by", "school_agreed_at")
    return owed_by_heads(
        rows,
        window,
        kind=AGREE,
        asked_at="thing_planned_at",
        due_at="thing_agree_by",
        done_at="thing_school_agreed_at",
    )


def _to_learn(window: DutyWindow) -> QuerySet[Any]:
    """Placements that both agreed to and that are over."""
    moments = ("ends_at", "learnt_by", "learnt_at", "school_agreed_at", "host_agreed_at")
    over: dict[str, Any] = {
        "thing_ends_at__lte": window.moment,
        "thing_learnt_by__isnull": False,
        "thing_school_agreed_at__isnull": False,
        "thing_host_agreed_at__isnull": False,
    }
    return owed_by_heads(
        _placements(window, *moments).filter(**over),
        window,
        kind=LEARNT,
        asked_at="thing_ends_at",
        due_at="thing_learnt_by",
        done_at="thing_learnt_at",
    )


def _to_host(window: DutyWindow) -> QuerySet[Any]:
    """Each head of a school that is asked to host; of the programme she learns nothing."""
    posts = SchoolPost.objects.on(window.today).of_heads()
    earlier = posts.filter(school=OuterRef("school"), person=OuterRef("person"))
    first = posts.filter(~Exists(earlier.filter(pk__lt=OuterRef("pk"))))
    if window.only_person is not None:
        first = first.filter(person=window.only_person)
    asked = "school__placements_hosted"
    rows = first.filter(
        **{f"{asked}__state": Held.PLANNED, f"{asked}__programme__state__in": ALIVE}
    ).annotate(placement_id=F(f"{asked}__pk"))
    return duty_rows(
        rows,
        window,
        kind=HOST,
        person="person",
        thing="placement_id",
        subject=Value(""),
        page="placement_id",
        asked_at=f"{asked}__planned_at",
        due_at=f"{asked}__agree_by",
        school="school",
        alliance=f"{asked}__programme__alliance",
        mail_sender=f"{asked}__programme__alliance__name",
        goes_up_to=f"{asked}__programme__director",
        done_at=f"{asked}__host_agreed_at",
    )


def _visit_url(duty: Duty) -> str:
    return address("progress:visit_detail", int(duty.page), duty.thing_id)


def _note_url(duty: Duty) -> str:
    return address("progress:note_write", int(duty.page), duty.thing_id)


def _check_url(duty: Duty) -> str:
    programme, _slash, visit = duty.page.partition("/")
    return address("progress:note_check", int(programme), int(visit))


def _placement_url(duty: Duty) -> str:
    return address("progress:placement_detail", duty.thing_id)


HOSTING = replace(
    kind_of(
        HOST,
        "Agree to host a colleague of another school, or decline",
        "five school days after the placement is planned",
        _to_host,
        "Say whether your school hosts a colleague",
        _placement_url,
        offsets=(-2, 1),
    ),
    line=lambda _duty: "A colleague of another school would like to come",
    why=lambda duty: f"You have this because you lead a school of {duty.sender}.",
    beside="",
)
VISITS = (
    kind_of(
        SAY_HELD,
        "Say that your visit was held",
        "the day after the visit",
        _to_say,
        "Say that your visit was held",
        _visit_url,
        beside=PANEL,
        offsets=(0, 2),
    ),
    kind_of(
        WRITE,
        "Write the note of a visit",
        "as many school days after the visit as the alliance sets, usually five",
        _to_write,
        "Write the note of your visit",
        _note_url,
        beside=PANEL,
        offsets=(-1, 1),
    ),
    kind_of(
        CHECK,
        "Check the note of a visit",
        "five school days after the note is given",
        _to_check,
        "Check the note of a visit",
        _check_url,
        offsets=(-1, 1),
    ),
    kind_of(
        AGREE,
        "Agree to a placement of your own staff",
        "five school days after the placement is planned",
        _to_agree,
        "Agree to a placement",
        _placement_url,
        offsets=(-2, 1),
    ),
    HOSTING,
    kind_of(
        LEARNT,
        "Say what was learnt in a placement",
        "ten school days after its last day",
        _to_learn,
        "Say what was learnt in a placement",
        _placement_url,
        offsets=(-2, 1),
    ),
)
