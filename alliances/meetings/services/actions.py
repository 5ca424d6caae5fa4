"""Actions: given, changed, done, taken back, dropped, and passed on when somebody leaves."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, F, QuerySet, TextField, Value, When

from alliances.meetings.models import Action, AgendaItem, Body, Meeting
from alliances.meetings.planner import shared_dates
from alliances.meetings.services.states import NotNow
from partnership.audit.services import record
from partnership.calendar.days import UK, next_school_day
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Leaver, held_rows, offered
from partnership.toolkit.versions import apply_changes, lock

ACTIONS = "meetings.actions"
USUAL_TIME = timedelta(weeks=2)
UNDONE_WITHIN = timedelta(days=1)
END_OF_DAY = time(17)
NOT_OPEN = "This action is done or dropped already, so it stays as it is."
LEFT = "Its owner has left, and nobody follows."


def usual_due_at(body: Body, *, after: datetime, now: datetime) -> datetime:
    """When the body meets next, or at the end of a day in two weeks on which its schools are open."""
    coming = Meeting.objects.filter(
        body=body,
        starts_at__gt=max(after, now),
        state__in=[Meeting.State.DRAFT, Meeting.State.CALLED],
    )
    meets_at = coming.order_by("starts_at", "pk").values_list("starts_at", flat=True).first()
    if meets_at is not None:
        return meets_at
    wished = (now + USUAL_TIME).astimezone(UK).date()
    day = next_school_day(wished, shared_dates(body.seats.on(wished).values("school")))
    return datetime.combine(day, END_OF_DAY, tzinfo=UK)


@transaction.atomic
def give_action(
    *,
    body: Body,
    title: str,
    owner: Person,
    due_at: datetime,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
    by: Person,
    now: datetime,
) -> Action:
    """Somebody is to do something until a day; she is told, unless she gave it to herself."""
    action = Action.objects.create(
        body=body,
        meeting=meeting,
        item=item,
        title=title,
        owner=owner,
        due_at=due_at,
        given_by=by,
        given_at=now,
    )
    _recorded("action given", action, by=by, now=now, fields=["title", "owner", "due_at"])
    _tell("action_given", action, owner.pk, by=by, now=now)
    return action


@transaction.atomic
def change_action(
    *,
    action: Action,
    changes: dict[str, Any],
    seen_version: int | None = None,
    by: Person,
    now: datetime,
) -> Action:
    """Another wording, owner or day; raises ChangedSince when somebody saved since."""
    action = _open(action, seen_version=seen_version)
    was_with = action.owner_id
    changed = apply_changes(action, changes)
    if not changed:
        return action
    _recorded("action changed", action, by=by, now=now, fields=changed)
    if action.owner_id == was_with:
        _tell("action_changed", action, action.owner_id, by=by, now=now)
    else:
        _tell("action_given", action, action.owner_id, by=by, now=now)
        _tell("action_handed_on", action, was_with, by=by, now=now)
    return action


@transaction.atomic
def finish_action(*, action: Action, note: str = "", by: Person, now: datetime) -> Action:
    """It is done, and by whom and how; saying so twice changes nothing."""
    current = lock(action)
    if current.done_at is not None:
        return current
    current = _open(action)
    apply_changes(current, {"done_at": now, "done_by": by, "done_note": note})
    _recorded("action done", current, by=by, now=now, fields=["done_at"])
    return current


@transaction.atomic
def reopen_action(*, action: Action, by: Person, now: datetime) -> Action:
    """Take back within a day that it is done."""
    action = lock(action)
    if action.done_at is None:
        raise NotNow("This action is not done.")
    if now - action.done_at > UNDONE_WITHIN:
        raise NotNow("This was done more than a day ago. Give a new action for what is left.")
    apply_changes(action, {"done_at": None, "done_by": None, "done_note": ""})
    _recorded("action taken up again", action, by=by, now=now, fields=["done_at"])
    return action


@transaction.atomic
def drop_action(*, action: Action, because: str, by: Person, now: datetime) -> Action:
    """Nobody needs to do it any more, and why; its owner is told."""
    action = _open(action)
    apply_changes(action, {"dropped_at": now, "dropped_because": because})
    _recorded("action dropped", action, by=by, now=now, fields=["dropped_at"])
    _tell("action_dropped", action, action.owner_id, by=by, now=now)
    return action


def _open(action: Action, *, seen_version: int | None = None) -> Action:
    current = lock(action, seen_version=seen_version)
    if not current.is_open:
        raise NotNow(NOT_OPEN)
    return current


def _recorded(
    action_words: str, action: Action, *, by: Person, now: datetime, **facts: Any
) -> None:
    """What is confidential is not named where staff read what happened."""
    is_confidential = action.item is not None and action.item.is_confidential
    record(
        action_words,
        action,
        by=by,
        at=now,
        title=action.body.name if is_confidential else action.title,
        alliance_id=action.body.alliance_id,
        **facts,
    )


def _tell(kind: str, action: Action, person_id: int, *, by: Person, now: datetime) -> None:
    if person_id == by.pk:
        return
    verb = kind.replace("_", "-")
    tell(
        recipients=[person_id],
        kind=f"meetings.{kind}",
        key=f"{verb}:{action.pk}:{action.version}",
        thing_id=action.pk,
        facts={"due_at": action.due_at.isoformat()},
        now=now,
        alliance_id=action.body.alliance_id,
    )


def actions_owned(leaver: Leaver) -> QuerySet[Action, Any]:
    """What she has not done yet: her own to pass on, of others where whoever arranges it runs."""
    actions = Action.objects.open().filter(owner=leaver.person)
    if leaver.by.pk != leaver.person.pk and not leaver.by.is_staff:
        runs = Body.objects.run_by(leaver.by, on=leaver.today)
        actions = actions.filter(body__in=runs.values("pk"))
    named = Case(
        When(item__is_confidential=True, then=Value("A confidential action")),
        default=F("title"),
        output_field=TextField(),
    )
    return held_rows(
        actions,
        kind=ACTIONS,
        name=named,
        about="body__name",
        choices=offered(PASS, END, STAY),
        order="due_at",
    )


def pass_on_action(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows owes it from now on; without anybody it is dropped."""
    actions = Action.objects.open().filter(pk=key, owner=leaver.person)
    action = actions.select_related("body", "item").first()
    if action is None:
        return 0
    if to is None:
        drop_action(action=action, because=LEFT, by=leaver.by, now=now)
    else:
        change_action(action=action, changes={"owner": to}, by=leaver.by, now=now)
    return 1
