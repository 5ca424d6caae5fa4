"""The capacity ledger: days offered, promised, delivered and left."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alliances.schools.models import School
from partnership.calendar.years import AcademicYear
from support.directory.models.practitioners import Practitioner


class CapacityAccount(models.Model):
    """The days of one practitioner in one academic year; only the ledger's services move them.

    `promised` counts what was promised and has not been delivered yet.
    """

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="accounts"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="capacity_accounts"
    )
    year = models.PositiveSmallIntegerField("academic year", help_text="The year it begins in.")
    offered = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    promised = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    delivered = models.DecimalField(max_digits=6, decimal_places=1, default=0)

    class Meta:
        verbose_name = "account of days"
        verbose_name_plural = "accounts of days"
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "year"], name="practitioner_has_one_account_a_year"
            ),
            models.CheckConstraint(
                condition=Q(offered__gte=F("promised") + F("delivered")),
                name="no_more_days_are_given_than_offered",
                violation_error_message="There are not as many days left.",
            ),
            models.CheckConstraint(
                condition=Q(offered__gte=0, promised__gte=0, delivered__gte=0),
                name="days_of_an_account_are_never_below_none",
                violation_error_message="Days can’t be below none.",
            ),
        ]
        indexes = [models.Index(fields=["school", "year"], name="accounts_of_a_school")]

    def __str__(self) -> str:
        return str(self.academic_year)

    @property
    def academic_year(self) -> AcademicYear:
        """Its year."""
        return AcademicYear(self.year)

    @property
    def left(self) -> Decimal:
        """Days that can still be promised."""
        return self.offered - self.promised - self.delivered


class LedgerEntry(models.Model):
    """One line of an account; lines are added and never changed."""

    class Kind(models.TextChoices):
        OFFERED = "offered", "Offered"
        PROMISED = "promised", "Promised"
        RELEASED = "released", "Given back"
        DELIVERED = "delivered", "Delivered"

    account = models.ForeignKey(CapacityAccount, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    days = models.DecimalField(
        max_digits=6,
        decimal_places=1,
        help_text="Below none where less is offered than before.",
    )
    strand_id = models.BigIntegerField("strand of support", null=True, blank=True)
    key = models.CharField(
        max_length=80,
        unique=True,
        help_text="What the days are for; the same thing is never booked twice.",
    )
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField("made at")

    class Meta:
        verbose_name = "line of the ledger"
        verbose_name_plural = "lines of the ledger"
        indexes = [
            models.Index(fields=["account", "made_at", "id"], name="ledger_lines_in_order"),
            models.Index(fields=["strand_id"], name="ledger_lines_of_a_strand"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.days}"
