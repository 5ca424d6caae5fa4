"""Strands of support: who gives what, how many days, and why she was chosen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from support.directory.models import OutsideExpert, Practitioner, SchoolOffer


class Strand(models.Model):
    """One kind of support within a programme: who gives it, how many days, and why she."""

    class Kind(models.TextChoices):
        COACHING = "coaching", "Coaching and mentoring of the head"
        SLE_MENTORING = "sle_mentoring", "Mentoring by specialist leaders"
        PLACEMENT = "placement", "Placements"
        SUBJECT_EXPERT = "subject_expert", "Subject experts"
        LEARNING_COMMUNITY = "learning_community", "Professional learning community"
        TRAINING = "training", "Evidence-based training"
        PUPIL_PREMIUM = "pupil_premium", "Pupil premium focus"
        EXPERT_PRACTITIONER = "expert_practitioner", "Expert practitioners"

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="strands"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="strands"
    )
    school_offer = models.ForeignKey(
        SchoolOffer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outside_expert = models.ForeignKey(
        OutsideExpert,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    focus = models.CharField(max_length=300, blank=True)
    cost = models.DecimalField(
        "cost in pounds", max_digits=9, decimal_places=2, null=True, blank=True
    )
    score = models.PositiveSmallIntegerField("points of the match", null=True, blank=True)
    reasons = models.JSONField("points one by one", default=list, blank=True)
    because = models.CharField("why this choice", max_length=500, blank=True)
    brokered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    brokered_at = models.DateTimeField("brokered at")
    released_at = models.DateTimeField("given up at", null=True, blank=True)
    released_because = models.CharField("why it was given up", max_length=300, blank=True)

    class Meta:
        verbose_name = "strand of support"
        verbose_name_plural = "strands of support"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(practitioner__isnull=False, school_offer=None, outside_expert=None)
                    | Q(practitioner=None, school_offer__isnull=False, outside_expert=None)
                    | Q(practitioner=None, school_offer=None, outside_expert__isnull=False)
                ),
                name="strand_is_given_by_one",
                violation_error_message=(
                    "Choose one practitioner, one school’s offer or one expert from outside."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "released_at"], name="strands_of_a_programme"),
            models.Index(
                fields=["practitioner", "programme"],
                name="strands_of_a_practitioner",
                condition=Q(released_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class StrandDays(models.Model):
    """How many days of a strand fall into an academic year."""

    strand = models.ForeignKey(Strand, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField("academic year", help_text="The year it begins in.")
    days = models.DecimalField(max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = "days of a strand"
        verbose_name_plural = "days of strands"
        constraints = [
            models.UniqueConstraint(
                fields=["strand", "year"], name="strand_has_its_days_of_a_year_once"
            ),
            models.CheckConstraint(condition=Q(days__gt=0), name="strand_takes_some_days"),
        ]

    def __str__(self) -> str:
        return f"{self.days} days"
