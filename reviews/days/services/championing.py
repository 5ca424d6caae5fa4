"""Who leads the improvement workshop: asked by the host, never of the team nor of the school."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import CannotReview, CycleReviewer, DayPlace, Reviewer
from reviews.days.models import Review, TeamStep, Workshop
from reviews.days.notices.after import CHAMPION_ASKED, CHAMPION_GONE, WORKSHOP_ALONE
from reviews.days.services.afterwards import locked_review, workshop_of
from reviews.days.services.telling import host_people, record_of, tell_of


class WorkshopHeld(Exception):
    """It was held: who led it stands."""


class MayNotLead(Exception):
    """Of the team, of the school, barred from it, or no reviewer of the cycle."""


class NoChampion(Exception):
    """Nobody is asked to lead it, or she has given it up."""


def champions_for(review: Review, *, on: date) -> QuerySet[CycleReviewer]:
    """Reviewers of the cycle who weren't on the team and have nothing to do with the school.

    Whoever gave a view of the school was on it, also where she was taken out of it since.
    """
    posts = SchoolPost.objects.on(on).filter(
        school=review.school_id, person=OuterRef("reviewer__person")
    )
    barred = CannotReview.objects.filter(
        Q(until=None) | Q(until__gte=on), school=review.school_id, reviewer=OuterRef("reviewer")
    )
    places = DayPlace.objects.filter(
        day=review.day_id, ended_at=None, person=OuterRef("reviewer__person")
    ).exclude(answer=DayPlace.Answer.DECLINED)
    gave_views = TeamStep.objects.filter(
        review=review, person=OuterRef("reviewer__person"), views_at__isnull=False
    )
    pool = Reviewer.objects.on(on).filter(person__is_active=True)
    found = CycleReviewer.objects.filter(
        ~Exists(posts),
        ~Exists(barred),
        ~Exists(places),
        ~Exists(gave_views),
        cycle=review.cycle_id,
        left_at=None,
        reviewer__in=pool.values("pk"),
    )
    found = found.exclude(reviewer__school=review.school_id)
    return found.select_related("reviewer__person", "reviewer__school").order_by(
        "reviewer__person__search_name", "pk"
    )


@transaction.atomic
def ask_champion(*, review: Review, champion: Person, by: Person, now: datetime) -> Workshop:
    """She reads the report from now on; who was asked before doesn't any more. Both are told.

    Raises NotReleased, WorkshopHeld or MayNotLead.
    """
    current = locked_review(review)
    workshop = open_workshop(current)
    before = standing_champion(workshop)
    if before == champion.pk:
        return workshop
    may_lead = champions_for(current, on=london_day(now))
    if not may_lead.filter(reviewer__person=champion).exists():
        raise MayNotLead
    changes = {"champion": champion, "asked_by": by, "asked_at": now, "given_up_at": None}
    arranged_at = now if workshop.starts_at is not None else None
    apply_changes(workshop, {**changes, "arranged_at": arranged_at})
    what = f"{champion.pk}:{workshop.version}"
    tell_of(current, [champion.pk], kind=CHAMPION_ASKED, what=what, by=by, now=now)
    if before is not None:
        tell_of(current, [before], kind=CHAMPION_GONE, what=what, by=by, now=now)
    record_of("champion asked", current, by=by, now=now, fields=["champion"])
    return workshop


@transaction.atomic
def let_champion_go(*, review: Review, by: Person, now: datetime) -> Workshop:
    """She gives it up, or the host takes it back; the other side is told.

    Raises NotReleased, WorkshopHeld or NoChampion.
    """
    current = locked_review(review)
    workshop = open_workshop(current)
    champion = standing_champion(workshop)
    if champion is None:
        raise NoChampion
    apply_changes(workshop, {"given_up_at": now, "arranged_at": None})
    what = str(workshop.version)
    host = host_people(current, on=london_day(now))
    if by.pk in host:
        tell_of(current, [champion], kind=CHAMPION_GONE, what=what, by=by, now=now)
    else:
        tell_of(current, host, kind=WORKSHOP_ALONE, what=what, by=by, now=now)
    record_of("champion gone", current, by=by, now=now, fields=["champion"])
    return workshop


def open_workshop(review: Review, *, seen_version: int | None = None) -> Workshop:
    """The workshop of a locked review, locked as long as it wasn't held. Raises WorkshopHeld."""
    workshop = lock(workshop_of(review), seen_version=seen_version)
    if workshop.held_at is not None:
        raise WorkshopHeld
    return workshop


def standing_champion(workshop: Workshop) -> int | None:
    """The key of whoever is asked to lead it and hasn't given it up."""
    return workshop.champion_id if workshop.given_up_at is None else None
