"""What templates say of minutes and actions with `{% load minutes %}`."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from alliances.meetings.models import Action, Meeting
from partnership.toolkit.templatetags.portal import status

register = template.Library()

STATES = {
    Meeting.MinutesState.NONE: ("plain", "Being written", "draft"),
    Meeting.MinutesState.DRAFTED: ("soon", "With the chair", "soon"),
    Meeting.MinutesState.CHECKED: ("done", "Checked", "done"),
    Meeting.MinutesState.APPROVED: ("done", "Approved", "lock"),
}


@register.simple_tag(takes_context=True)
def minutes_state(context: Context, state: str) -> SafeString:
    """Being written, with the chair, checked, or approved."""
    return status(context, *STATES[Meeting.MinutesState(state)])


@register.simple_tag(takes_context=True)
def action_state(context: Context, action: Action, now: datetime) -> SafeString:
    """Done, dropped, late, or still to do."""
    if action.done_at is not None:
        return status(context, "done", "Done")
    if action.dropped_at is not None:
        return status(context, "plain", "Dropped", "cross")
    if action.due_at < now:
        return status(context, "late", "Late")
    return status(context, "plain", "To do", "ring")
