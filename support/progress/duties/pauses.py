"""A programme that is paused is looked at again on its day."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Value

from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyWindow, duty_rows
from support.programmes.duties.rows import LOOKS_AFTER, chair_of
from support.progress.duties.heads import CHAIR, kind_of
from support.progress.models import Pause

LOOK_AT_PAUSE = "progress.look_at_pause"


def _pauses(window: DutyWindow) -> QuerySet[Any, Any]:
    rows = Pause.objects.filter(programme__director__isnull=False)
    if window.only_person is not None:
        rows = rows.filter(programme__director=window.only_person)
    return duty_rows(
        rows.annotate(chair=chair_of("programme__alliance", window)),
        window,
        kind=LOOK_AT_PAUSE,
        person="programme__director",
        subject=Value(""),
        page="programme",
        asked_at="paused_at",
        due_at="look_again_at",
        school="programme__school",
        alliance="programme__alliance",
        mail_sender="programme__alliance__name",
        goes_up_to="chair",
        done_at="resumed_at",
    )


def _url(duty: Duty) -> str:
    return address("programmes:programme_detail", int(duty.page))


PAUSES = (
    kind_of(
        LOOK_AT_PAUSE,
        "Look again at a programme that is paused",
        "the day that whoever paused it gives",
        _pauses,
        "Look again at a programme that is paused",
        _url,
        up=CHAIR,
        beside=LOOKS_AFTER,
    ),
)
