"""What is told of schools' requests to join: to the workhub, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, Stale
from partnership.toolkit.spoken_dates import spoken_moment
from workhubs.hubs.models import JoinRequest

REQUEST_MADE = "hubs.request_made"
REQUEST_ANSWERED = "hubs.request_answered"
REQUEST_WITHDRAWN = "hubs.request_withdrawn"
GONE = Stale("The request is gone.")


def _worded(
    notices: Sequence[Notice], say: Callable[[JoinRequest], Letter | Stale]
) -> dict[int, Letter | Stale]:
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    requests = JoinRequest.objects.select_related(
        "school", "requested_by", "workhub_year__workhub__alliance"
    ).in_bulk(ids)
    found = {notice.pk: requests.get(notice.thing_id or 0) for notice in notices}
    return {pk: GONE if request is None else say(request) for pk, request in found.items()}


def _letter(request: JoinRequest, *, subject: str, why: str, facts: Sequence[str] = ()) -> Letter:
    workhub_year = request.workhub_year
    return Letter(
        subject=subject,
        heading=subject,
        why=why,
        facts=(
            f"Workhub: {workhub_year.workhub}",
            f"Year: {workhub_year.academic_year}",
            *facts,
        ),
        button_label="Look at the workhub",
        button_url=f"{settings.PORTAL_URL}{workhub_year.get_absolute_url()}",
        sender_name=str(workhub_year.workhub.alliance),
        thread=f"hubs.request:{request.pk}",
    )


def letters_of_requests(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To whoever answers for the workhub, while the request waits."""
    return _worded(notices, _asks)


def _asks(request: JoinRequest) -> Letter | Stale:
    if not request.is_open:
        return Stale("The request is settled.")
    return _letter(
        request,
        subject=f"{request.school} asks to join “{request.workhub_year.workhub}”",
        why=f"You answer for this workhub, and {request.requested_by} asks to join it.",
        facts=(
            f"School: {request.school}",
            f"Why: {request.why}",
            f"Please answer by {spoken_moment(request.answer_by)}",
        ),
    )


def letters_of_answers(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To the school: yes or no, with the words that came with it."""
    return _worded(notices, _answers)


def _answers(request: JoinRequest) -> Letter | Stale:
    workhub, school = request.workhub_year.workhub, request.school
    said = (f"They say: {request.answer}",) if request.answer else ()
    if request.is_accepted:
        return _letter(
            request,
            subject=f"{school} has joined “{workhub}”",
            why=f"{school} asked to join this workhub, and the answer is yes.",
            facts=said,
        )
    return _letter(
        request,
        subject=f"{school} can’t join “{workhub}” this time",
        why=f"{school} asked to join this workhub, and the answer is no.",
        facts=said,
    )


def letters_of_withdrawals(
    notices: Sequence[Notice], _now: datetime
) -> Mapping[int, Letter | Stale]:
    """To whoever would have had to answer."""
    return _worded(notices, _withdraws)


def _withdraws(request: JoinRequest) -> Letter | Stale:
    workhub, school = request.workhub_year.workhub, request.school
    return _letter(
        request,
        subject=f"{school} no longer asks to join “{workhub}”",
        why=f"You answer for this workhub. {school} has taken its request back; "
        "there is nothing to do.",
    )
