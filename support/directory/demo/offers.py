"""Offers of schools, experts from outside and shared posts of the demo."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from alliances.membership.models import Alliance, AlliancePost
from alliances.schools.models import School, SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from support.directory.demo.outline import (
    EXPERTS,
    GREENFIELD,
    KNOWSLEY,
    OFFERS,
    OLDHAM,
    POST_KINDS,
    SPRINGHEAD,
)
from support.directory.services import Share, add_expert, add_offer, add_shared_post


def tell_offers(clock: DemoClock) -> None:
    """What schools offer, whom they recommend, and two posts that they share."""
    _offer(clock)
    _recommend(clock)
    _share(clock)


def _alliance(slug: str) -> tuple[Alliance, Person, dict[str, int]]:
    alliance = Alliance.objects.get(slug=slug)
    posts = AlliancePost.objects.filter(alliance=alliance, kind=AlliancePost.Kind.DIRECTOR)
    director = posts.select_related("person").order_by("pk")[0].person
    return alliance, director, {area.name: area.pk for area in alliance.support_areas.all()}


def _offer(clock: DemoClock) -> None:
    heads = SchoolPost.objects.on(clock.now.date()).of_heads().select_related("person")
    since = AcademicYear.containing(clock.now.date()).first_day
    for turn, offer in enumerate(OFFERS):
        alliance, director, areas = _alliance(offer.slug)
        post = heads.filter(school__urn=offer.urn).order_by("pk").first()
        add_offer(
            alliance=alliance,
            school=School.objects.get(urn=offer.urn),
            kind=offer.kind,
            title=offer.title,
            about=offer.about,
            areas=[areas[name] for name in offer.areas],
            phases=list(offer.phases),
            days=offer.days,
            contact=post.person if post else None,
            starts_on=since,
            by=post.person if post else director,
            now=clock.at(-50 + turn, 14),
        )


def _recommend(clock: DemoClock) -> None:
    for expert in EXPERTS:
        alliance, director, areas = _alliance(expert.slug)
        add_expert(
            alliance=alliance,
            kind=expert.kind,
            name=expert.name,
            organisation=expert.organisation,
            about=expert.about,
            areas=[areas[name] for name in expert.areas],
            phases=["primary"],
            email=expert.email,
            day_rate=expert.day_rate,
            recommended_by=School.objects.get(urn=expert.urn) if expert.urn else None,
            starts_on=date(2025, 9, 1),
            by=director,
            now=clock.at(-49, 14),
        )


def _share(clock: DemoClock) -> None:
    alliance, director, _areas = _alliance(OLDHAM)
    schools = School.objects.in_bulk((KNOWSLEY, GREENFIELD, SPRINGHEAD), field_name="urn")
    since = AcademicYear.containing(clock.now.date()).first_day
    told: dict[str, Any] = {"alliance": alliance, "by": director, "starts_on": since}
    teacher = Person.objects.with_email("teacher@demo.example").get()
    add_shared_post(
        **told,
        kind=POST_KINDS.SHARED,
        title="Teacher of music",
        person=teacher,
        employer=schools[KNOWSLEY],
        yearly_cost=Decimal(42_000),
        shares=[
            Share(schools[KNOWSLEY], Decimal(3), Decimal(60)),
            Share(schools[GREENFIELD], Decimal(2), Decimal(40)),
        ],
        now=clock.at(-48, 14),
    )
    add_shared_post(
        **told,
        kind=POST_KINDS.SECONDMENT,
        title="SENCO of two schools",
        person=None,
        employer=schools[SPRINGHEAD],
        yearly_cost=Decimal(51_500),
        shares=[
            Share(schools[SPRINGHEAD], Decimal("2.5"), Decimal(50)),
            Share(schools[GREENFIELD], Decimal("2.5"), Decimal(50)),
        ],
        now=clock.at(-47, 14),
    )
