"""What a school says of itself, and that somebody looks it through each year."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from alliances.schools.models.register import School
from partnership.calendar.years import AcademicYear
from partnership.toolkit.versions import Versioned


class SchoolContact(Versioned):
    """How a school wants to be reached, beside what the national register says."""

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField("e-mail address of the office", max_length=254, blank=True)
    telephone = models.CharField("telephone of the office", max_length=30, blank=True)
    words = models.CharField(
        "best way to reach you",
        max_length=300,
        blank=True,
        help_text="Whom to ask for, and when: “Mrs Shaw answers from 8am to 4pm.”",
    )

    class Meta:
        verbose_name = "a school’s own contact details"
        verbose_name_plural = "schools’ own contact details"

    def __str__(self) -> str:
        return f"Contact details of {self.school}"


class DetailsCheckQuerySet(models.QuerySet["DetailsCheck"]):
    """The vocabulary of yearly checks."""

    def unanswered(self) -> Self:
        """Those that nobody has answered yet."""
        return self.filter(answered_at__isnull=True)

    def confirmed(self) -> Self:
        """Those that said that all is right."""
        return self.filter(is_right=True)


class DetailsCheck(models.Model):
    """A school's details, looked through by its head once an academic year."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="details_checks")
    year = models.PositiveSmallIntegerField("academic year", help_text="The year it begins in.")
    asked_at = models.DateTimeField("asked at")
    due_at = models.DateTimeField("please answer by")
    answered_at = models.DateTimeField("answered at", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_right = models.BooleanField("all is right", null=True)
    words = models.CharField("what is wrong", max_length=1_000, blank=True)

    objects = DetailsCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "yearly check of details"
        verbose_name_plural = "yearly checks of details"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"], name="school_checks_its_details_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(
                    answered_at__isnull=True, answered_by__isnull=True, is_right__isnull=True
                )
                | Q(answered_at__isnull=False, answered_by__isnull=False, is_right__isnull=False),
                name="details_are_checked_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(is_right__isnull=True)
                | Q(is_right=True, words="")
                | (Q(is_right=False) & ~Q(words="")),
                name="what_is_wrong_is_said_in_words",
            ),
        ]
        indexes = [models.Index(fields=["school", "-year"], name="details_checks_of_a_school")]

    def __str__(self) -> str:
        return f"Details in {self.academic_year}"

    @property
    def academic_year(self) -> AcademicYear:
        """The year in which the details are looked through."""
        return AcademicYear(self.year)
