"""Meetings: when and where, in which state, and how far their minutes are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet

from alliances.meetings.models.bodies import Body, Seat
from alliances.meetings.models.replies import MeetingReply
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.folding import folded
from partnership.toolkit.versions import Versioned

MOST_WORDS = 8
WAS_CALLED = ~Q(state="draft")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """The vocabulary of meetings; what a person may see is asked for once and not for each row."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Meetings that she runs, and those that were called and that she takes part in."""
        if not person.is_active:
            return self.none()
        runs = Meeting.objects.filter(body__in=Body.objects.run_by(person, on=on).values("pk"))
        return self.filter(
            pk__in=runs.values("pk").union(*_part(person, Meeting.objects, on=on), all=True)
        )

    def takes_part(
        self, person: Person, *, on: date, starts_from: datetime, starts_until: datetime
    ) -> Self:
        """Meetings between two moments that were called and concern her.

        She is asked, holds a seat, presents, leads the body or has called it.
        """
        among = Meeting.objects.filter(starts_at__gte=starts_from, starts_at__lt=starts_until)
        led = among.filter(WAS_CALLED, body__lead=person).values("pk")
        called = among.filter(WAS_CALLED, called_by=person).values("pk")
        return self.filter(pk__among=led.union(called, *_part(person, among, on=on), all=True))

    def called_ahead(self, *, now: datetime) -> Self:
        """Meetings that are called and have not begun."""
        return self.filter(state=Meeting.State.CALLED, starts_at__gt=now)

    def matching(self, words: str) -> Self:
        """Meetings whose title has every one of the words in it."""
        found = self
        for word in folded(words).split()[:MOST_WORDS]:
            found = found.filter(search_title__contains=word)
        return found


def _part(
    person: Person, among: models.Manager[Meeting] | QuerySet[Meeting], *, on: date
) -> tuple[QuerySet[Any, Any], ...]:
    """Keys of the called meetings that she is asked to, sits in, presents at, chairs or minutes.

    Ways that are joined by UNION ALL are each found along an index; by OR none of them would be.
    """
    called = among.filter(WAS_CALLED)
    asked = MeetingReply.objects.still_asked(on=on, person=person)
    for_heads = MeetingReply.objects.answered_for_heads(person, on=on)
    seats = Seat.objects.held_by(person, on=on)
    return (
        called.filter(pk__in=for_heads.values("meeting")).values("pk"),
        called.filter(pk__among=asked.values("meeting")).values("pk"),
        called.filter(body__in=seats.values("body")).values("pk"),
        called.filter(items__presenter=person).values("pk"),
        called.filter(chair=person).values("pk"),
        called.filter(minute_taker=person).values("pk"),
        called.filter(body__minute_taker=person).values("pk"),
    )


class Meeting(Versioned):
    """A meeting of a body: prepared as a draft, called, in session, then held or cancelled.

    Its minutes have a state of their own: drafted, checked by the chair, approved by the next one.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        CALLED = "called", "Called"
        IN_SESSION = "in_session", "In session"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    OPEN_STATES = (State.DRAFT, State.CALLED, State.IN_SESSION)
    LIVE_STATES = (State.CALLED, State.IN_SESSION)
    KEPT_STATES = (State.CALLED, State.IN_SESSION, State.HELD)

    class MinutesState(models.TextChoices):
        NONE = "none", "No minutes yet"
        DRAFTED = "drafted", "With the chair"
        CHECKED = "checked", "Checked by the chair"
        APPROVED = "approved", "Approved"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=150)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField("link to join", max_length=300, blank=True)
    note = models.TextField("note to those asked", blank=True)
    answer_by = models.DateTimeField("please answer by", null=True, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    called_at = models.DateTimeField("called at", null=True)
    retitled_at = models.DateTimeField("called by another title at", null=True)
    moved_at = models.DateTimeField("moved at", null=True)
    was_at = models.DateTimeField("was at before it moved", null=True)
    cancelled_at = models.DateTimeField("cancelled at", null=True)
    cancelled_because = models.CharField("reason", max_length=300, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings_chaired",
    )
    minute_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings_minuted",
        help_text="Takes the register and the minutes; without one, whoever called it.",
    )
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    agenda_due_at = models.DateTimeField("agenda due", null=True, blank=True)
    agenda_published_at = models.DateTimeField("agenda published at", null=True)
    began_at = models.DateTimeField("began at", null=True)
    register_taken_at = models.DateTimeField("register taken at", null=True)
    register_taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    held_at = models.DateTimeField("held at", null=True)
    minutes_state = models.CharField(
        "minutes", max_length=10, choices=MinutesState.choices, default=MinutesState.NONE
    )
    minutes_due_at = models.DateTimeField("minutes due", null=True, blank=True)
    minutes_drafted_at = models.DateTimeField("minutes given to the chair at", null=True)
    minutes_check_due_at = models.DateTimeField("minutes to be checked by", null=True)
    minutes_sent_back_because = models.CharField(
        "what the chair asks to be put right", max_length=500, blank=True
    )
    minutes_checked_at = models.DateTimeField("minutes checked at", null=True)
    minutes_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    minutes_approved_at = models.DateTimeField("minutes approved at", null=True)
    minutes_approved_in = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sequence = models.PositiveIntegerField(default=0)
    search_title = models.CharField(max_length=200, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="The meeting must end after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(minutes_state="none") | Q(state="held"),
                name="minutes_are_of_a_meeting_that_was_held",
                violation_error_message="Minutes are given to the chair once the meeting was held.",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "starts_at", "id"], name="meetings_of_a_body"),
            models.Index(fields=["starts_at", "id"], name="meetings_by_start"),
            models.Index(fields=["state", "starts_at", "id"], name="meetings_by_state"),
            models.Index(
                fields=["minutes_state", "minutes_due_at"],
                name="minutes_to_write_or_check",
                condition=Q(state="held", minutes_state__in=["none", "drafted"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what the search reads beside the title."""
        self.search_title = folded(self.title)[:200]
        if (fields := kwargs.get("update_fields")) and "title" in fields:
            kwargs["update_fields"] = {*fields, "search_title"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("meetings:meeting_detail", self.pk)

    @property
    def was_missed(self) -> bool:
        """Whether it was called off only after its time: it never took place."""
        return self.cancelled_at is not None and self.cancelled_at >= self.ends_at

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
