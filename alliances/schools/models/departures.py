"""Who leaves a school, who follows, and what becomes of what she holds."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alliances.schools.models.register import School


class DepartureQuerySet(models.QuerySet["Departure"]):
    """The vocabulary of departures."""

    def coming(self, day: date) -> Self:
        """Those whose last day is this one or later, and that were not called off."""
        return self.filter(called_off_at__isnull=True, last_day__gte=day)


class Departure(models.Model):
    """Somebody’s leaving of a school, arranged before or after the day."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="departures")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="departures"
    )
    last_day = models.DateField("last day")
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="arrivals"
    )
    arranged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    arranged_at = models.DateTimeField("arranged at")
    called_off_at = models.DateTimeField("called off at", null=True)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = DepartureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("person")),
                name="nobody_follows_on_herself",
                violation_error_message="Choose somebody else.",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True, called_off_by__isnull=True)
                | Q(called_off_at__isnull=False, called_off_by__isnull=False),
                name="departure_is_called_off_by_somebody_at_some_time",
            ),
        ]
        indexes = [models.Index(fields=["school", "-last_day"], name="departures_of_a_school")]

    def __str__(self) -> str:
        return f"{self.person} leaves {self.school}"


class DepartureItemQuerySet(models.QuerySet["DepartureItem"]):
    """The vocabulary of what a leaver holds."""

    def due(self, day: date) -> Self:
        """What waits for a last day that has passed by this day."""
        waiting = self.filter(settled_at__isnull=True, departure__called_off_at__isnull=True)
        return waiting.filter(departure__last_day__lt=day)


class DepartureItem(models.Model):
    """One thing that a leaver holds: of which kind, and whether it passes on or ends."""

    departure = models.ForeignKey(Departure, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    words = models.CharField(max_length=200)
    passes_on = models.BooleanField()
    until = models.DateField("held until, if nobody left", null=True)
    settled_at = models.DateTimeField("settled at", null=True)

    objects = DepartureItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["departure", "kind", "thing_id"], name="leaver_settles_each_thing_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["departure"],
                name="departure_items_unsettled",
                condition=Q(settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.words
