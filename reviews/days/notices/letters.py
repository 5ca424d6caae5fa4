"""What is told of a review; a mail names neither school nor finding nor stage.

The notice’s thing is the review; which words it has is its kind’s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from partnership.notices.models import Notice
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from reviews.days.models import Review

GONE = Stale("The review has no day any more.")
PAST = Stale("It isn’t so any more.")
WHERE = "Which review it is stands in the portal only, behind your sign-in."


def _always(_review: Review) -> bool:
    return True


def kind(
    key: str,
    *,
    subject: str,
    why: str,
    button: str,
    page: str,
    stands: Callable[[Review], bool] = _always,
) -> NoticeKind:
    """A kind of letter: why somebody has it, after “You have this because”, and where it leads.

    It goes only as long as what it says of the review `stands`.
    """

    def letters(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
        ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
        reviews = Review.objects.select_related("cycle__alliance").in_bulk(ids)
        gone = {pk for pk, review in reviews.items() if not stands(review)}
        return {
            notice.pk: PAST
            if notice.thing_id in gone
            else _letter(reviews.get(notice.thing_id or 0), subject, why, button, page)
            for notice in notices
        }

    return NoticeKind(key=key, words=subject, letters=letters, in_alliance=True, in_confidence=True)


def _letter(
    review: Review | None, subject: str, why: str, button: str, page: str
) -> Letter | Stale:
    if review is None or review.day_id is None:
        return GONE
    return Letter(
        subject=subject,
        heading=subject,
        why=f"You have this because {why}.",
        after=(WHERE,),
        button_label=button,
        button_url=f"{settings.PORTAL_URL}{address(page, review.day_id)}",
        sender_name=str(review.cycle.alliance),
        thread=f"days.review:{review.pk}",
    )
