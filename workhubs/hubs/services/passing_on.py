"""A school becomes another: its places in this year’s and later workhubs and its topics go on with that one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from alliances.schools.models import School
from partnership.audit.services import record
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from workhubs.hubs.models import TopicProposal, WorkhubSchool


def running_places(school: School) -> QuerySet[WorkhubSchool, WorkhubSchool]:
    """Invitations that wait and places not left, whatever their year."""
    return WorkhubSchool.objects.filter(
        Q(answered_at__isnull=True) | Q(joined_on__isnull=False, left_on__isnull=True),
        school=school,
        withdrawn_at__isnull=True,
    )


def pass_on_places(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """Places of this academic year and later ones; those of years that are over stay."""
    year = AcademicYear.containing(timezone.localtime(now).date()).start
    places = running_places(school).filter(workhub_year__year__gte=year)
    moved = list(places.select_related("workhub_year__workhub").order_by("pk"))
    for place in moved:
        _move(place, to, on, by=by, now=now)
    return len(moved)


def _move(place: WorkhubSchool, to: School, on: date, *, by: Person, now: datetime) -> None:
    has_place = WorkhubSchool.objects.filter(workhub_year=place.workhub_year_id, school=to).exists()
    stays = place.joined_on is not None and (has_place or place.joined_on < on)
    if place.joined_on is not None and stays:
        place.left_on = max(place.joined_on, on - timedelta(days=1))
        place.save(update_fields=["left_on"])
    elif has_place:
        place.withdrawn_at = now
        place.save(update_fields=["withdrawn_at"])
    else:
        place.school = to
        place.save(update_fields=["school"])
    if stays and not has_place:
        _begin(place, to, on)
    record(
        "place goes on with the school after",
        place,
        title=str(place.workhub_year.workhub),
        by=by,
        at=now,
        fields=["school"],
        school_id=place.school_id,
        alliance_id=place.workhub_year.workhub.alliance_id,
    )


def _begin(place: WorkhubSchool, to: School, on: date) -> None:
    WorkhubSchool.objects.create(
        workhub_year=place.workhub_year,
        school=to,
        invited_by=place.invited_by,
        invited_at=place.invited_at,
        answer_by=place.answer_by,
        answered_by=place.answered_by,
        answered_at=place.answered_at,
        joined_on=on,
    )


def topics_proposed(school: School) -> QuerySet[TopicProposal]:
    """What it has proposed; those that are answered are read by whoever heads it, too."""
    return TopicProposal.objects.filter(school=school)


@transaction.atomic
def pass_on_topics(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """The school after hears the answers, and may take back what waits."""
    topics = topics_proposed(school).select_for_update(of=("self",))
    moved = list(topics.select_related("workhub_year__workhub").order_by("pk"))
    for topic in moved:
        topic.school = to
        topic.save(update_fields=["school"])
        workhub = topic.workhub_year.workhub
        values = {"year": str(topic.workhub_year.academic_year)}
        record(
            "topic goes on with the school after",
            workhub,
            by=by,
            at=now,
            values=values,
            alliance_id=workhub.alliance_id,
        )
    return len(moved)
