"""What an alliance says of its support: its lists, how soon it answers, what counts in a match."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from alliances.membership.models import Alliance
from partnership.toolkit.versions import Versioned

DEFAULT_DILIGENCE = "\n".join(
    (
        "The supporting school has the capacity to release its staff without loss to its own pupils",
        "Its latest inspection and results bear out the strength that it offers",
        "Its finances and its leadership are stable over the months agreed",
        "Safer recruitment checks of everybody who visits are in place",
        "Insurance covers work in another school",
    )
)
DEFAULT_ELIGIBILITY = "\n".join(
    (
        "The school belongs to the alliance",
        "Its head agrees to the support",
        "No other programme works on the same area",
    )
)


class SupportRules(Versioned):
    """How an alliance gives support; an alliance without them gives none."""

    alliance = models.OneToOneField(
        Alliance, on_delete=models.PROTECT, related_name="support_rules"
    )
    answer_days = models.PositiveSmallIntegerField(
        "school days to answer a request", default=5, help_text="Usually 5 school days."
    )
    review_days = models.PositiveSmallIntegerField(
        "school days for the swift review", default=10, help_text="Usually 10 school days."
    )
    note_days = models.PositiveSmallIntegerField(
        "school days for the note of a visit", default=5, help_text="Usually 5 school days."
    )
    day_cost = models.DecimalField(
        "what a day costs, in pounds",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="For looking at value for money; a strand may give its own cost.",
    )
    eligibility = models.TextField(
        "rules of eligibility", default=DEFAULT_ELIGIBILITY, help_text="One rule a line."
    )
    diligence = models.TextField(
        "due diligence on a supporting school",
        default=DEFAULT_DILIGENCE,
        help_text="One check a line.",
    )
    weighs_specialism = models.PositiveSmallIntegerField("the area of need", default=40)
    weighs_phase = models.PositiveSmallIntegerField("the phase", default=15)
    weighs_context = models.PositiveSmallIntegerField("schools like this one", default=15)
    weighs_distance = models.PositiveSmallIntegerField("the distance", default=15)
    weighs_days = models.PositiveSmallIntegerField("days left this year", default=15)
    furthest_km = models.PositiveSmallIntegerField(
        "how far people travel, in km",
        default=40,
        help_text="Next door earns all points of the distance, this far away none.",
    )

    class Meta:
        verbose_name = "rules of support"
        verbose_name_plural = "rules of support"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, review_days__gte=1, furthest_km__gte=1),
                name="support_takes_a_day_and_a_way_at_least",
                violation_error_message="Give at least 1.",
            ),
        ]

    def __str__(self) -> str:
        return "Rules of support"


class KeptList(models.QuerySet[Any]):
    """The vocabulary of the lists that an alliance keeps."""

    def in_use(self) -> KeptList:
        """Those that may still be chosen."""
        return self.filter(is_retired=False)


def name_of_its_own(name: str, called: str) -> models.UniqueConstraint:
    """Two lines of one list differ."""
    return models.UniqueConstraint(
        "alliance",
        Lower("name"),
        name=name,
        violation_error_message=f"The alliance has {called} of this name already.",
    )


class Designation(models.Model):
    """A title that practitioners carry: SLE, NLE, expert teacher, or one of the alliance's own."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="designations")
    name = models.CharField(max_length=80)
    short = models.CharField("in short", max_length=12, blank=True)
    is_retired = models.BooleanField("no longer given", default=False)

    objects = KeptList.as_manager()

    class Meta:
        constraints = [name_of_its_own("designations_of_an_alliance_differ", "a designation")]

    def __str__(self) -> str:
        return self.name


class SupportArea(models.Model):
    """What schools ask help with and practitioners are good at: phonics, attendance, leadership."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="support_areas")
    name = models.CharField(max_length=80)
    is_retired = models.BooleanField("no longer chosen", default=False)

    objects = KeptList.as_manager()

    class Meta:
        verbose_name = "area of support"
        verbose_name_plural = "areas of support"
        constraints = [name_of_its_own("support_areas_of_an_alliance_differ", "an area")]

    def __str__(self) -> str:
        return self.name


class Phase(models.TextChoices):
    """Whom a practitioner has taught or led."""

    EARLY_YEARS = "early_years", "Early years"
    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"
    SIXTEEN_PLUS = "sixteen_plus", "16 plus"
    SPECIAL = "special", "Special and alternative provision"


class Context(models.TextChoices):
    """What kind of school it is, beside its phase."""

    SMALL = "small", "Small school"
    LARGE = "large", "Large school"
    FAITH = "faith", "School with a religious character"
    DISADVANTAGE = "disadvantage", "Many disadvantaged pupils"
    EAL = "eal", "Many pupils with English as an additional language"
    MOBILITY = "mobility", "High mobility"
    RURAL = "rural", "Rural school"
