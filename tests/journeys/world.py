from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from alliances.meetings.models import Meeting
from alliances.meetings.services import add_item, call_meeting, prepare_meeting
from partnership.calendar.days import next_school_day
from partnership.calendar.years import AcademicYear
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)
from workhubs.hubs.services import accept_place, create_workhub, invite_schools


@dataclass
class Oldham:
    """An alliance of two schools with their heads, a director, and a stranger from elsewhere."""

    alliance: Any
    director: Any
    school: Any
    head: Any
    other_school: Any
    other_head: Any
    stranger: Any
    officer: Any


def oldham():
    alliance = AllianceFactory(name="Oldham Schools Alliance", slug="oldham")
    director = PersonFactory(name="Amina Hussain")
    AlliancePostFactory(alliance=alliance, person=director, kind="director")
    school, head = school_with_head(alliance, "Delph Primary School", "Anna Kershaw")
    other_school, other_head = school_with_head(alliance, "Diggle School", "Martin O’Neill")
    elsewhere = AllianceFactory(name="Southwark Teaching School Alliance", slug="southwark")
    _school, stranger = school_with_head(elsewhere, "Charles Dickens Primary", "Chloe Winters")
    return Oldham(
        alliance=alliance,
        director=director,
        school=school,
        head=head,
        other_school=other_school,
        other_head=other_head,
        stranger=stranger,
        officer=PersonFactory(name="Ola Officer", staff=True),
    )


def school_with_head(alliance, name, head):
    school = SchoolFactory(name=name)
    MembershipFactory(alliance=alliance, school=school)
    return school, SchoolPostFactory(school=school, person__name=head).person


def workhub_of_both_schools(world):
    now = timezone.now()
    workhub_year = create_workhub(
        alliance=world.alliance,
        name="Transition",
        year=AcademicYear.containing(timezone.localdate()),
        lead=None,
        priority="moving up without losing ground",
        aims="Use one form.",
        by=world.director,
        now=now,
    )
    places = invite_schools(
        workhub_year=workhub_year,
        schools=[world.school, world.other_school],
        by=world.director,
        now=now,
    )
    for place, head in zip(places, (world.head, world.other_head), strict=True):
        accept_place(place=place, by=head, now=now)
    return workhub_year


def called_meeting(world, workhub_year):
    """A meeting in four weeks with a paper, called by the director."""
    now = timezone.now()
    day = next_school_day(timezone.localdate() + timedelta(days=28))
    starts_at = timezone.localtime(now).replace(
        year=day.year, month=day.month, day=day.day, hour=16, minute=0, second=0, microsecond=0
    )
    meeting = prepare_meeting(
        body=workhub_year.workhub.body,
        title="The form, fourth draft",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=75),
        place="Diggle School",
        by=world.director,
        now=now,
    )
    item = add_item(meeting=meeting, title="The form", by=world.director, now=now)
    item.papers.create(
        title="Fourth draft",
        file=ContentFile(b"%PDF-1.4 secret", name="draft.pdf"),
        name="draft.pdf",
        content_type="application/pdf",
        size=15,
        sha256="0" * 64,
        added_by=world.director,
        added_at=now,
    )
    call_meeting(meeting=meeting, by=world.director, now=now)
    return Meeting.objects.get(pk=meeting.pk)
