"""What is told when workhubs go on into another year, and of who leads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings

from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, Stale
from partnership.toolkit.spoken_dates import spoken_day
from workhubs.hubs.models import WorkhubSchool, WorkhubYear

STAYS = "hubs.stays"
LEADS = "hubs.leads"


def _year_ids(notices: Iterable[Notice]) -> set[int]:
    return {pk for notice in notices for pk in notice.facts.get("years", ())}


def _years(notices: Iterable[Notice]) -> dict[int, WorkhubYear]:
    years = WorkhubYear.objects.select_related("workhub__alliance")
    return years.in_bulk(_year_ids(notices))


def letters_of_staying(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """To each head: in which workhubs her schools stay for the year that comes."""
    years = _years(notices)
    schools = _schools_by_head(notices, on=now.astimezone(UK).date())
    places = WorkhubSchool.objects.filter(
        workhub_year__in=years, way=WorkhubSchool.Way.KEPT, left_on=None
    )
    places = places.select_related("school").order_by("school__name", "pk")
    kept: dict[int, list[WorkhubSchool]] = {}
    for place in places:
        kept.setdefault(place.school_id, []).append(place)
    letters: dict[int, Letter | Stale] = {}
    for notice in notices:
        told = set(notice.facts.get("years", ()))
        hers = [
            place
            for school_id in sorted(schools.get(notice.recipient_id, ()))
            for place in kept.get(school_id, ())
            if place.workhub_year_id in told
        ]
        letters[notice.pk] = _staying(hers, years) if hers else Stale("Her schools don’t stay.")
    return letters


def _schools_by_head(notices: Iterable[Notice], *, on: date) -> dict[int, set[int]]:
    recipients = {notice.recipient_id for notice in notices}
    posts = SchoolPost.objects.on(on).of_heads().filter(person__in=recipients)
    schools: dict[int, set[int]] = {}
    for person_id, school_id in posts.values_list("person", "school"):
        schools.setdefault(person_id, set()).add(school_id)
    return schools


def _staying(places: Sequence[WorkhubSchool], years: Mapping[int, WorkhubYear]) -> Letter:
    first = years[places[0].workhub_year_id]
    begins = spoken_day(first.academic_year.first_day)
    count = len({place.workhub_year_id for place in places})
    workhubs = "one workhub" if count == 1 else f"{count} workhubs"
    return Letter(
        subject=f"Your school stays in {workhubs}, {first.academic_year}",
        heading=f"Your school stays in {workhubs}",
        why=(
            f"You are head of a school that took part this year, and {first.workhub.alliance} "
            f"has carried its workhubs over into {first.academic_year}."
        ),
        facts=tuple(
            sorted(f"{years[place.workhub_year_id].workhub}: {place.school}" for place in places)
        ),
        after=(
            (
                f"This holds from {begins}. You need not answer. If your school shall not stay, "
                "leave the workhub on its page."
            ),
        ),
        button_label="Look at your workhubs",
        button_url=f"{settings.PORTAL_URL}{first.get_absolute_url()}"
        if count == 1
        else f"{settings.PORTAL_URL}/workhubs/?mine=on&year={first.academic_year.slug}",
        sender_name=str(first.workhub.alliance),
        thread=f"hubs.stays:{first.workhub.alliance_id}:{first.year}",
    )


def letters_to_leads(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To leads and deputies: which workhubs they lead."""
    years = _years(notices)
    letters: dict[int, Letter | Stale] = {}
    for notice in notices:
        told = [years[pk] for pk in notice.facts.get("years", ()) if pk in years]
        hers = [year for year in told if notice.recipient_id in {year.lead_id, year.deputy_id}]
        letters[notice.pk] = (
            _leading(hers, notice.recipient_id) if hers else Stale("Somebody else leads it now.")
        )
    return letters


def _leading(years: Sequence[WorkhubYear], person_id: int) -> Letter:
    first = years[0]
    parts = [
        f"{year.workhub}: {'lead' if year.lead_id == person_id else 'deputy'}" for year in years
    ]
    name = f"“{first.workhub}”" if len(years) == 1 else f"{len(years)} workhubs"
    part = "lead" if any(year.lead_id == person_id for year in years) else "are deputy of"
    return Letter(
        subject=f"You {part} {name}, {first.academic_year}",
        heading=f"You {part} {name}",
        why=f"{first.workhub.alliance} has named you for {first.academic_year}.",
        facts=tuple(parts),
        after=(
            (
                "Lead and deputy invite schools, answer requests to join, call the meetings and "
                "note how the objectives stand."
            ),
        ),
        button_label="Look at the workhub",
        button_url=f"{settings.PORTAL_URL}{first.get_absolute_url()}",
        sender_name=str(first.workhub.alliance),
        thread=f"hubs.leads:{first.pk}",
    )
