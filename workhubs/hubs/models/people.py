"""People who take part in a workhub's year for themselves."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership.toolkit.versions import Versioned


class WorkhubPersonQuerySet(models.QuerySet["WorkhubPerson"]):
    """The vocabulary of people in workhubs."""

    def on(self, day: date) -> Self:
        """Who takes part on a day; the end is the last day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class WorkhubPerson(Versioned):
    """Somebody beside the schools: a university's tutor, a specialist leader."""

    workhub_year = models.ForeignKey(
        "hubs.WorkhubYear", on_delete=models.CASCADE, related_name="people"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="workhub_memberships"
    )
    brings = models.CharField("as what", max_length=150, blank=True)
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)

    objects = WorkhubPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "person in a workhub"
        verbose_name_plural = "people in workhubs"
        constraints = [
            models.UniqueConstraint(
                fields=["workhub_year", "person"],
                name="person_is_in_a_workhubs_year_once",
                violation_error_message="This person takes part already.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="person_leaves_a_workhub_after_she_came",
                violation_error_message="The last day must not be before the first.",
            ),
        ]
        indexes = [models.Index(fields=["person", "ends_on"], name="workhubs_of_a_person")]

    def __str__(self) -> str:
        return f"Membership {self.pk}"

    def takes_part(self, on: date) -> bool:
        """Whether she takes part on that day."""
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)
