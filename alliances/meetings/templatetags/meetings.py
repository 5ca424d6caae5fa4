"""What templates say of meetings with `{% load meetings %}`."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from alliances.meetings.models import Attendance, Meeting, MeetingReply
from partnership.toolkit.templatetags.portal import status

register = template.Library()

STATES = {
    Meeting.State.DRAFT: ("plain", "Draft", "draft"),
    Meeting.State.CALLED: ("note", "Called", "day"),
    Meeting.State.IN_SESSION: ("soon", "In session", "people"),
    Meeting.State.HELD: ("done", "Held", "done"),
    Meeting.State.CANCELLED: ("late", "Cancelled", "cross"),
}
ANSWERS = {
    MeetingReply.Answer.YES: ("done", "Yes", "done"),
    MeetingReply.Answer.MAYBE: ("soon", "Maybe", "soon"),
    MeetingReply.Answer.NO: ("late", "No", "cross"),
    MeetingReply.Answer.NONE: ("plain", "No answer", "ring"),
}
ATTENDANCES = {
    Attendance.State.PRESENT: ("done", "Present", "done"),
    Attendance.State.LATE: ("soon", "Late", "soon"),
    Attendance.State.SUBSTITUTE: ("note", "Substitute", "person"),
    Attendance.State.APOLOGIES: ("plain", "Apologies", "ring"),
    Attendance.State.ABSENT: ("late", "Absent", "cross"),
    "": ("plain", "Not marked", "ring"),
}


@register.simple_tag(takes_context=True)
def meeting_state(context: Context, state: str) -> SafeString:
    """Draft, called, in session, held or cancelled."""
    return status(context, *STATES[Meeting.State(state)])


@register.simple_tag(takes_context=True)
def meeting_answer(context: Context, answer: str) -> SafeString:
    """Yes, maybe, no, or no answer."""
    return status(context, *ANSWERS[MeetingReply.Answer(answer)])


@register.simple_tag(takes_context=True)
def attendance_state(context: Context, state: str) -> SafeString:
    """Present, late, a substitute, apologies or absent, or nothing yet."""
    return status(context, *ATTENDANCES[state])
