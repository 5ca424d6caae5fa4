"""Duties of a review: its host’s, its team’s, its lead’s; titles and lines name no school.

Mails are made of them, and mailboxes of schools are shared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows
from partnership.toolkit.spoken_dates import spoken_moment
from reviews.cycles.duties.year import HOSTS_AHEAD, HOSTS_BEGUN, REVIEWS_AHEAD, REVIEWS_BEGUN
from reviews.cycles.models import Cycle, DayPlace, ReviewDay
from reviews.days.models import TeamStep

LIVE = (Cycle.State.PUBLISHED, Cycle.State.FINISHED)
ORGANISER, LEAD = "whoever looks after the cycle", "the lead reviewer"
Rows = Callable[[DutyWindow], QuerySet[Any, Any]]


def _going_on(
    window: DutyWindow, path: str, due: str, *, is_before: bool, narrowed: dict[str, Any]
) -> dict[str, Any]:
    """Reviews at the end of this path that have a day and this due date, and columns of theirs.

    What comes `is_before` the day is owed until it begins.
    """
    is_due = {"day__isnull": False, f"{due}__isnull": False}
    wanted = {"cycle__state__in": LIVE, **is_due, **narrowed}
    if is_before and not window.with_done:
        begins = {"day__starts_at__gt": window.moment}
        wanted |= {"day__state": ReviewDay.State.PLANNED, **begins}
    return {f"{path}__{column}": value for column, value in wanted.items()}


def of_host(
    window: DutyWindow,
    kind: str,
    *,
    due: str,
    done: str,
    asked: str | None = None,
    is_before: bool = False,
    up: str = "cycle__organiser",
    **narrowed: Any,
) -> QuerySet[Any, Any]:
    """Each head of the host, once; columns and conditions are paths of the review."""
    posts = SchoolPost.objects.on(window.today).of_heads()
    earlier = posts.filter(school=OuterRef("school"), person=OuterRef("person"))
    first = posts.filter(~Exists(earlier.filter(pk__lt=OuterRef("pk"))))
    if window.only_person is not None:
        first = first.filter(person=window.only_person)
    wanted = _going_on(window, "school__reviews", due, is_before=is_before, narrowed=narrowed)
    said: dict[str, Any] = {
        "review": F("school__reviews__pk"),
        "review_day": F("school__reviews__day"),
        "begins": F("school__reviews__day__starts_at"),
        "asked": F(f"school__reviews__{asked or 'day__published_at'}"),
        "due": F(f"school__reviews__{due}"),
        "done": F(f"school__reviews__{done}"),
        "of": F("school__reviews__cycle__alliance"),
        "sent_by": F("school__reviews__cycle__alliance__name"),
    }
    rows = first.filter(**wanted).annotate(**said)
    chief = _chief(up)
    return duty_rows(
        rows.annotate(chief=chief),
        window,
        kind=kind,
        person="person",
        thing="review",
        subject=Value(""),
        page="review_day",
        happens_at="begins",
        asked_at="asked",
        due_at="due",
        school="school",
        alliance="of",
        sender="sent_by",
        goes_up_to="chief",
        done_at="done",
    )


def _chief(up: str) -> Any:
    """To whom silence goes: the cycle’s organiser, or the lead of the team."""
    if up == "lead":
        leads = DayPlace.objects.filter(
            day=OuterRef("review_day"), ended_at=None, is_lead=True, person__is_active=True
        ).exclude(answer=DayPlace.Answer.DECLINED)
        return Subquery(leads.order_by("pk").values("person")[:1], output_field=BigIntegerField())
    return F(f"school__reviews__{up}")


def of_team(
    window: DutyWindow,
    kind: str,
    *,
    due: str,
    done: str | None = None,
    step: str = "",
    asked: str | None = None,
    only_lead: bool = False,
    is_before: bool = False,
    who: Q | None = None,
    **narrowed: Any,
) -> QuerySet[Any, Any]:
    """Whoever has accepted, or the lead alone; `done` is a column of the review.

    With `step`, a column of `TeamStep`, each is done when her own step says so; `who` narrows the
    places of the team.
    """
    from_review = "day__review__"
    places = DayPlace.objects.filter(
        ended_at=None,
        answer=DayPlace.Answer.ACCEPTED,
        person__is_active=True,
        **_going_on(window, "day__review", due, is_before=is_before, narrowed=narrowed),
    )
    if only_lead:
        places = places.filter(is_lead=True)
    if who is not None:
        places = places.filter(who)
    columns: dict[str, Any] = {"done": F(f"{from_review}{done}")} if done else {}
    if step:
        columns["done"] = own_step(step)
    rows = places.annotate(
        due=F(f"{from_review}{due}"),
        asked=F(f"{from_review}{asked}") if asked else F("answered_at"),
        **columns,
    )
    return duty_rows(
        rows,
        window,
        kind=kind,
        person="person",
        thing="day__review",
        subject=Value(""),
        page="day",
        happens_at="day__starts_at",
        asked_at="asked",
        due_at="due",
        alliance="day__cycle__alliance",
        sender="day__cycle__alliance__name",
        goes_up_to="day__cycle__organiser",
        done_at="done",
    )


def own_step(column: str) -> Subquery:
    """When the person of a place took a step of its review."""
    every = TeamStep.objects.having_read() if column == "read_at" else TeamStep.objects.all()
    steps = every.filter(review__day=OuterRef("day"), person=OuterRef("person"))
    return Subquery(steps.values(column)[:1])


def _on(duty: Duty) -> str:
    return f"Review day on {spoken_moment(duty.happens_at)}" if duty.happens_at else "Review day"


def page(name: str) -> Callable[[Duty], str]:
    """The address of a page of the review."""
    return lambda duty: address(name, int(duty.page))


def kind(
    key: str,
    words: str,
    due: str,
    rows: Rows,
    *,
    title: str,
    url: str,
    action: str,
    is_host: bool,
    is_before: bool = False,
    **more: Any,
) -> DutyKind:
    """A duty of the host’s head, or of the team; what comes `is_before` the day, or once it began."""
    part = "your school hosts" if is_host else "you review"
    ahead, begun = (HOSTS_AHEAD, HOSTS_BEGUN) if is_host else (REVIEWS_AHEAD, REVIEWS_BEGUN)
    told = {
        "offsets": (-2, 0, 2),
        "goes_up_after": None,
        "goes_up_to": "",
        "why": lambda duty: f"You have this because {part} in {duty.sender}.",
        "beside": ahead if is_before else begun,
        "up_url": page("cycles:day_detail"),
        **more,
    }
    return DutyKind(
        key=key,
        words=words,
        due=due,
        rows=rows,
        title=lambda _duty: title,
        line=_on,
        url=page(url),
        action=action,
        in_alliance=True,
        is_private=True,
        **told,
    )
