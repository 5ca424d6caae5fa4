"""Who may do what with workhubs.

| what                                             | who                                            |
|--------------------------------------------------|------------------------------------------------|
| see a workhub, its lead and its member schools   | whoever has a post in its alliance or in one   |
|                                                  | of the alliance's member schools; portal staff |
| see which schools are asked and have declined    | the alliance's office, the year's lead, staff  |
| create a workhub                                 | the alliance's office: director, chair and     |
|                                                  | administrator                                  |
| edit a year, invite, withdraw, remove a school   | the alliance's office and the year's lead      |
| accept or decline a place                        | a head of that school, and who answers for her |
| leave                                            | a head of that school                          |
| call its meetings                                | the alliance's office and the year's lead      |
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliances.meetings.models import OFFICE_POSTS
from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.permissions import holds_post
from alliances.schools.models import Delegation
from alliances.schools.permissions import acts_for, is_head_of
from partnership.people.models import Person
from partnership.toolkit.statements import answer
from workhubs.hubs.models import WorkhubSchool, WorkhubYear


def can_create_workhub(person: Person, alliance: Alliance, on: date) -> bool:
    """The alliance's office creates its workhubs."""
    return holds_post(person, alliance, OFFICE_POSTS, on)


def can_create_some_workhub(person: Person, on: date) -> bool:
    """Whether there is an alliance at all in which she may create one."""
    return bool(answer(_one_office_post, person=person, on=on))


def _one_office_post(*, person: Person, on: date) -> QuerySet[AlliancePost, Any]:
    posts = AlliancePost.objects.on(on).filter(person=person, kind__in=OFFICE_POSTS)
    return posts.values_list("pk")[:1]


def can_see_workhub(person: Person, workhub_year: WorkhubYear) -> bool:
    """Whoever `visible_to` lets load it; who is asked and who declined is for fewer."""
    return person.is_active and workhub_year.pk is not None


def can_edit_workhub(person: Person, workhub_year: WorkhubYear, on: date) -> bool:
    """The year's lead and the alliance's office change it, invite schools and take them out."""
    if workhub_year.lead_id == person.pk:
        return True
    return holds_post(person, workhub_year.workhub.alliance, OFFICE_POSTS, on)


def can_answer_for(person: Person, place: WorkhubSchool, on: date) -> bool:
    """A head answers for her own school; so does whoever she lets answer."""
    return acts_for(person, place.school, Delegation.Kind.REPLIES, on)


def can_leave_for(person: Person, place: WorkhubSchool, on: date) -> bool:
    """A head takes her own school out again."""
    return is_head_of(person, place.school, on)
