"""What the school asked for, and what it was answered."""

from __future__ import annotations

from datetime import datetime

from support.programmes.models import Programme
from support.programmes.parts.part import Part
from support.programmes.permissions import Rights, can_withdraw

State = Programme.State
HEADINGS = {State.SIGNPOSTED: "Signposted", State.DECLINED: "Declined"}


def asked(rights: Rights, now: datetime) -> Part | None:
    """The request in the school's own words."""
    if not rights.sees_request:
        return None
    programme = rights.programme
    signpost = (
        programme.signposted_workhub
        or programme.signposted_practitioner
        or programme.signposted_alliance
    )
    nouns = {
        "programme": programme,
        "is_late": programme.is_late_to_answer(now),
        "is_waiting": programme.state == State.ASKED,
        "is_taken_back": programme.state == State.WITHDRAWN,
        "answer_heading": HEADINGS.get(State(programme.state), "The answer"),
        "signpost": signpost,
        "signpost_url": signpost.get_absolute_url() if signpost else "",
        "may_withdraw": can_withdraw(rights),
    }
    return Part("programmes/includes/_asked.html", nouns)
