"""What each reviewer writes on the day and thinks of it: raw, and deleted by `days.delete_notes`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.toolkit.versions import Versioned
from reviews.cycles.models import Judgement, Theme
from reviews.days.models.reviews import Review
from reviews.days.models.schools import PUPILS


class Note(Versioned):
    """A note of evidence, as one reviewer wrote it; her device names it, so that it comes in once."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_notes"
    )
    key = models.UUIDField("the device’s name for it")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    activity = models.CharField(
        "where it was seen", max_length=120, blank=True, help_text="Learning walk, books, pupils…"
    )
    text = models.TextField("what was seen", max_length=5000, help_text=PUPILS)
    written_at = models.DateTimeField("written at", help_text="By the device’s clock.")
    received_at = models.DateTimeField("received at")
    changed_at = models.DateTimeField("last changed at")
    removed_at = models.DateTimeField("removed at", null=True, blank=True)

    class Meta:
        verbose_name = "note of evidence"
        verbose_name_plural = "notes of evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "author", "key"],
                name="note_is_kept_once",
                violation_error_message="This note is kept already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review", "written_at", "id"],
                name="notes_of_a_review",
                condition=Q(removed_at__isnull=True),
            ),
            models.Index(
                fields=["review", "author", "written_at", "id"],
                name="notes_of_a_reviewer",
                condition=Q(removed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Note {self.pk}"


class View(Versioned):
    """What one reviewer thinks of one theme before the team talks about it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="views")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_views"
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    strengths = models.TextField("strengths", max_length=3000, blank=True, help_text=PUPILS)
    development = models.TextField("to develop", max_length=3000, blank=True, help_text=PUPILS)
    judgement = models.ForeignKey(
        Judgement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField("last saved at")

    class Meta:
        verbose_name = "reviewer’s own view"
        verbose_name_plural = "reviewers’ own views"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "author", "theme"],
                name="reviewer_has_one_view_of_a_theme",
                violation_error_message="You have a view of this theme already.",
            ),
        ]

    def __str__(self) -> str:
        return f"View {self.pk}"

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it: what was written may have been emptied."""
        return bool(self.judgement_id or self.strengths or self.development)
