"""The agenda of a meeting, and its papers."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from alliances.meetings.models.meetings import Meeting
from partnership.toolkit.versions import Versioned


class AgendaItem(Versioned):
    """One item of a meeting's agenda, in its place, with the minutes allotted to it."""

    class Purpose(models.TextChoices):
        INFORMATION = "information", "For information"
        DISCUSSION = "discussion", "For discussion"
        DECISION = "decision", "For decision"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.DISCUSSION)
    presenter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="items_presented",
    )
    minutes = models.PositiveSmallIntegerField("minutes allotted", default=10)
    paper_due_at = models.DateTimeField("paper due", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_item_has_a_place_of_its_own",
            ),
        ]
        indexes = [models.Index(fields=["presenter", "paper_due_at"], name="papers_due")]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A paper for an agenda item, read only through a view that asks twice."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=150)
    file = models.FileField(max_length=200)
    name = models.CharField("file name", max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("added at")

    class Meta:
        indexes = [models.Index(fields=["item", "added_at", "id"], name="papers_of_an_item")]

    def __str__(self) -> str:
        return self.title
