"""Who may review in an alliance: trained until when, how often, and which schools not."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.models.dated import DatedQuerySet, ends_after_it_starts
from alliances.schools.models import School
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import Versioned


class ReviewerQuerySet(DatedQuerySet):
    """The vocabulary of reviewers."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Those of alliances that she directs, and herself."""
        if not person.is_active:
            return self.none()
        posts = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
        return self.filter(Q(alliance__in=posts.values("alliance")) | Q(person=person))

    def with_training(self, *, on: date) -> Self:
        """`may_review` and `may_lead`: whose training holds on a day."""
        held = Training.objects.holding(on).filter(reviewer=OuterRef("pk"))
        return self.annotate(
            may_review=Exists(held), may_lead=Exists(held.filter(kind=Training.Kind.LEAD))
        )


class Reviewer(Versioned):
    """Somebody who reviews other schools of the alliance, and from which school she comes."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="reviewers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviewer_entries"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="reviewers"
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)
    most_days = models.PositiveSmallIntegerField("days out a year, at most", null=True, blank=True)
    most_days_half_term = models.PositiveSmallIntegerField(
        "days out in a half term, at most", null=True, blank=True
    )

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "person"],
                condition=Q(ends_on__isnull=True),
                name="person_reviews_in_an_alliance_once_at_a_time",
                violation_error_message="This person is a reviewer of the alliance already.",
            ),
            ends_after_it_starts("reviewer_ends_after_she_starts"),
        ]
        indexes = [
            models.Index(fields=["alliance", "ends_on"], name="reviewers_of_an_alliance"),
            models.Index(fields=["person", "ends_on"], name="reviewer_entries_of_a_person"),
            models.Index(fields=["school", "ends_on"], name="reviewers_of_a_school"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return address("cycles:reviewer_detail", self.pk)


class TrainingQuerySet(models.QuerySet["Training"]):
    """The vocabulary of training."""

    def holding(self, day: date) -> Self:
        """Training that was done by a day and hasn't run out on it."""
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day), trained_on__lte=day)


class Training(models.Model):
    """What somebody was trained for, by whom, and until when that holds."""

    class Kind(models.TextChoices):
        REVIEWER = "reviewer", "To review"
        LEAD = "lead", "To lead a review"

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="trainings")
    kind = models.CharField("trained", max_length=10, choices=Kind.choices)
    trained_on = models.DateField("trained on")
    expires_on = models.DateField("holds until", null=True, blank=True)
    renew_by = models.DateTimeField("to be renewed by", null=True, blank=True, editable=False)
    given_by = models.CharField("who gave it", max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField("entered at")

    objects = TrainingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("trained_on")),
                name="training_holds_after_it_was_given",
                violation_error_message="The last day must be after the training.",
            ),
        ]
        indexes = [
            models.Index(fields=["reviewer", "kind", "expires_on"], name="training_of_a_reviewer"),
            models.Index(fields=["expires_on"], name="training_that_runs_out"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A duty is owed by a moment: 5pm on the last day."""
        last = self.expires_on
        self.renew_by = datetime.combine(last, time(17), tzinfo=UK) if last else None
        super().save(*args, **kwargs)


class CannotReview(models.Model):
    """A school that a reviewer doesn't review; why stays with her."""

    class Why(models.TextChoices):
        GOVERNOR = "governor", "I am a governor there"
        RELATIVE = "relative", "A relative works or learns there"
        WORKED = "worked", "I worked there lately"
        OTHER = "other", "Another reason"

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="cannot_review")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    words = models.CharField("in your own words", max_length=300, blank=True)
    until = models.DateField("until", null=True, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField("said at")

    class Meta:
        verbose_name = "school that somebody can’t review"
        verbose_name_plural = "schools that people can’t review"
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "school"],
                name="school_that_cannot_be_reviewed_stands_once",
                violation_error_message="This school is on the list already.",
            ),
        ]

    def __str__(self) -> str:
        return "Can’t review a school"


class BlockedDay(models.Model):
    """A day on which somebody can't go out, or a school can't be visited; why stays with whose it is."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="blocked_days",
    )
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, blank=True, related_name="blocked_days"
    )
    day = models.DateField()
    because = models.CharField("why", max_length=120, blank=True)
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    blocked_at = models.DateTimeField("blocked at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="person_blocks_a_day_once"),
            models.UniqueConstraint(fields=["school", "day"], name="school_blocks_a_day_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(school__isnull=True),
                name="blocked_day_is_of_a_person_or_a_school",
                violation_error_message="A day is blocked for a person or for a school.",
            ),
        ]

    def __str__(self) -> str:
        return f"Not available on {self.day.isoformat()}"
