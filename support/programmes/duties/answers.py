"""A request for support waits for its answer."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet, Value

from alliances.membership.models import AlliancePost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows
from support.programmes.duties.rows import DIRECTS, caseload_url, chair_of
from support.programmes.models import Programme

ANSWER = "programmes.answer"


def _answers(window: DutyWindow) -> QuerySet[Any]:
    """Whoever looks after the request; while nobody does, each director of the alliance."""
    directors = AlliancePost.objects.on(window.today).filter(kind=AlliancePost.Kind.DIRECTOR)
    if window.only_person is not None:
        directors = directors.filter(person=window.only_person)
    asked = "alliance__programmes"
    waiting = {f"{asked}__state": Programme.State.ASKED}
    nobodys_or_hers = Q(**{f"{asked}__director": None}) | Q(
        **{f"{asked}__director": F("person")},
    )
    rows = directors.filter(nobodys_or_hers, **waiting).annotate(
        programme_id=F(f"{asked}__pk"), chair=chair_of("alliance", window)
    )
    return duty_rows(
        rows,
        window,
        kind=ANSWER,
        person="person",
        thing="programme_id",
        subject=Value(""),
        page="programme_id",
        asked_at=f"{asked}__asked_at",
        due_at=f"{asked}__answer_by",
        school=f"{asked}__school",
        alliance="alliance",
        mail_sender="alliance__name",
        goes_up_to="chair",
    )


def _url(duty: Duty) -> str:
    return address("programmes:request_answer", duty.thing_id)


ANSWERS = (
    DutyKind(
        key=ANSWER,
        words="Answer a school that asks for support",
        due="5pm after as many school days as the alliance sets, usually five",
        offsets=(-2, 0, 2),
        goes_up_after=3,
        goes_up_to="the chair of the alliance",
        rows=_answers,
        title=lambda _duty: "Answer a request for support",
        line=lambda _duty: "A school asks; open it, signpost it or decline it",
        url=_url,
        action="Answer",
        why=lambda duty: f"You have this because you direct {duty.sender}.",
        in_alliance=True,
        is_private=True,
        beside=DIRECTS,
        up_url=caseload_url,
    ),
)
