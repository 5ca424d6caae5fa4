"""Who may do what with workhubs.

| what                                             | who                                            |
|--------------------------------------------------|------------------------------------------------|
| see a workhub, its people, schools, objectives   | whoever has a post in its alliance or in one   |
|                                                  | of its member schools; people who take part in |
|                                                  | it; portal staff                               |
| see which schools are asked, ask and declined    | the alliance's office, lead, deputy, staff     |
| create a workhub, close it, roll a year over     | the alliance's office: director, chair and     |
|                                                  | administrator                                  |
| edit a year, its objectives and people; invite,  | the alliance's office, lead and deputy         |
| withdraw, remove a school; answer a request      |                                                |
| read a proposed topic                            | the alliance's office, lead, deputy; whoever   |
|                                                  | may propose for its school                     |
| take a topic up or decline it                    | the alliance's office, lead and deputy         |
| propose a topic, take it back                    | a head of that school, and who answers for her |
| accept or decline a place; ask to join, take the | a head of that school, and who answers for her |
| request back                                     |                                                |
| leave, and stay after all                        | a head of that school                          |
| call its meetings                                | the alliance's office, lead and deputy         |
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliances.meetings.models import OFFICE_POSTS
from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.permissions import holds_post
from alliances.schools.models import Delegation, School
from alliances.schools.permissions import acts_for, is_head_of
from partnership.people.models import Person
from partnership.toolkit.statements import answer
from workhubs.hubs.models import JoinRequest, TopicProposal, Workhub, WorkhubSchool, WorkhubYear


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
    """Lead, deputy and the alliance's office change it, invite schools and take them out."""
    if not person.is_active:
        return False
    return workhub_year.is_led_by(person) or can_run_workhubs(person, workhub_year.workhub, on)


def can_run_workhubs(person: Person, workhub: Workhub, on: date) -> bool:
    """The alliance's office closes a workhub or a year of it, and opens it again."""
    return holds_post(person, workhub.alliance, OFFICE_POSTS, on)


def can_change_now(person: Person, workhub_year: WorkhubYear, on: date) -> bool:
    """What a year is made of changes until it is over; its words may be set right later."""
    return not workhub_year.is_over(on) and can_edit_workhub(person, workhub_year, on)


def can_roll_over(person: Person, alliance: Alliance, on: date) -> bool:
    """The alliance's office rolls its workhubs over into another year."""
    return can_create_workhub(person, alliance, on)


def can_answer_for(person: Person, place: WorkhubSchool, on: date) -> bool:
    """A head answers for her own school; so does whoever she lets answer."""
    return acts_for(person, place.school, Delegation.Kind.REPLIES, on)


def can_request_for(person: Person, school: School, on: date) -> bool:
    """A head asks for her own school whether it may join; so does whoever she lets answer."""
    return acts_for(person, school, Delegation.Kind.REPLIES, on)


def can_withdraw_request(person: Person, request: JoinRequest, on: date) -> bool:
    """Who may ask for the school takes the request back."""
    return can_request_for(person, request.school, on)


def can_answer_request(person: Person, request: JoinRequest, on: date) -> bool:
    """Lead, deputy and the alliance's office let schools in, or not."""
    return can_edit_workhub(person, request.workhub_year, on)


def can_propose_for(person: Person, school: School, on: date) -> bool:
    """A head proposes topics for her own school; so does whoever she lets answer."""
    return acts_for(person, school, Delegation.Kind.REPLIES, on)


def can_answer_topic(person: Person, proposal: TopicProposal, on: date) -> bool:
    """Lead, deputy and the alliance's office take it up, or don't."""
    return can_edit_workhub(person, proposal.workhub_year, on)


def can_leave_for(person: Person, place: WorkhubSchool, on: date) -> bool:
    """A head takes her own school out again."""
    return is_head_of(person, place.school, on)
