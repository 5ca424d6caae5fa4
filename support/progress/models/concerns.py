"""Concerns about how a programme is going, for the director and the two heads alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.toolkit.versions import Versioned
from support.programmes.models import Programme, Side


class Concern(Versioned):
    """Something that stands in the way of the work together; the head's reply stands beside it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="concerns")
    words = models.TextField("what concerns you", max_length=3000)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField("raised at")
    side = models.CharField("raised by", max_length=12, choices=Side.choices)
    reply_by = models.DateTimeField("reply due")
    reply = models.TextField("the head’s reply", max_length=3000, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    replied_at = models.DateTimeField("replied at", null=True, blank=True)
    escalated_at = models.DateTimeField("taken further at", null=True, blank=True)
    resolved_at = models.DateTimeField("resolved at", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    resolved_how = models.CharField("how it was resolved", max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "-raised_at"], name="concerns_of_a_programme"),
            models.Index(
                fields=["reply_by"], name="concerns_to_reply_to", condition=Q(replied_at=None)
            ),
        ]

    def __str__(self) -> str:
        return "Concern"


class ConcernStep(models.Model):
    """What was done about a concern, and whether it was taken further."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="steps")
    words = models.TextField("what was done", max_length=2000)
    is_further = models.BooleanField("taken further", default=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField("taken at")

    class Meta:
        verbose_name = "step about a concern"
        verbose_name_plural = "steps about concerns"
        indexes = [models.Index(fields=["concern", "taken_at"], name="steps_about_a_concern")]

    def __str__(self) -> str:
        return "Taken further" if self.is_further else "Step"
