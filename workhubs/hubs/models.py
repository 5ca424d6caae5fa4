"""Workhubs: schools working on one priority, year by year."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from alliances.meetings.models import Body
from alliances.membership.models import Alliance
from alliances.schools.models import School
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.versions import Versioned


class Workhub(Versioned):
    """A working group on one priority; it keeps its name and address over the years."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="workhubs")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=120, unique=True)
    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="workhub")

    class Meta:
        indexes = [models.Index(fields=["alliance", "name", "id"], name="workhubs_of_an_alliance")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("hubs:workhub_detail", args=[self.slug])


class WorkhubYear(Versioned):
    """A working group of schools on one priority for one academic year."""

    workhub = models.ForeignKey(Workhub, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("academic year", help_text="The year it begins in.")
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="workhub_years_led",
    )
    priority = models.CharField("priority area", max_length=150, blank=True)
    aims = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workhub", "year"],
                name="workhub_has_each_year_once",
                violation_error_message="This workhub has this year already.",
            ),
        ]
        indexes = [models.Index(fields=["year", "workhub"], name="workhub_years_by_year")]

    def __str__(self) -> str:
        return f"{self.workhub_id} {self.academic_year}"

    def get_absolute_url(self) -> str:
        return reverse("hubs:workhub_year", args=[self.workhub.slug, self.academic_year.slug])

    @property
    def academic_year(self) -> AcademicYear:
        """Its year, with first and last day."""
        return AcademicYear(self.year)


class WorkhubSchool(models.Model):
    """A school in a workhub's year: invited, then joined or declined, perhaps left."""

    workhub_year = models.ForeignKey(WorkhubYear, on_delete=models.CASCADE, related_name="schools")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="workhub_places")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField("invited at")
    answer_by = models.DateTimeField("please answer by")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField("answered at", null=True)
    joined_on = models.DateField("joined on", null=True)
    left_on = models.DateField("last day", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workhub_year", "school"],
                name="school_is_asked_into_a_workhub_once_a_year",
                violation_error_message="This school has been asked already.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="school_leaves_a_workhub_after_it_joined",
                violation_error_message="The last day must not be before the first.",
            ),
        ]
        indexes = [models.Index(fields=["school", "joined_on"], name="workhubs_of_a_school")]

    def __str__(self) -> str:
        return f"Place {self.pk}"
