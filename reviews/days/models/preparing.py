"""What host and team prepare: documents, the timetable of the day, and each reviewer's own steps."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from partnership.people.models import Person
from partnership.toolkit.uploads import stored_path
from partnership.toolkit.versions import Versioned
from reviews.cycles.models import CycleReviewer
from reviews.days.models.reviews import Review


def review_file_path(instance: ReviewFile, _name: str) -> str:
    """Where a document is kept: a name that nobody can guess."""
    return stored_path("reviews", instance.kind)


class ReviewFile(models.Model):
    """A document that the host gives to the team before the day."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=150)
    file = models.FileField(upload_to=review_file_path, max_length=200)
    name = models.CharField("file name", max_length=120)
    kind = models.CharField(max_length=5)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("size in bytes")
    sha256 = models.CharField(max_length=64)
    is_reading = models.BooleanField("to be read before the day", default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("added at")

    class Meta:
        verbose_name = "document of a review"
        verbose_name_plural = "documents of reviews"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "sha256"],
                name="review_has_each_document_once",
                violation_error_message="This file is here already.",
            ),
        ]
        indexes = [models.Index(fields=["review", "added_at", "id"], name="documents_of_a_review")]

    def __str__(self) -> str:
        return self.title


class TimetableEntry(Versioned):
    """One part of the day: when, what, who of the team goes, and who of the host is with them."""

    class Kind(models.TextChoices):
        MEETING = "meeting", "Meeting with the host"
        WALK = "walk", "Learning walk"
        WORK = "work", "Work scrutiny"
        PUPILS = "pupils", "Pupil voice"
        STAFF = "staff", "Staff"
        GOVERNORS = "governors", "Governors"
        TEAM = "team", "Team only"
        BREAK = "break", "Break"

    WITHOUT_PARTNER = (Kind.TEAM, Kind.BREAK)

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="timetable")
    number = models.PositiveSmallIntegerField("which day of the review", default=1)
    starts_time = models.TimeField("from")
    ends_time = models.TimeField("until")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(
        "what happens", max_length=200, help_text="No pupil’s name or initials."
    )
    place = models.CharField("where", max_length=120, blank=True)
    partner = models.CharField(
        "host partner", max_length=120, blank=True, help_text="Who of the school is with the team."
    )
    reviewers = models.ManyToManyField(
        CycleReviewer,
        related_name="timetable_entries",
        blank=True,
        verbose_name="who goes",
        help_text="Leave empty for the whole team.",
    )

    class Meta:
        verbose_name = "part of a day"
        verbose_name_plural = "parts of days"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_time__gt=F("starts_time")),
                name="part_of_a_day_ends_after_it_begins",
                violation_error_message="The end must be after the beginning.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review", "number", "starts_time", "id"], name="timetable_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def needs_partner(self) -> bool:
        """Whether somebody of the host is to be with the team, and nobody is named."""
        return not self.partner and self.kind not in self.WITHOUT_PARTNER


class TeamStepQuerySet(models.QuerySet["TeamStep"]):
    """The vocabulary of reviewers’ steps."""

    def having_read(self) -> Self:
        """Of those who said so, whom no document was given since that is to be read, too."""
        later = ReviewFile.objects.filter(
            review=OuterRef("review"), is_reading=True, added_at__gt=OuterRef("read_at")
        )
        return self.filter(~Exists(later), read_at__isnull=False)


class TeamStep(Versioned):
    """What a reviewer has said about one review: declared, read beforehand, own view complete."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="steps")
    person: models.ForeignKey[Person, Person] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_steps"
    )
    declared_at = models.DateTimeField("declared at", null=True, blank=True)
    connection = models.CharField(
        "a connection with the school",
        max_length=500,
        blank=True,
        help_text="Read by the host and the lead reviewer.",
    )
    read_at = models.DateTimeField("documents read at", null=True, blank=True)
    views_at = models.DateTimeField("own view complete at", null=True, blank=True)
    excused_at = models.DateTimeField("not waited for since", null=True, blank=True)
    excused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = TeamStepQuerySet.as_manager()

    class Meta:
        verbose_name = "reviewer’s step"
        verbose_name_plural = "reviewers’ steps"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "person"],
                name="reviewer_has_her_steps_once",
                violation_error_message="They are kept already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Steps {self.pk}"
