"""People of the host's own school whom its head names for a review."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import lock
from reviews.cycles.models import DayPlace
from reviews.days.models import Review, ReviewPerson
from reviews.days.notices.preparing import PERSON_NAMED
from reviews.days.services.telling import record_of, tell_of


class CannotBeNamed(Exception):
    """She isn't of the school, heads it, or is asked to review it."""


class NamedAlready(Exception):
    """The head has named this person."""


def nameable(review: Review, *, on: date) -> QuerySet[Person]:
    """Whoever has a post at the school, but for its heads, its reviewers and those named already."""
    posts = SchoolPost.objects.on(on).filter(school=review.school_id)
    team = DayPlace.objects.filter(day=review.day_id, ended_at=None)
    named = ReviewPerson.objects.filter(review=review, ended_at=None)
    people = Person.objects.filter(is_active=True, pk__in=posts.values("person"))
    others = people.exclude(pk__in=posts.of_heads().values("person"))
    unasked = others.exclude(pk__in=team.values("person"))
    found: QuerySet[Person] = unasked.exclude(pk__in=named.values("person"))
    return found.order_by("search_name", "pk")


@transaction.atomic
def name_person(*, review: Review, person: Person, by: Person, now: datetime) -> ReviewPerson:
    """Let somebody of the school help, and read what the head reads."""
    current = lock(review)
    current.cycle = review.cycle
    if ReviewPerson.objects.filter(review=current, person=person, ended_at=None).exists():
        raise NamedAlready
    if not nameable(current, on=london_day(now)).filter(pk=person.pk).exists():
        raise CannotBeNamed
    named = ReviewPerson.objects.create(review=current, person=person, named_by=by, named_at=now)
    record_of("person named", current, by=by, now=now, values={"person": person.pk})
    tell_of(current, [person.pk], kind=PERSON_NAMED, what=str(named.pk), by=by, now=now)
    return named


@transaction.atomic
def end_naming(*, named: ReviewPerson, by: Person, now: datetime) -> None:
    """From now on she sees nothing of the review."""
    current = lock(named.review)
    current.cycle = named.review.cycle
    ended = ReviewPerson.objects.filter(pk=named.pk, ended_at=None).update(ended_at=now)
    if ended:
        values = {"person": named.person_id}
        record_of("naming ended", current, by=by, now=now, values=values)
