"""Invitations: nobody registers alone."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Q, Value, When

from partnership.people.models import Person


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """The vocabulary of invitations."""

    def visible_to(self, person: Person) -> Self:
        """Portal staff see every invitation; nobody else sees any."""
        return self if person.is_active and person.is_staff else self.none()

    def open(self, *, now: datetime) -> Self:
        """Those that can still be accepted."""
        return self.unanswered().filter(expires_at__gt=now)

    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn, expired or not."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def in_state(self, state: str, *, now: datetime) -> Self:
        """Those of one state at this moment."""
        return self.with_state(now=now).filter(state=state)

    def with_state(self, *, now: datetime) -> Self:
        """Each with its state at this moment, as `Invitation.state_at` says it."""
        states = Invitation.State
        return self.annotate(
            state=Case(
                When(accepted_at__isnull=False, then=Value(states.ACCEPTED.value)),
                When(withdrawn_at__isnull=False, then=Value(states.WITHDRAWN.value)),
                When(expires_at__gt=now, then=Value(states.OPEN.value)),
                default=Value(states.EXPIRED.value),
                output_field=CharField(),
            )
        )


class Invitation(models.Model):
    """Somebody asked to join the portal; the person exists already but may not sign in yet."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        EXPIRED = "expired", "Expired"
        ACCEPTED = "accepted", "Accepted"
        WITHDRAWN = "withdrawn", "Withdrawn"

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
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="an_invitation_is_accepted_or_withdrawn_not_both",
                violation_error_message="An accepted invitation can’t be withdrawn.",
            ),
        ]
        indexes = [
            models.Index(fields=["-invited_at", "-id"], name="invitations_latest_first"),
            models.Index(
                fields=["expires_at", "id"],
                name="invitations_unanswered",
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.invited_at:%d %B %Y}"

    def state_at(self, now: datetime) -> State:
        """Accepted, withdrawn, expired or open."""
        if self.accepted_at is not None:
            return self.State.ACCEPTED
        if self.withdrawn_at is not None:
            return self.State.WITHDRAWN
        return self.State.OPEN if self.expires_at > now else self.State.EXPIRED
