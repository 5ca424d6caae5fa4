"""What each reviewer thinks before the team talks: written alone, complete when she says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import ChangedSince, apply_changes, lock
from reviews.cycles.models import Theme
from reviews.days.course import facts_of
from reviews.days.course.opening import Writing, views_of
from reviews.days.models import Review, TeamStep, View
from reviews.days.services.noting import NotYetOpen
from reviews.days.services.telling import record_of, team_people


class AllViewsAreIn(Exception):
    """The others can be read, or all are deleted: what she thought without them stays as it is."""


class SaidComplete(Exception):
    """She has said that her view is complete; she takes that back first."""


class SaysNothing(Exception):
    """There isn’t a word of a view yet."""


class NotGoing(Exception):
    """Whoever isn’t in the team isn’t waited for anyway."""


class Herself(Exception):
    """The lead writes a view of her own."""


@transaction.atomic
def keep_view(
    *,
    review: Review,
    theme: Theme,
    changes: dict[str, Any],
    seen_version: int,
    by: Person,
    now: datetime,
) -> View:
    """Keep what she thinks of one theme."""
    _lock_open(review, now)
    if _step(review, by).views_at is not None:
        raise SaidComplete
    view = View.objects.filter(review=review, author=by, theme=theme).first()
    if view is None:
        view = View(review=review, author=by, theme=theme, saved_at=now, **changes)
        view.save()
        return view
    if view.version != seen_version:
        raise ChangedSince(view)
    if apply_changes(view, changes):
        View.objects.filter(pk=view.pk).update(saved_at=now)
    return view


@transaction.atomic
def complete_views(*, review: Review, by: Person, now: datetime) -> None:
    """Say that her view is complete; once everybody has, all are open to the team."""
    _lock_open(review, now)
    written = View.objects.filter(review=review, author=by)
    if not written.exclude(strengths="", development="", judgement=None).exists():
        raise SaysNothing
    _move(review, by, views_at=now)
    record_of("own view complete", review, by=by, now=now)


@transaction.atomic
def reopen_views(*, review: Review, by: Person, now: datetime) -> None:
    """Take that back, as long as nobody can have read the others’."""
    _lock_open(review, now)
    _move(review, by, views_at=None)
    record_of("own view taken back", review, by=by, now=now)


@transaction.atomic
def go_on_without(*, review: Review, person: Person, by: Person, now: datetime) -> None:
    """Wait for somebody’s view no longer."""
    _lock_open(review, now)
    if person == by:
        raise Herself
    if person.pk not in team_people(review):
        raise NotGoing
    _move(review, person, excused_at=now, excused_by=by)
    record_of("own view not waited for", review, by=by, now=now)


@transaction.atomic
def wait_again(*, review: Review, person: Person, by: Person, now: datetime) -> None:
    """Wait for it after all."""
    _lock_open(review, now)
    _move(review, person, excused_at=None, excused_by=None)
    record_of("own view waited for again", review, by=by, now=now)


def _lock_open(review: Review, now: datetime) -> None:
    current = lock(review)
    writing = views_of(facts_of(review), now)
    if writing == Writing.BEFORE:
        raise NotYetOpen
    if writing == Writing.ENDED or current.notes_deleted_at is not None:
        raise AllViewsAreIn


def _step(review: Review, person: Person) -> TeamStep:
    known = TeamStep.objects.filter(review=review, person=person).first()
    return known or TeamStep(review=review, person=person)


def _move(review: Review, person: Person, **changes: Any) -> None:
    step, _is_new = TeamStep.objects.get_or_create(review=review, person=person)
    apply_changes(step, changes)
