"""Who is told what of workhubs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.notices import LEADS

LEADING = ("lead", "deputy")


def heads_by_school(school_ids: Iterable[int], *, on: date) -> dict[int, set[int]]:
    """The heads of each of these schools on a day."""
    posts = SchoolPost.objects.on(on).of_heads().filter(school__in=set(school_ids))
    heads: dict[int, set[int]] = {}
    for school_id, person_id in posts.values_list("school", "person"):
        heads.setdefault(school_id, set()).add(person_id)
    return heads


def heads_of(school_ids: Iterable[int], *, on: date) -> set[int]:
    """All heads of these schools on a day."""
    return set().union(*heads_by_school(school_ids, on=on).values())


def leads_of(workhub_year: WorkhubYear, *, on: date) -> set[int]:
    """Lead and deputy; without a lead whoever directs the alliance."""
    if workhub_year.lead_id is not None:
        return {
            person_id
            for person_id in (workhub_year.lead_id, workhub_year.deputy_id)
            if person_id is not None
        }
    directors = AlliancePost.objects.on(on).filter(
        alliance=workhub_year.workhub.alliance_id, kind=AlliancePost.Kind.DIRECTOR
    )
    return set(directors.values_list("person", flat=True))


def tell_of(
    kind: str,
    thing_id: int,
    recipients: Collection[int],
    workhub_year: WorkhubYear,
    *,
    now: datetime,
    **facts: object,
) -> None:
    """One notice to each; what happens to the thing later is another notice."""
    verb = kind.partition(".")[2]
    tell(
        recipients=recipients,
        kind=kind,
        key=f"workhub-{verb}:{thing_id}:{now.astimezone(UK):%Y-%m-%dT%H:%M:%S}",
        thing_id=thing_id,
        now=now,
        facts=facts,
        alliance_id=workhub_year.workhub.alliance_id,
    )


def tell_leads(
    years: Sequence[WorkhubYear],
    *,
    only: Collection[str] = LEADING,
    besides: Person,
    now: datetime,
) -> None:
    """Those who lead from now on, or are deputies, one mail each for all these years."""
    named = {
        person_id
        for year in years
        for part in LEADING
        if part in only and (person_id := getattr(year, f"{part}_id")) is not None
    }
    if years and named - {besides.pk}:
        keys = [year.pk for year in years]
        told = named - {besides.pk}
        tell_of(LEADS, keys[0], told, years[0], now=now, years=keys)
