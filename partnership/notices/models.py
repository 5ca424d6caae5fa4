"""The outbox: a notice is a row before it is a mail."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from partnership.toolkit.registers import notice_kinds
from partnership.toolkit.versions import Versioned

MOST_REMINDERS = 5
FARTHEST_DAY = 60


class NoticeQuerySet(models.QuerySet["Notice"]):
    """The vocabulary of the outbox."""

    def waiting(self) -> Self:
        """What has neither been sent nor dropped nor given up."""
        return self.filter(state=Notice.State.WAITING)

    def due(self, *, now: datetime) -> Self:
        """What should have gone out by now and no worker holds."""
        return (
            self.waiting()
            .filter(send_after__lte=now)
            .filter(Q(held_until__isnull=True) | Q(held_until__lte=now))
        )

    def in_sending_order(self) -> Self:
        """Urgent ones first, then the longest waiting."""
        return self.order_by("rank", "send_after", "id")

    def oldest_due_age(self, now: datetime) -> timedelta | None:
        """How long the oldest notice that should have gone out has been waiting."""
        oldest = (
            self.waiting()
            .filter(send_after__lte=now)
            .order_by("send_after")
            .values_list("send_after", flat=True)
            .first()
        )
        return None if oldest is None else now - oldest


class Notice(models.Model):
    """One thing to be told to one person once: kind, key and ids, never words or a token."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        DROPPED = "dropped", "No longer needed"
        FAILED = "failed", "Failed"

    class Rank(models.IntegerChoices):
        URGENT = 0, "At once"
        NORMAL = 5, "In turn"

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=150)
    thing_id = models.BigIntegerField(null=True)
    facts = models.JSONField("ids and moments", default=dict)
    alliance_id = models.BigIntegerField(null=True)
    rank = models.PositiveSmallIntegerField(choices=Rank.choices, default=Rank.NORMAL)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    planned_at = models.DateTimeField("planned at")
    send_after = models.DateTimeField("not before")
    held_until = models.DateTimeField("held by a worker until", null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField("sent or settled at", null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "recipient"], name="a_person_is_told_a_thing_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["rank", "send_after", "id"],
                name="notices_to_send",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["state", "-planned_at", "-id"], name="notices_by_state"),
            models.Index(fields=["kind", "thing_id"], name="notices_of_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def words(self) -> str:
        """Its kind as portal staff may know it."""
        kind = notice_kinds().get(self.kind)
        if kind is not None and kind.in_confidence:
            return "In confidence"
        return kind.words if kind is not None else self.kind


class MailChoice(models.Model):
    """How somebody wants to be reminded, and whether her mailbox takes mail at all.

    `by_kind` says it otherwise for some kinds of duty; for all others `reminders` holds.
    """

    class Reminders(models.TextChoices):
        AT_ONCE = "at_once", "One mail for each reminder"
        DAILY = "daily", "One mail each school day, when something is due"
        WEEKLY = "weekly", "One mail each Monday, when something is due"
        NONE = "none", "No reminders by mail; the desk still shows them"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice"
    )
    reminders = models.CharField(
        max_length=10, choices=Reminders.choices, default=Reminders.AT_ONCE
    )
    by_kind = models.JSONField("otherwise by kind of duty", default=dict, blank=True)
    refused_at = models.DateTimeField("address refused mail at", null=True, blank=True)
    refused_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["reminders", "person"], name="mail_choices_by_reminders")]

    def __str__(self) -> str:
        return self.get_reminders_display()

    def for_kind(self, kind: str) -> str:
        """How she is reminded of one kind of duty."""
        return str(self.by_kind.get(kind, self.reminders))


class MailWordingQuerySet(models.QuerySet["MailWording"]):
    """The vocabulary of wordings."""

    def own_words(self) -> Self:
        """Those that say something; the others went back to our words."""
        return self.exclude(subject="", opening="")


class MailWording(Versioned):
    """How an alliance begins one kind of mail; where it says nothing, our words stand."""

    alliance_id = models.BigIntegerField()
    kind = models.CharField(max_length=120)
    subject = models.CharField(max_length=150, blank=True)
    opening = models.CharField("first paragraph", max_length=600, blank=True)

    objects = MailWordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance_id", "kind"],
                name="an_alliance_words_a_kind_of_mail_once",
                violation_error_message="This kind of mail has been worded already.",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def is_ours(self) -> bool:
        """Whether it says nothing of its own."""
        return not self.subject and not self.opening


def check_offsets(offsets: Collection[int]) -> None:
    """Refuse more days than anybody wants to be reminded on, days too far away, and one twice."""
    if len(offsets) > MOST_REMINDERS:
        raise ValidationError("Choose at most five days altogether.")
    if any(abs(offset) > FARTHEST_DAY for offset in offsets):
        raise ValidationError("Choose days up to 60 before or after.")
    if len(set(offsets)) < len(offsets):
        raise ValidationError("Say each day once.")


class ReminderRule(Versioned):
    """When an alliance reminds of one kind of duty; one that isn’t its own follows our days."""

    alliance_id = models.BigIntegerField()
    kind = models.CharField(max_length=120)
    offsets = models.JSONField("days from the deadline", default=list)
    goes_up_after = models.PositiveSmallIntegerField("goes up after days", null=True)
    waits_for_school = models.BooleanField("waits for a school day", default=True)
    is_own = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance_id", "kind"],
                name="an_alliance_times_a_kind_of_duty_once",
                violation_error_message="The days of this kind of duty have been set already.",
            ),
            models.CheckConstraint(
                condition=Q(goes_up_after=None) | Q(goes_up_after__lte=FARTHEST_DAY),
                name="what_goes_up_does_so_within_sixty_days",
                violation_error_message="Let it go up within 60 days.",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def days_before(self) -> str:
        """The days up to the deadline, the earliest first, as one writes them."""
        return ", ".join(str(-offset) for offset in sorted(self.offsets) if offset <= 0)

    @property
    def days_after(self) -> str:
        """The days after the deadline, as one writes them."""
        return ", ".join(str(offset) for offset in sorted(self.offsets) if offset > 0)
