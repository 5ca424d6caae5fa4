"""What speaks against a meeting's day: said as a warning, never forbidden."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q

from alliances.meetings.models import Meeting
from partnership.calendar.days import UK, closed_because
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import spoken_clock, spoken_date

NAMED_AT_MOST = 3


def warnings_of(
    *,
    starts_at: datetime,
    ends_at: datetime,
    people: Collection[int],
    reader: Person,
    besides: Meeting | None = None,
) -> list[str]:
    """A closed day, and other called meetings of the same people at that time.

    The reader is told the title only of what she may see.
    """
    day = starts_at.astimezone(UK).date()
    because = closed_because(day)
    found = [f"{spoken_date(day)} is {because}."] if because else []
    others = Meeting.objects.filter(
        state=Meeting.State.CALLED, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    shared = (
        others.annotate(
            busy=Count(
                "replies__person",
                distinct=True,
                filter=Q(replies__person__in=people, replies__ended_at=None),
            )
        )
        .filter(busy__gt=0)
        .order_by("starts_at", "pk")
    )
    clashes = list(shared[:NAMED_AT_MOST])
    seen = Meeting.objects.visible_to(reader, on=day).filter(pk__in=[one.pk for one in clashes])
    known = set(seen.values_list("pk", flat=True)) if clashes else set()
    for clash in clashes:
        title = f"“{clash.title}”" if clash.pk in known else "another meeting"
        who = "One of those asked is" if clash.busy == 1 else f"{clash.busy} of those asked are"
        found.append(f"{who} called to {title} at {spoken_clock(clash.starts_at)} that day.")
    return found
