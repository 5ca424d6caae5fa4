"""The published rota: each host's day, who goes, what they answered, and what changed."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alliances.schools.models import School
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import Versioned
from reviews.cycles.models.cycles import Cycle, CycleHost, CycleReviewer


class ReviewDayQuerySet(models.QuerySet["ReviewDay"]):
    """The vocabulary of review days."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Date and team, for those who see the cycle; nothing of what a review finds is here."""
        return self.filter(cycle__in=Cycle.objects.visible_to(person, on=on).values("pk"))

    def standing(self) -> Self:
        """Those that weren't called off."""
        return self.exclude(state=ReviewDay.State.CANCELLED)


class ReviewDay(Versioned):
    """When a host is reviewed; of a longer review the first and the last day."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Called off"

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="days")
    host = models.ForeignKey(CycleHost, on_delete=models.PROTECT, related_name="days")
    school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        related_name="review_days",
        help_text="The host’s, for diaries to find.",
    )
    day = models.DateField("first day")
    last_day = models.DateField("last day")
    starts_at = models.DateTimeField("begins")
    ends_at = models.DateTimeField("ends")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    is_fixed = models.BooleanField("stays when the rota is drawn up again", default=False)
    published_at = models.DateTimeField("published at")
    held_at = models.DateTimeField("held at", null=True, blank=True)
    cancelled_at = models.DateTimeField("called off at", null=True, blank=True)
    cancelled_because = models.CharField("why it was called off", max_length=300, blank=True)
    sequence = models.PositiveIntegerField("how often it was moved", default=0)
    changed_at = models.DateTimeField("last changed at")

    objects = ReviewDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["host"],
                condition=~Q(state="cancelled"),
                name="host_has_one_review_at_a_time",
                violation_error_message="This school has its day already.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), last_day__gte=F("day")),
                name="review_ends_after_it_begins",
                violation_error_message="The end must be after the beginning.",
            ),
        ]
        indexes = [
            models.Index(fields=["cycle", "starts_at", "id"], name="review_days_of_a_cycle"),
            models.Index(fields=["school", "starts_at"], name="review_days_of_a_school"),
        ]

    def __str__(self) -> str:
        return f"Review day {self.pk}"

    def get_absolute_url(self) -> str:
        return address("cycles:day_detail", self.pk)


class DayPlace(Versioned):
    """Somebody's place in a team: asked, and accepted or declined; a change ends it and asks anew."""

    class Answer(models.TextChoices):
        NONE = "", "No answer yet"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    day = models.ForeignKey(ReviewDay, on_delete=models.CASCADE, related_name="places")
    reviewer = models.ForeignKey(CycleReviewer, on_delete=models.PROTECT, related_name="places")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="review_places",
        help_text="The reviewer’s, for diaries to find.",
    )
    is_lead = models.BooleanField("leads the team", default=False)
    asked_at = models.DateTimeField("asked at")
    answer_by = models.DateTimeField("to be answered by")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField("answered at", null=True, blank=True)
    because = models.CharField(
        "why not", max_length=300, blank=True, help_text="Only you can read it."
    )
    fill_by = models.DateTimeField("somebody else to be found by", null=True, blank=True)
    ended_at = models.DateTimeField("no longer asked since", null=True, blank=True)

    class Meta:
        verbose_name = "place in a team"
        verbose_name_plural = "places in teams"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "reviewer"],
                condition=Q(ended_at__isnull=True),
                name="reviewer_has_one_place_in_a_team",
                violation_error_message="This reviewer is in the team already.",
            ),
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(ended_at__isnull=True, is_lead=True) & ~Q(answer="declined"),
                name="team_has_one_lead",
                violation_error_message="The team has a lead already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "day"],
                name="review_places_of_a_person",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(
                fields=["answer_by"],
                name="review_places_to_answer",
                condition=Q(ended_at__isnull=True, answered_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class RotaChange(models.Model):
    """What changed of a published rota, when and by whom: dates and teams before and after.

    `before` and `after` hold {"date", "lead", "team"} with keys of reviewers of the cycle, or nothing.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", "Published"
        MOVED = "moved", "Moved"
        TEAM = "team", "Team changed"
        DECLINED = "declined", "Visit declined"
        CANCELLED = "cancelled", "Called off"
        RESTORED = "restored", "Takes place after all"

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="changes")
    host = models.ForeignKey(
        CycleHost, on_delete=models.CASCADE, null=True, blank=True, related_name="changes"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    draft_number = models.PositiveSmallIntegerField(null=True, blank=True)
    because = models.CharField("why", max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField("made at")

    class Meta:
        verbose_name = "change of a rota"
        verbose_name_plural = "changes of rotas"
        indexes = [models.Index(fields=["cycle", "-made_at", "-id"], name="changes_of_a_rota")]

    def __str__(self) -> str:
        return self.get_kind_display()
