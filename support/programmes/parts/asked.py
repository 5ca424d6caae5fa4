"""What the school asked for, and what it was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.statements import answer
from support.programmes.models import Programme
from support.programmes.parts.part import Part
from support.programmes.permissions import Rights, can_withdraw

State = Programme.State
NAMED = (
    "asked_by",
    "answered_by",
    "signposted_workhub",
    "signposted_practitioner__person",
    "signposted_alliance",
)
HEADINGS = {State.SIGNPOSTED: "Signposted", State.DECLINED: "Declined"}


def _request(*, programme: Any) -> QuerySet[Programme]:
    """Who asked, who answered, and where the school was sent: only this part says so."""
    rows = Programme.objects.filter(pk=programme)
    return rows.select_related(*NAMED).only("pk", *NAMED)


def asked(rights: Rights, now: datetime) -> Part | None:
    """The request in the school's own words."""
    if not rights.sees_request:
        return None
    programme = rights.programme
    (request,) = answer(_request, programme=programme.pk)
    signpost = (
        request.signposted_workhub or request.signposted_practitioner or request.signposted_alliance
    )
    nouns = {
        "programme": programme,
        "asked_by": request.asked_by,
        "answered_by": request.answered_by,
        "is_late": programme.is_late_to_answer(now),
        "is_waiting": programme.state == State.ASKED,
        "is_taken_back": programme.state == State.WITHDRAWN,
        "answer_heading": HEADINGS.get(State(programme.state), "The answer"),
        "signpost": signpost,
        "signpost_url": signpost.get_absolute_url() if signpost else "",
        "may_withdraw": can_withdraw(rights),
    }
    return Part("programmes/includes/_asked.html", nouns)
