"""Invitations: nobody registers alone."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """The vocabulary of invitations."""

    def open(self, *, now: datetime) -> Self:
        """Those that can still be accepted."""
        return self.unanswered().filter(expires_at__gt=now)

    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn, expired or not."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(models.Model):
    """Somebody asked to join the portal; the person exists already but may not sign in yet."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    on_behalf_of = models.CharField(
        "on behalf of",
        max_length=200,
        blank=True,
        help_text="The school or alliance that the mail names.",
    )
    invited_at = models.DateTimeField("invited at")
    sent_at = models.DateTimeField("last sent at")
    expires_at = models.DateTimeField("can be accepted until")
    accepted_at = models.DateTimeField("accepted at", null=True, blank=True)
    withdrawn_at = models.DateTimeField("withdrawn at", null=True, blank=True)
    issue = models.PositiveIntegerField(
        default=1, help_text="Grows when it is sent again: links of earlier mails stop working."
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="a_person_has_one_open_invitation",
                violation_error_message="This person has been invited already.",
            ),
        ]
        indexes = [models.Index(fields=["-invited_at", "-id"], name="invitations_latest_first")]

    def __str__(self) -> str:
        return f"Invitation of {self.invited_at:%d %B %Y}"
