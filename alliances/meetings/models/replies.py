"""What those who are asked to a meeting answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from alliances.meetings.models.bodies import Seat
from alliances.schools.models import Delegation, School, SchoolPost
from partnership.people.models import Person


def _speaks(person: Person | int, not_left: Q) -> Q:
    """Her replies for herself, for the schools she heads, and by a seat for a school.

    Each way is a list of keys that is made once and looked into, which suits one person's replies.
    """
    headed = SchoolPost.objects.of_heads().filter(not_left, person=person).values("school")
    seats = Seat.objects.filter(not_left, person=person)
    there = seats.filter(body=OuterRef("meeting__body"), school=OuterRef("school"))
    replies = MeetingReply.objects.filter(ended_at__isnull=True, person=person)
    by_seat = replies.filter(Exists(there), school__in=seats.values("school"))
    return Q(school__isnull=True) | Q(school__in=headed) | Q(pk__in=by_seat.values("pk"))


class MeetingReplyQuerySet(models.QuerySet["MeetingReply"]):
    """The vocabulary of replies."""

    def still_asked(self, *, on: date, person: Person | int | None = None) -> Self:
        """Replies of those who have neither left their seat nor the school they answer for.

        Somebody who takes over later, before the meeting, is asked already. Naming the person
        keeps the database from looking at everybody's posts.
        """
        not_left = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        asked = self.filter(ended_at__isnull=True, person__is_active=True)
        if person is not None:
            return asked.filter(_speaks(person, not_left), person=person)
        heads = SchoolPost.objects.of_heads().filter(
            not_left, person=OuterRef("person"), school=OuterRef("school")
        )
        own_seat = Seat.objects.filter(
            not_left,
            body=OuterRef("meeting__body"),
            school=OuterRef("school"),
            person=OuterRef("person"),
        )
        return asked.filter(Q(school__isnull=True) | Exists(heads) | Exists(own_seat))

    def answered_for_heads(self, person: Person, *, on: date) -> Self:
        """Replies of heads who let her answer for their schools."""
        held = Delegation.objects.held_by(person, Delegation.Kind.REPLIES, on=on)
        same = held.filter(school=OuterRef("school"), given_by=OuterRef("person"))
        heads = held.values("given_by")
        return self.filter(Exists(same), person__in=heads, ended_at__isnull=True)

    def open(self, *, now: datetime) -> Self:
        """Replies to meetings that are called and not over."""
        return self.filter(meeting__state="called", meeting__ends_at__gt=now)

    def by_name(self) -> Self:
        """In the order of the people's names."""
        return self.order_by("person__search_name", "pk")


class MeetingReply(models.Model):
    """What one person, for herself or for one school, answers to one meeting."""

    class Answer(models.TextChoices):
        NONE = "", "No answer"
        YES = "yes", "Yes"
        MAYBE = "maybe", "Maybe"
        NO = "no", "No"

    meeting = models.ForeignKey(
        "meetings.Meeting", on_delete=models.CASCADE, related_name="replies"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meeting_replies"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField("asked at")
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField("answered at", null=True)
    apologies = models.CharField("reason for apologies", max_length=300, blank=True)
    substitute = models.CharField(
        max_length=150, blank=True, help_text="Who comes instead, with her post."
    )
    asking = models.PositiveIntegerField(
        default=1, help_text="Grows when the meeting moves: links of earlier mails stop working."
    )
    ended_at = models.DateTimeField("no longer asked since", null=True)

    objects = MeetingReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "school"],
                name="person_answers_a_meeting_once_for_a_school",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(school__isnull=True),
                name="person_answers_a_meeting_once_for_herself",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "answer"], name="replies_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()
