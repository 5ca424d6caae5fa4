"""What the room tells people by mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from alliances.schools.models import DetailsCheck
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale

DETAILS_WRONG = "schools.details_wrong"


def letters_of_wrong_details(
    notices: Sequence[Notice], now: datetime
) -> Mapping[int, Letter | Stale]:
    """To portal staff: a school says that what is held of it is wrong."""
    checks = DetailsCheck.objects.select_related("school", "answered_by").in_bulk(
        {notice.thing_id for notice in notices if notice.thing_id is not None}
    )
    return {notice.pk: _wrong(checks.get(notice.thing_id or 0)) for notice in notices}


def _wrong(check: DetailsCheck | None) -> Letter | Stale:
    if check is None or check.is_right is not False:
        return Stale("The details have been confirmed since.")
    return Letter(
        subject=f"{check.school}: something is wrong in its details",
        heading="Something is wrong in a school’s details",
        why=f"{check.answered_by} looked through the details of {check.school} and says that "
        "something is wrong. You have this because you are portal staff.",
        button_label="Read what is wrong",
        button_url=f"{settings.PORTAL_URL}{check.school.get_absolute_url()}details/",
        thread=f"schools.details:{check.pk}",
    )


NOTICES = (
    NoticeKind(
        key=DETAILS_WRONG,
        words="A school says that its details are wrong",
        letters=letters_of_wrong_details,
    ),
)
