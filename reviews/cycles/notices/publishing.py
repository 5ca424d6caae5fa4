"""What is told when a rota is published: each her own days, in one mail that names no school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from partnership.notices.models import Notice
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_moment, spoken_span
from reviews.cycles.models import Cycle, DayPlace, ReviewDay

ROTA_PUBLISHED = "cycles.rota_published"
WHERE = "Which school goes where stands in the portal only, behind your sign-in."
Key = tuple[int, int]


def _letter(cycle: Cycle | None, waiting: Sequence[DayPlace]) -> Letter | Stale:
    if cycle is None:
        return Stale("The cycle is gone.")
    if cycle.state != Cycle.State.PUBLISHED:
        return Stale("The rota stands no longer.")
    visits = "a school" if len(waiting) == 1 else f"{len(waiting)} schools"
    asked = f", and you are asked to visit {visits}" if waiting else ""
    after = [WHERE]
    if waiting:
        by = spoken_moment(min(place.answer_by for place in waiting))
        after.insert(0, f"Please accept or decline each visit by {by}.")
    return Letter(
        subject="The rota of review days is published",
        heading="The rota of review days is published",
        why=f"You take part in the review days of {cycle.alliance}, {cycle.years}{asked}.",
        facts=tuple(spoken_span(each.day.starts_at, each.day.ends_at) for each in waiting),
        button_label="See your days and answer" if waiting else "See the rota",
        button_url=settings.PORTAL_URL + address("cycles:rota", cycle.pk),
        after=tuple(after),
        sender_name=str(cycle.alliance),
        thread=f"cycles.cycle:{cycle.pk}",
    )


def _waiting(notices: Sequence[Notice]) -> dict[Key, list[DayPlace]]:
    """The unanswered visits of each recipient in each cycle, by date."""
    places = DayPlace.objects.filter(
        person__in={notice.recipient_id for notice in notices},
        day__cycle__in={notice.thing_id for notice in notices if notice.thing_id is not None},
        day__state=ReviewDay.State.PLANNED,
        ended_at=None,
        answer=DayPlace.Answer.NONE,
    )
    found: dict[Key, list[DayPlace]] = {}
    for place in places.select_related("day").order_by("day__starts_at", "pk"):
        found.setdefault((place.person_id, place.day.cycle_id), []).append(place)
    return found


def letters_of_rotas(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To heads of hosts and to reviewers with several visits; the notice's thing is the cycle."""
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    cycles = Cycle.objects.select_related("alliance").in_bulk(ids)
    waiting = _waiting(notices)
    return {
        notice.pk: _letter(
            cycles.get(notice.thing_id or 0),
            waiting.get((notice.recipient_id, notice.thing_id or 0), ()),
        )
        for notice in notices
    }


PUBLISHING = (
    NoticeKind(
        key=ROTA_PUBLISHED,
        words="A rota of review days is published",
        letters=letters_of_rotas,
        in_alliance=True,
        in_confidence=True,
    ),
)
