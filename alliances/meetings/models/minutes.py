"""What a meeting leaves behind: who was there, what was said and what was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from alliances.meetings.models.agenda import AgendaItem
from alliances.meetings.models.meetings import Meeting
from alliances.meetings.models.replies import MeetingReply
from partnership.toolkit.versions import Versioned


class Attendance(models.Model):
    """One line of the register: somebody who was asked, or a guest by name."""

    class State(models.TextChoices):
        PRESENT = "present", "Present"
        LATE = "late", "Late"
        SUBSTITUTE = "substitute", "Substitute"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    reply = models.OneToOneField(
        MeetingReply, on_delete=models.CASCADE, null=True, blank=True, related_name="attendance"
    )
    name = models.CharField("guest", max_length=150, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    substitute = models.CharField("who came instead", max_length=150, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("recorded at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reply__isnull=False, name="") | Q(reply__isnull=True) & ~Q(name=""),
                name="attendance_is_of_somebody_asked_or_a_guest",
                violation_error_message="Name the guest, or choose somebody who was asked.",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "id"], name="register_of_a_meeting")]

    def __str__(self) -> str:
        return self.get_state_display()


class Minute(Versioned):
    """What is minuted under one item of the agenda, or of the meeting as a whole."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="minuted")
    item = models.OneToOneField(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="minute"
    )
    text = models.TextField(blank=True, max_length=20000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField("written at")
    changed_because = models.CharField(
        "why it was changed after it was checked", max_length=300, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(item__isnull=True),
                name="meeting_has_one_general_minute",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "item"], name="minutes_of_a_meeting")]

    def __str__(self) -> str:
        return f"Minute {self.pk}"


class MinuteDraft(models.Model):
    """What somebody has typed and not saved yet: hers alone, and gone once it is saved."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True, max_length=20000)
    seen_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField("saved at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "item", "person"], name="person_drafts_an_item_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(item__isnull=True),
                name="person_drafts_a_general_minute_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Draft {self.pk}"


class Decision(models.Model):
    """What a meeting decided, in its own words."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    words = models.CharField("decision", max_length=500)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("recorded at")

    class Meta:
        indexes = [models.Index(fields=["meeting", "id"], name="decisions_of_a_meeting")]

    def __str__(self) -> str:
        return self.words
