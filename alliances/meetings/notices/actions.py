"""What people are told about actions: given, changed, handed on, dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings

from alliances.meetings.models import Action
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_day

CONFIDENTIAL = "A confidential action"
Words = dict[int, Letter | Stale]
Write = Callable[[Action], Letter]
Why = Callable[[Notice, Action], str]


def _letters(write: Write, why_not: Why) -> Callable[..., Words]:
    def letters(notices: Sequence[Notice], _now: datetime) -> Words:
        ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
        actions = Action.objects.select_related("body__alliance", "item", "given_by").in_bulk(ids)
        words: Words = {}
        for notice in notices:
            action = actions.get(notice.thing_id or 0)
            stale = why_not(notice, action) if action else "The action is gone."
            words[notice.pk] = write(action) if action and not stale else Stale(stale)
        return words

    return letters


def _not_owed(notice: Notice, action: Action) -> str:
    if not action.is_open:
        return "The action is done or dropped."
    return "" if notice.recipient_id == action.owner_id else "Somebody else has the action now."


def _still_owed(notice: Notice, action: Action) -> str:
    return "She has the action again." if notice.recipient_id == action.owner_id else ""


def _not_dropped(notice: Notice, action: Action) -> str:
    if action.dropped_at is None:
        return "The action is not dropped."
    return "" if notice.recipient_id == action.owner_id else "Somebody else has the action now."


def named(action: Action) -> str:
    """Its title, but where it is confidential."""
    is_confidential = action.item is not None and action.item.is_confidential
    return CONFIDENTIAL if is_confidential else action.title


def _letter(action: Action, subject: str, why: str, *facts: str) -> Letter:
    return Letter(
        subject=f"{subject}: {named(action)}",
        heading=named(action),
        why=why,
        facts=(action.body.name, *facts),
        button_label="See the action",
        button_url=settings.PORTAL_URL + action.get_absolute_url(),
        sender_name=action.body.alliance.name,
        thread=f"action-{action.pk}",
    )


def _by(action: Action) -> str:
    return f"By {spoken_day(action.due_at)}"


def _given(action: Action) -> Letter:
    why = f"You have this because an action of {action.body.name} is given to you."
    return _letter(action, "An action for you", why, _by(action))


def _changed(action: Action) -> Letter:
    why = "You have this because an action of yours has changed: its wording or its day."
    return _letter(action, "Changed", why, _by(action))


def _handed_on(action: Action) -> Letter:
    body = action.body
    return Letter(
        subject=f"No longer yours: {named(action)}",
        heading=named(action),
        why="You had this action, and somebody else has it now. There is nothing you need to do.",
        facts=(body.name,),
        button_label="Go to your actions",
        button_url=f"{settings.PORTAL_URL}/meetings/actions/",
        sender_name=body.alliance.name,
        thread=f"action-{action.pk}",
    )


def _dropped(action: Action) -> Letter:
    why = "You had this action, and nobody needs to do it any more. Why stands on its page."
    return _letter(action, "Dropped", why)


NOTICES = (
    NoticeKind(
        "meetings.action_given",
        "An action is given to you",
        _letters(_given, _not_owed),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.action_changed",
        "An action of yours changes",
        _letters(_changed, _not_owed),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.action_handed_on",
        "An action of yours goes to somebody else",
        _letters(_handed_on, _still_owed),
        in_alliance=True,
    ),
    NoticeKind(
        "meetings.action_dropped",
        "An action of yours is dropped",
        _letters(_dropped, _not_dropped),
        in_alliance=True,
    ),
)
