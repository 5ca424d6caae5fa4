"""What heads are told of invitations into workhubs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings

from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, Stale
from partnership.toolkit.spoken_dates import spoken_moment
from workhubs.hubs.models import WorkhubSchool

SCHOOL_INVITED = "hubs.school_invited"


def invited_key(place: WorkhubSchool) -> str:
    """Names this asking: a school that is asked again is told again."""
    return f"school-invited:{place.pk}:{place.invited_at.astimezone(UK):%Y-%m-%dT%H:%M:%S}"


def _places(notices: Iterable[Notice]) -> dict[int, WorkhubSchool]:
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    return WorkhubSchool.objects.select_related(
        "school", "invited_by", "workhub_year__workhub__alliance"
    ).in_bulk(ids)


def _heads(places: Iterable[WorkhubSchool], on: date) -> set[tuple[int, int]]:
    posts = SchoolPost.objects.on(on).of_heads()
    asked = posts.filter(school__in={place.school_id for place in places})
    return set(asked.values_list("school", "person"))


def letters_of_invitation(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """A letter to each head whose school is still asked, and was not asked anew since."""
    places = _places(notices)
    heads = _heads(places.values(), now.astimezone(UK).date())
    letters: dict[int, Letter | Stale] = {}
    for notice in notices:
        place = places.get(notice.thing_id or 0)
        reason = _why_not(notice, place, heads)
        if place is None or reason:
            letters[notice.pk] = Stale(reason)
        else:
            letters[notice.pk] = _invitation(place)
    return letters


def _why_not(notice: Notice, place: WorkhubSchool | None, heads: set[tuple[int, int]]) -> str:
    if place is None or place.withdrawn_at is not None:
        return "The invitation was withdrawn."
    if not place.is_unanswered:
        return "The school has answered."
    if notice.facts.get("invited_at") != place.invited_at.isoformat():
        return "The school was asked again since."
    if (place.school_id, notice.recipient_id) not in heads:
        return "Someone else is head of the school now."
    return ""


def _invitation(place: WorkhubSchool) -> Letter:
    workhub_year = place.workhub_year
    workhub = workhub_year.workhub
    facts = [f"School: {place.school}", f"Year: {workhub_year.academic_year}"]
    if workhub_year.priority:
        facts.append(f"It works on: {workhub_year.priority}")
    facts.append(f"Please answer by {spoken_moment(place.answer_by)}")
    return Letter(
        subject=f"Will {place.school} join the workhub “{workhub}”?",
        heading=f"Will your school join the workhub “{workhub}”?",
        why=(
            f"You are head of {place.school}, and {place.invited_by} has invited it "
            f"into a workhub of {workhub.alliance}."
        ),
        facts=tuple(facts),
        after=("Joining gives your school a seat at the workhub’s meetings.",),
        button_label="Look at the workhub and answer",
        button_url=f"{settings.PORTAL_URL}{workhub_year.get_absolute_url()}",
        sender_name=str(workhub.alliance),
        thread=f"hubs.place:{place.pk}",
    )
