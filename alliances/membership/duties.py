"""What directors owe visitors: an answer to an enquiry."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value

from alliances.membership.models import AlliancePost, Enquiry
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import DutyKind, DutyWindow, duty_rows

ANSWER_ENQUIRY = "membership.answer_enquiry"


def _enquiries(window: DutyWindow) -> QuerySet[Any]:
    """Each director of the alliance, until one of them has settled it."""
    posts = AlliancePost.objects.on(window.today)
    directors = posts.filter(kind=AlliancePost.Kind.DIRECTOR)
    if window.only_person is not None:
        directors = directors.filter(person=window.only_person)
    chairs = posts.filter(alliance=OuterRef("alliance"), kind=AlliancePost.Kind.CHAIR)
    rows = directors.filter(alliance__enquiries__state=Enquiry.State.WAITING).annotate(
        enquiry_id=F("alliance__enquiries__pk"),
        chair=Subquery(chairs.order_by("pk").values("person")[:1]),
    )
    return duty_rows(
        rows,
        window,
        kind=ANSWER_ENQUIRY,
        person="person",
        thing="enquiry_id",
        subject=Value(""),
        page="alliance__slug",
        asked_at="alliance__enquiries__sent_at",
        due_at="alliance__enquiries__answer_by",
        alliance="alliance",
        sender="alliance__name",
        goes_up_to="chair",
    )


DUTIES = (
    DutyKind(
        key=ANSWER_ENQUIRY,
        words="Answer a visitor’s enquiry",
        due="5pm on the fifth school day after it came",
        offsets=(-2, 0, 2),
        goes_up_after=3,
        goes_up_to="the chair of the alliance",
        rows=_enquiries,
        title=lambda _duty: "Answer an enquiry from the public page",
        line=lambda duty: duty.sender,
        url=lambda duty: address("membership:enquiry_detail", duty.page, duty.thing_id),
        action="Answer",
        why=lambda duty: f"You have this because you direct {duty.sender}.",
        in_alliance=True,
    ),
)
