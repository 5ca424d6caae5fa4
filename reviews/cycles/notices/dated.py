"""What goes with a mail of a review day for the recipient's own calendar; it names no school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from alliances.schools.models import SchoolPost
from partnership.notices.models import Notice
from partnership.toolkit.registers import Dated
from partnership.toolkit.spoken_dates import london_day
from reviews.cycles.models import DayPlace, ReviewDay

KIND, TITLE = "cycles.day", "Review day"


def dated_of(day: ReviewDay, *, is_out: bool = False) -> Dated:
    """The day as it stands; for whoever no longer goes there it is called off, a move later."""
    return Dated(
        kind=KIND,
        thing_id=day.pk,
        title=TITLE,
        place="",
        path=day.get_absolute_url(),
        state=ReviewDay.State.CANCELLED if is_out else day.state,
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        sequence=day.sequence + is_out,
        changed_at=day.changed_at,
    )


def dated_for(
    notices: Sequence[Notice], days: Mapping[int, ReviewDay | None], now: datetime
) -> dict[int, Dated]:
    """By notice, in two queries: who goes or hosts has the day, who went no longer has it."""
    standing = {day.pk: day for day in days.values() if day is not None}
    people = {notice.recipient_id for notice in notices}
    going: dict[tuple[int, int], bool] = {}
    places = DayPlace.objects.filter(day__in=standing, person__in=people).order_by("pk")
    for place in places:
        comes = place.ended_at is None and place.answer != DayPlace.Answer.DECLINED
        key = (place.day_id, place.person_id)
        going[key] = going.get(key, False) or comes
    posts = SchoolPost.objects.on(london_day(now)).of_heads().filter(person__in=people)
    schools = {day.school_id for day in standing.values()}
    heads = set(posts.filter(school__in=schools).values_list("school", "person"))
    found = {}
    for notice in notices:
        day = days.get(notice.pk)
        if day is None:
            continue
        goes = going.get((day.pk, notice.recipient_id))
        if (day.school_id, notice.recipient_id) in heads or goes:
            found[notice.pk] = dated_of(day)
        elif goes is not None:
            found[notice.pk] = dated_of(day, is_out=True)
    return found
