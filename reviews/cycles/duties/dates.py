"""What a cycle asks for before its rota, everybody’s dates; and what reviewing asks for, training.

Titles and lines name neither school nor person: mails are made of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from alliances.membership.models import AlliancePost
from alliances.membership.models.dated import holding
from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows
from reviews.cycles.duties.year import HOSTS, REVIEWS
from reviews.cycles.models import Cycle, CycleReviewer, Training

GIVE, GIVE_SCHOOL, RENEW = "cycles.dates", "cycles.school_dates", "cycles.training"
ASKING = Cycle.State.ASKING
ORGANISER = "whoever looks after the cycle"
Kind = Training.Kind


def _of_reviewers(window: DutyWindow) -> QuerySet[Any, Any]:
    entries = CycleReviewer.objects.filter(
        left_at=None,
        cycle__state=ASKING,
        cycle__block_by__isnull=False,
        reviewer__person__is_active=True,
    )
    return duty_rows(
        entries,
        window,
        kind=GIVE,
        person="reviewer__person",
        subject=Value(""),
        asked_at="cycle__opened_at",
        due_at="cycle__block_by",
        alliance="cycle__alliance",
        sender="cycle__alliance__name",
        goes_up_to="cycle__organiser",
        done_at="dates_given_at",
    )


def _of_hosts(window: DutyWindow) -> QuerySet[Any, Any]:
    """Each head of a host, once."""
    posts = SchoolPost.objects.on(window.today).of_heads()
    earlier = posts.filter(school=OuterRef("school"), person=OuterRef("person"))
    first = posts.filter(~Exists(earlier.filter(pk__lt=OuterRef("pk"))))
    if window.only_person is not None:
        first = first.filter(person=window.only_person)
    hosted = "school__hosted_cycles"
    said: dict[str, Any] = {
        "host_id": F(f"{hosted}__pk"),
        "left": F(f"{hosted}__left_at"),
        "given": F(f"{hosted}__dates_given_at"),
        "state": F(f"{hosted}__cycle__state"),
        "opened": F(f"{hosted}__cycle__opened_at"),
        "by": F(f"{hosted}__cycle__block_by"),
        "of": F(f"{hosted}__cycle__alliance"),
        "sent_by": F(f"{hosted}__cycle__alliance__name"),
        "up": F(f"{hosted}__cycle__organiser"),
    }
    asked: dict[str, Any] = {"left": None, "state": ASKING, "by__isnull": False}
    return duty_rows(
        first.annotate(**said).filter(**asked),
        window,
        kind=GIVE_SCHOOL,
        person="person",
        thing="host_id",
        subject=Value(""),
        page="school__urn",
        asked_at="opened",
        due_at="by",
        school="school",
        alliance="of",
        sender="sent_by",
        goes_up_to="up",
        done_at="given",
    )


def _to_renew(window: DutyWindow) -> QuerySet[Any, Any]:
    """Training that runs out, unless some that lasts longer stands in for it."""
    stands_in = Training.objects.filter(
        Q(kind=OuterRef("kind")) | Q(kind=Kind.LEAD), reviewer=OuterRef("reviewer")
    ).filter(
        Q(expires_on__isnull=True)
        | Q(expires_on__gt=OuterRef("expires_on"))
        | Q(expires_on=OuterRef("expires_on"), pk__lt=OuterRef("pk"))
    )
    directors = AlliancePost.objects.on(window.today).filter(
        alliance=OuterRef("reviewer__alliance"), kind=AlliancePost.Kind.DIRECTOR
    )
    trainings = Training.objects.filter(
        holding(window.today, "reviewer__"),
        ~Exists(stands_in),
        renew_by__isnull=False,
        reviewer__person__is_active=True,
    ).annotate(up=Subquery(directors.order_by("pk").values("person")[:1]))
    return duty_rows(
        trainings,
        window,
        kind=RENEW,
        person="reviewer__person",
        subject=Value(""),
        page="reviewer",
        asked_at="entered_at",
        due_at="renew_by",
        alliance="reviewer__alliance",
        sender="reviewer__alliance__name",
        goes_up_to="up",
    )


def _own_dates_url(_duty: Duty) -> str:
    return address("cycles:own_dates")


def _school_dates_url(duty: Duty) -> str:
    return address("cycles:school_dates", int(duty.page))


def _reviewer_url(duty: Duty) -> str:
    return address("cycles:reviewer_detail", int(duty.page))


def _pool_url(_duty: Duty) -> str:
    return address("cycles:cycle_list")


def _kind(
    key: str,
    words: str,
    due: str,
    rows: Callable[[DutyWindow], QuerySet[Any, Any]],
    title: str,
    url: Callable[[Duty], str],
    **more: Any,
) -> DutyKind:
    told: dict[str, Any] = {"offsets": (-7, -2, 1), "goes_up_after": 3, "goes_up_to": ORGANISER}
    return DutyKind(
        key=key,
        words=words,
        due=due,
        rows=rows,
        title=lambda _duty: title,
        line=lambda duty: f"Review days, {duty.sender}",
        url=url,
        in_alliance=True,
        is_private=True,
        **told | more,
    )


DATES = (
    _kind(
        GIVE,
        "Give the dates on which you can’t go on a review day",
        "the moment that the cycle sets",
        _of_reviewers,
        "Give your dates for review days",
        _own_dates_url,
        action="Give your dates",
        why=lambda duty: f"You have this because you review schools of {duty.sender}.",
        up_url=_pool_url,
        beside=REVIEWS,
    ),
    _kind(
        GIVE_SCHOOL,
        "Give the dates on which your school can’t be reviewed",
        "the moment that the cycle sets",
        _of_hosts,
        "Give your school’s dates for review days",
        _school_dates_url,
        action="Give the dates",
        why=lambda duty: f"You have this because you lead a school that {duty.sender} reviews.",
        up_url=_pool_url,
        beside=HOSTS,
    ),
    _kind(
        RENEW,
        "Renew your training for reviews",
        "the last day on which the training holds",
        _to_renew,
        "Renew your training for reviews",
        _reviewer_url,
        action="See your training",
        why=lambda duty: f"You have this because you review schools of {duty.sender}.",
        offsets=(-60, -14, 1),
        goes_up_to="the director",
        beside=REVIEWS,
    ),
)
