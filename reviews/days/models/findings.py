"""What the team agrees in moderation: findings, the evidence behind each, and what changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.toolkit.versions import Versioned
from reviews.cycles.models import Judgement, Theme
from reviews.days.models.evidence import Note
from reviews.days.models.reviews import Review
from reviews.days.models.schools import PUPILS


class Meaning(models.TextChoices):
    """What a finding says of the school."""

    STRENGTH = "strength", "Affirmed strength"
    DEVELOPMENT = "development", "Area for development"
    EXCELLENCE = "excellence", "Area of excellence"


class Finding(Versioned):
    """A finding that the team agrees on; changing its words asks everybody again."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="findings")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    meaning = models.CharField(max_length=12, choices=Meaning.choices)
    words = models.TextField("the finding", max_length=2000, help_text=PUPILS)
    changed_in_talk = models.TextField(
        "what changed in discussion",
        max_length=1000,
        blank=True,
        help_text="How the team came from its own views to this one.",
    )
    evidence = models.ManyToManyField(
        Note, related_name="findings", blank=True, verbose_name="evidence behind it"
    )
    evidence_count = models.PositiveSmallIntegerField(
        "pieces of evidence", default=0, help_text="Stays when the notes are deleted."
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField("written at")
    changed_at = models.DateTimeField("last changed at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="finding_says_something",
                violation_error_message="Write the finding.",
            ),
        ]
        indexes = [models.Index(fields=["review", "meaning", "id"], name="findings_of_a_review")]

    def __str__(self) -> str:
        return f"Finding {self.pk}"


class Agreement(models.Model):
    """Somebody of the team agrees with a finding as it is worded."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="agreements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField("agreed at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "person"],
                name="reviewer_agrees_to_a_finding_once",
                violation_error_message="You agree already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Agreement {self.pk}"


class AgreedLabel(Versioned):
    """The label that the team gives a theme, where its framework has labels."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="labels")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")
    changed_in_talk = models.CharField("what changed in discussion", max_length=500, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("given at")

    class Meta:
        verbose_name = "agreed label"
        verbose_name_plural = "agreed labels"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "theme"],
                name="theme_of_a_review_has_one_label",
                violation_error_message="The theme has its label already.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.judgement)
