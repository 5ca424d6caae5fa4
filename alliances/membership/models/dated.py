"""What holds from one day to another, and what follows from its days."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from partnership.toolkit.versions import Versioned


def holding(day: date, prefix: str = "") -> Q:
    """What holds on a day, for rows reached by the prefix; the end is the last day."""
    started = Q((f"{prefix}starts_on__isnull", True)) | Q((f"{prefix}starts_on__lte", day))
    goes_on = Q((f"{prefix}ends_on__isnull", True)) | Q((f"{prefix}ends_on__gte", day))
    return started & goes_on


class DatedQuerySet(models.QuerySet):
    """Rows that hold from one day to another."""

    def on(self, day: date) -> Self:
        """Rows that hold on a day; the end is the last day."""
        return self.filter(holding(day))

    def on_or_after(self, day: date) -> Self:
        """Rows that hold on a day or will hold after it."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Standing(models.TextChoices):
    """Where a belonging stands on a day; never stored, since it follows from days and decisions."""

    PROSPECTIVE = "prospective", "Joins later"
    CURRENT = "current", "Belongs"
    LEAVING = "leaving", "Leaving"
    LEFT = "left", "Left"
    LAPSED = "lapsed", "Lapsed"
    CHANGED = "changed", "Went on"


HERE = (Standing.PROSPECTIVE, Standing.CURRENT, Standing.LEAVING)
TONES = {
    Standing.PROSPECTIVE: "note",
    Standing.CURRENT: "done",
    Standing.LEAVING: "soon",
    Standing.LEFT: "plain",
    Standing.LAPSED: "plain",
    Standing.CHANGED: "plain",
}


class BelongingQuerySet(DatedQuerySet):
    """The vocabulary of belonging to an alliance."""

    def in_standing(self, standing: str, *, on: date) -> Self:
        """Those that stand so on a day, as `Belonging.standing_on` says it."""
        if standing == Standing.PROSPECTIVE:
            return self.filter(starts_on__gt=on)
        if standing in HERE:
            is_leaving = Q(ending=Belonging.Ending.LEAVES)
            return self.on(on).filter(is_leaving if standing == Standing.LEAVING else ~is_leaving)
        endings = {
            Standing.LEFT.value: Belonging.Ending.LEAVES.value,
            Standing.CHANGED.value: Belonging.Ending.BECOMES.value,
        }
        return self.filter(ends_on__lt=on, ending=endings.get(str(standing), ""))


class Belonging(Versioned):
    """How somebody belongs to an alliance: as what, from when to when, and why it ends."""

    class Kind(models.TextChoices):
        FULL = "full", "Full member"
        ASSOCIATE = "associate", "Associate"
        PARTNER = "partner", "Partner"

    class Ending(models.TextChoices):
        LEAVES = "leaves", "Leaves the alliance"
        BECOMES = "becomes", "Goes on as another kind of member"

    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)
    ending = models.CharField(
        "why it ends", max_length=10, choices=Ending.choices, blank=True, default=""
    )
    because = models.CharField("reason", max_length=300, blank=True, default="")

    class Meta:
        abstract = True

    def standing_on(self, day: date) -> Standing:
        """Where it stands on a day: what was agreed for a time and ran out has lapsed."""
        if self.starts_on > day:
            return Standing.PROSPECTIVE
        if self.ends_on is None or self.ends_on >= day:
            return Standing.LEAVING if self.ending == self.Ending.LEAVES else Standing.CURRENT
        ended = {
            self.Ending.LEAVES.value: Standing.LEFT,
            self.Ending.BECOMES.value: Standing.CHANGED,
        }
        return ended.get(self.ending, Standing.LAPSED)


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """The last day doesn't lie before the first."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="The last day must not be before the first.",
    )


def what_ends_has_a_last_day(name: str) -> models.CheckConstraint:
    """A decision to leave says from when on."""
    return models.CheckConstraint(
        condition=Q(ending="") | Q(ends_on__isnull=False),
        name=name,
        violation_error_message="Give the last day.",
    )
