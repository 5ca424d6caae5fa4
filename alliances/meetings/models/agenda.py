"""The agenda of a meeting, and its papers."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from alliances.meetings.models.bodies import Body
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
    section = models.CharField(max_length=80, blank=True)
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
    is_confidential = models.BooleanField(
        "confidential",
        default=False,
        help_text="Only the body’s members and those who run its meetings see it.",
    )
    carried_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )
    added_at = models.DateTimeField("added at", null=True)
    changed_at = models.DateTimeField("changed at", null=True)

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


class ProposedItem(models.Model):
    """What a member would like to talk about, until it is taken into an agenda or declined."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="proposed_items")
    title = models.CharField(max_length=200)
    why = models.TextField("why it matters", max_length=2000, blank=True)
    purpose = models.CharField(
        max_length=12, choices=AgendaItem.Purpose.choices, default=AgendaItem.Purpose.DISCUSSION
    )
    minutes = models.PositiveSmallIntegerField("minutes wished", default=10)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="items_proposed"
    )
    proposed_at = models.DateTimeField("proposed at")
    taken_into = models.OneToOneField(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposal"
    )
    settled_at = models.DateTimeField("taken, declined or withdrawn at", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_because = models.CharField("reason", max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["body", "settled_at", "proposed_at"], name="items_proposed"),
        ]

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
