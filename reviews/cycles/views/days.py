"""The page of a review day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.registers import Card, cards_for
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer
from reviews.cycles.models import DayPlace, Framework, ReviewDay, Theme
from reviews.cycles.permissions import CycleRights, can_change_day, can_say_held
from reviews.cycles.stages import Facts, standing_of
from reviews.cycles.substitutes import Proposal, km_between, leaders_among, proposals_for
from reviews.cycles.views.day_finding import day_for, places_of

Answer, State = DayPlace.Answer, ReviewDay.State
LOOKS = {
    Answer.ACCEPTED: ("done", "Accepted"),
    Answer.DECLINED: ("late", "Declined"),
    Answer.NONE: ("soon", "Not answered"),
}
PROPOSED = 3
MAP = "https://www.openstreetmap.org/search"


@dataclass(frozen=True)
class PlaceLine:
    """Somebody of the team, and what she answered; why not stands in nothing but her own."""

    place: DayPlace
    is_hers: bool

    @property
    def person(self) -> str:
        """Who it is."""
        return str(self.place.person)

    @property
    def school(self) -> str:
        """Where she comes from."""
        return str(self.place.reviewer.reviewer.school or "")

    @property
    def part(self) -> str:
        """Whether she leads, or was to."""
        if not self.place.is_lead:
            return ""
        return "Was to lead" if self.place.answer == Answer.DECLINED else "Leads"

    @property
    def tone(self) -> str:
        """How her answer looks."""
        return LOOKS[Answer(self.place.answer)][0]

    @property
    def words(self) -> str:
        """Her answer."""
        return LOOKS[Answer(self.place.answer)][1]


class Member(NamedTuple):
    """The same as it is read on the day's page: equal teams are drawn once."""

    person: str
    is_hers: bool
    part: str
    school: str
    tone: str
    words: str


class Aspect(NamedTuple):
    """What a review looks at, with its prompts."""

    name: str
    prompts: tuple[str, ...]


def _team(places: list[DayPlace], person: int) -> tuple[Member, ...]:
    lines = (PlaceLine(each, each.person_id == person) for each in places)
    return tuple(Member(*(getattr(line, name) for name in Member._fields)) for line in lines)


def _aspects(framework: Framework | None) -> tuple[Aspect, ...]:
    themes = answer(_themes, framework=framework.pk) if framework is not None else ()
    return tuple(Aspect(theme.name, tuple(theme.prompt_lines)) for theme in themes)


def _themes(*, framework: int) -> QuerySet[Theme]:
    return Theme.objects.filter(framework=framework).order_by("place", "pk")


def facts_of(day: ReviewDay, places: list[DayPlace]) -> Facts:
    """What the stage of a day follows from."""
    waiting = [each for each in places if each.answer == Answer.NONE]
    declined = [each for each in places if each.answer == Answer.DECLINED]
    return Facts(
        state=day.state,
        ends_at=day.ends_at,
        team_size=day.cycle.team_size,
        has_lead=lead_of(places) is not None,
        accepted=len(places) - len(waiting) - len(declined),
        waiting=len(waiting),
        declined=len(declined),
        answer_by=min((each.answer_by for each in waiting), default=None),
        fill_by=min((each.fill_by for each in declined if each.fill_by), default=None),
    )


def lead_of(places: list[DayPlace]) -> DayPlace | None:
    """Who leads and hasn't declined."""
    leads = (each for each in places if each.is_lead and each.answer != Answer.DECLINED)
    return next(leads, None)


@require_safe
def day_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Where and when, who goes and what they answered, what the review looks at, what is next."""
    now = timezone.now()
    rights, day = day_for(request, pk)
    require(rights.sees_rota, "The rota isn’t published yet.")
    places = places_of(day)
    standing = standing_of(facts_of(day, places), now)
    framework = day.cycle.framework
    cards = cards_for("review_day", rights, day, now)
    context = {
        "day": day,
        "cycle": day.cycle,
        "rights": rights,
        "standing": standing,
        "team": _team(places, request.user.pk),
        "own": _own(places, request.user.pk, day, now),
        "themes": _aspects(framework),
        "framework": str(framework or ""),
        "days_away": (day.day - london_day(now)).days,
        **_way_there(day, places, request.user.pk),
        **_acts(rights, day, places, now, cards),
        **_proposed(rights, day, places, now),
        "cards": cards,
    }
    return render(request, "cycles/day_detail.html", context)


def _way_there(day: ReviewDay, places: list[DayPlace], person: int) -> dict[str, Any]:
    """A map of where it is, and how far a visitor's own school is."""
    found = day.school.postcode or day.school.address
    hers = next((each for each in places if each.person_id == person), None)
    home = hers.reviewer.reviewer.school if hers is not None else None
    return {
        "way_there": f"{MAP}?{urlencode({'query': found})}" if found else "",
        "km": km_between(home, day.school),
    }


def _own(places: list[DayPlace], person: int, day: ReviewDay, now: datetime) -> DayPlace | None:
    """Her own place, as long as she can answer."""
    may_answer = day.state == State.PLANNED and day.starts_at > now
    return next((each for each in places if may_answer and each.person_id == person), None)


def _acts(
    rights: CycleRights,
    day: ReviewDay,
    places: list[DayPlace],
    now: datetime,
    cards: Sequence[Card],
) -> dict[str, bool]:
    lead = lead_of(places)
    is_planned = day.state == State.PLANNED
    can_change = can_change_day(rights)
    may_say = can_say_held(rights, lead.person_id if lead is not None else None)
    has_gone_further = any(card.context.get("has_gone_further") for card in cards)
    return {
        "can_change": can_change and is_planned,
        "can_change_lead": can_change and day.state == State.HELD and len(places) > 1,
        "can_say_held": may_say and is_planned and day.ends_at <= now,
        "can_take_back": can_change and day.state == State.HELD and not has_gone_further,
        "can_restore": can_change and day.state == State.CANCELLED and day.starts_at > now,
    }


def _proposed(
    rights: CycleRights,
    day: ReviewDay,
    places: list[DayPlace],
    now: datetime,
) -> dict[str, Any]:
    """To the organiser, once somebody has declined: who may go, and who of the team may lead."""
    declined = next((each for each in places if each.answer == Answer.DECLINED), None)
    is_open = day.state == State.PLANNED and day.starts_at > now
    if declined is None or not is_open or not can_change_day(rights):
        return {"declined": None}
    needs_lead = lead_of(places) is None
    proposals = proposals_for(day, needs_lead=needs_lead)
    may_go: list[Proposal] = [each for each in proposals if each.may_go][:PROPOSED]
    trained = leaders_among(places) if needs_lead else frozenset()
    leaders = [each for each in places if each.pk in trained]
    return {"declined": declined, "proposals": may_go, "leaders": leaders}
