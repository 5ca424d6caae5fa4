"""Who takes part in a cycle: schools that are reviewed, reviewers, organisers, and rules for pairs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from alliances.membership.models.dated import DatedQuerySet, ends_after_it_starts
from alliances.schools.models import School
from reviews.cycles.models.reviewers import Reviewer


class CycleHost(models.Model):
    """A school that is reviewed in a cycle, once."""

    cycle = models.ForeignKey("cycles.Cycle", on_delete=models.CASCADE, related_name="hosts")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="hosted_cycles")
    dates_given_at = models.DateTimeField("dates given at", null=True, blank=True)
    dates_given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    left_at = models.DateTimeField("taken out at", null=True, blank=True)
    left_because = models.CharField("why", max_length=300, blank=True)

    class Meta:
        verbose_name = "host of a cycle"
        verbose_name_plural = "hosts of cycles"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "school"],
                name="school_hosts_once_in_a_cycle",
                violation_error_message="This school hosts in the cycle already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "cycle"], name="hosts_by_school", condition=Q(left_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.school)


class CycleReviewer(models.Model):
    """A reviewer who may be sent in a cycle."""

    cycle = models.ForeignKey("cycles.Cycle", on_delete=models.CASCADE, related_name="reviewers")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="cycles")
    dates_given_at = models.DateTimeField("dates given at", null=True, blank=True)
    left_at = models.DateTimeField("taken out at", null=True, blank=True)
    left_because = models.CharField("why", max_length=300, blank=True)

    class Meta:
        verbose_name = "reviewer of a cycle"
        verbose_name_plural = "reviewers of cycles"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "reviewer"],
                name="reviewer_stands_once_in_a_cycle",
                violation_error_message="This reviewer is in the cycle already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reviewer", "cycle"],
                name="cycles_of_a_reviewer",
                condition=Q(left_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.reviewer)


class CyclePerson(models.Model):
    """Somebody whom the director names to organise a cycle."""

    cycle = models.ForeignKey("cycles.Cycle", on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cycles_named_for"
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "person named for a cycle"
        verbose_name_plural = "people named for cycles"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "person"],
                condition=Q(ends_on__isnull=True),
                name="person_is_named_for_a_cycle_once_at_a_time",
                violation_error_message="This person is named already.",
            ),
            ends_after_it_starts("person_of_a_cycle_ends_after_she_starts"),
        ]
        indexes = [models.Index(fields=["person", "ends_on"], name="cycles_of_a_named_person")]

    def __str__(self) -> str:
        return str(self.person)


class PairRule(models.Model):
    """What organisers say of one reviewer and one host: never together, or better not."""

    cycle = models.ForeignKey("cycles.Cycle", on_delete=models.CASCADE, related_name="pair_rules")
    reviewer = models.ForeignKey(CycleReviewer, on_delete=models.CASCADE, related_name="pair_rules")
    host = models.ForeignKey(CycleHost, on_delete=models.CASCADE, related_name="pair_rules")
    is_never = models.BooleanField("never", default=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField("said at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "host"],
                name="pair_of_a_cycle_has_one_rule",
                violation_error_message="There is a rule for these two already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} and {self.host}"
