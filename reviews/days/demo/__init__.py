"""The demo's reviews: seven example schools, a day in each stage, and last year's with its check-backs."""

from __future__ import annotations

from django.db import transaction

from partnership.toolkit.registers import DemoClock
from reviews.cycles.services.opening import finish_cycle
from reviews.days.demo.before import SIGN_IN
from reviews.days.demo.beginning import HOSTS, YEAR, ReviewCycle
from reviews.days.demo.elsewhere import propose
from reviews.days.demo.following import Following
from reviews.days.demo.outline import NOW, STORIES
from reviews.days.models import Review

THIS_YEAR = (20, -18, -40, -9, -2, 2, 45)
SILENT = 3


@transaction.atomic
def load(clock: DemoClock) -> None:
    """Last year's, all but one of them checked back; this year's, each at another stage."""
    tell_last_year(clock)
    tell_this_year(clock)
    told = Review.objects.filter(school__urn__in=HOSTS)
    released = told.filter(released_at__isnull=False).count()
    clock.say(f"{told.count()} reviews of example schools, {released} with a released report")


def tell_last_year(clock: DemoClock) -> None:
    """From self-evaluation to check-back; one school has been silent since its workshop."""
    told = ReviewCycle(clock, YEAR, THIS_YEAR)
    cycle = told.published()
    for turn, day in enumerate(told.days_of(cycle)):
        following = Following(clock, day, STORIES[turn % len(STORIES)])
        following.prepare()
        following.write()
        following.hold()
        following.view(following.team)
        release(following)
        following.consent(24, "governors", "themes")
        following.ask(24)
        following.meet(36)
        if turn != SILENT:
            following.check_back(112)
    cycle.refresh_from_db()
    finish_cycle(cycle=cycle, by=told.teller.director, now=clock.at(-100))


def release(following: Following) -> None:
    """From the findings to the report that is the school's."""
    following.moderate(1)
    following.draft(5)
    following.send(8)
    following.dispute(11)
    following.settle(14)


def tell_this_year(clock: DemoClock) -> None:
    """One day in each stage, by the numbers of the schools.

    The view that the held one waits for is somebody's who signs in.
    """
    told = ReviewCycle(clock, 0 * YEAR, THIS_YEAR)
    days = told.days_of(told.published())
    shared, checking, released, moderated, held, ready, _planned = (
        Following(clock, day, story) for day, story in zip(days, NOW, strict=True)
    )
    shared.share(-25)
    shared.choose_focus(-24)
    shared.declare(-23, 1)
    shared.set_timetable(-22, lonely=1)
    ready.prepare()
    for each in (checking, released, moderated, held):
        each.prepare()
        each.write()
        each.hold()
    held.view([each for each in held.team if each.email != SIGN_IN])
    for each in (checking, released, moderated):
        each.view(each.team)
    moderated.moderate(2)
    moderated.draft(5)
    checking.moderate(1)
    checking.draft(4)
    checking.send(9)
    checking.dispute(13)
    release(released)
    released.consent(20, "governors")
    released.ask(20)
    released.meet(30)
    propose(released, 34, told.teller.director)
