"""What a review leads to: a workshop, actions, what has changed, and what begins elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.toolkit.versions import Versioned
from reviews.days.models.reports import ReportPart
from reviews.days.models.reviews import Review
from reviews.days.models.schools import PUPILS


class Workshop(Versioned):
    """The host's people and a champion, who wasn't on the team, decide what to do with the report."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="workshop")
    champion = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="workshops_championed",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField("champion asked at", null=True, blank=True)
    given_up_at = models.DateTimeField(
        "no longer the champion since", null=True, blank=True, help_text="Until another is asked."
    )
    hold_by = models.DateTimeField("to be held by", null=True, blank=True)
    starts_at = models.DateTimeField("begins", null=True, blank=True)
    ends_at = models.DateTimeField("ends", null=True, blank=True)
    place = models.CharField("where, or a link to join", max_length=300, blank=True)
    arranged_at = models.DateTimeField(
        "arranged at", null=True, blank=True, help_text="A champion stands, and a time is set."
    )
    held_at = models.DateTimeField("said to be held at", null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    agreed = models.TextField("what came of it", max_length=3000, blank=True, help_text=PUPILS)

    class Meta:
        verbose_name = "improvement workshop"
        verbose_name_plural = "improvement workshops"
        indexes = [
            models.Index(fields=["champion", "review"], name="workshops_of_a_champion"),
        ]

    def __str__(self) -> str:
        return f"Workshop {self.pk}"


class ReviewAction(Versioned):
    """One thing that the host does about its report, by whom and by when."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="actions")
    part = models.ForeignKey(
        ReportPart, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    words = models.CharField("what is done", max_length=300, help_text=PUPILS)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="review_actions",
        verbose_name="who does it",
    )
    owner_words = models.CharField(
        "who does it, if not in the portal", max_length=120, blank=True, help_text="By post."
    )
    due_at = models.DateTimeField("due", null=True, blank=True)
    done_at = models.DateTimeField("done at", null=True, blank=True)
    done_words = models.CharField("what came of it", max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("made at")

    class Meta:
        verbose_name = "action after a review"
        verbose_name_plural = "actions after reviews"
        indexes = [
            models.Index(fields=["review", "due_at", "id"], name="actions_of_a_review"),
            models.Index(
                fields=["owner", "due_at"],
                name="review_actions_of_a_person",
                condition=Q(done_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.pk}"


class CheckBack(Versioned):
    """Some ninety days after the release: what changed, for whom, and with what evidence."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="check_back")
    due_at = models.DateTimeField("due")
    given_at = models.DateTimeField("given at", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    next_steps = models.TextField("what comes next", max_length=2000, blank=True)

    class Meta:
        verbose_name = "check-back"
        verbose_name_plural = "check-backs"
        indexes = [
            models.Index(fields=["due_at"], name="check_backs_due", condition=Q(given_at=None)),
        ]

    def __str__(self) -> str:
        return f"Check-back {self.pk}"


class CheckBackAnswer(Versioned):
    """What changed in one area for development."""

    class Extent(models.TextChoices):
        MUCH = "much", "Much has changed"
        SOME = "some", "Something has changed"
        NOTHING = "nothing", "Nothing has changed yet"

    check_back = models.ForeignKey(CheckBack, on_delete=models.CASCADE, related_name="answers")
    part = models.ForeignKey(ReportPart, on_delete=models.PROTECT, related_name="+")
    extent = models.CharField(max_length=10, choices=Extent.choices)
    changed = models.TextField("what changed", max_length=2000, help_text=PUPILS)
    for_whom = models.CharField(
        "for whom", max_length=300, blank=True, help_text="Groups and numbers, never names."
    )
    evidence = models.TextField("how you know", max_length=2000, blank=True)

    class Meta:
        verbose_name = "answer of a check-back"
        verbose_name_plural = "answers of check-backs"
        constraints = [
            models.UniqueConstraint(
                fields=["check_back", "part"],
                name="area_is_checked_back_once",
                violation_error_message="This area is answered already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class Crossing(models.Model):
    """A finding that began something in another room; the words that went across are the head's."""

    part = models.ForeignKey(ReportPart, on_delete=models.CASCADE, related_name="crossings")
    kind = models.CharField("what began", max_length=60, help_text="Key of the bridge.")
    thing_id = models.BigIntegerField("number of the thing that began")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("begun at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "kind", "thing_id"],
                name="finding_begins_a_thing_once",
                violation_error_message="This is linked already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Crossing {self.pk}"
