"""Whom a programme asks for a declaration of interests."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from support.programmes.models.agreements import Declaration
from support.programmes.models.people import Side
from support.programmes.models.programmes import Programme


class DeclarationAsked(models.Model):
    """Somebody who declares her interests before an agreement is signed, and what she said last.

    Of several heads of one school one is enough. Who stands on two sides is asked once.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="declarations_asked"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declarations_asked"
    )
    side = models.CharField(max_length=12, choices=Side.choices)
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField("asked at")
    due_at = models.DateTimeField("due")
    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "declaration of interests asked for"
        verbose_name_plural = "declarations of interests asked for"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person"], name="person_is_asked_for_her_interests_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "due_at"],
                name="declarations_to_give",
                condition=models.Q(declaration__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.get_side_display()
