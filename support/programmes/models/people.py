"""Who is named for a programme, and whether the school may have it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from alliances.membership.models.dated import DatedQuerySet, ends_after_it_starts


class Side(models.TextChoices):
    """On which side of a programme somebody stands."""

    SCHOOL = "school", "Supported school"
    SUPPORTER = "supporter", "Supporting school"
    PRACTITIONER = "practitioner", "Practitioner"
    HOME = "home", "Home school of a practitioner"
    DIRECTOR = "director", "Alliance"


class ProgrammePerson(models.Model):
    """Somebody whom a side names to see the programme and to work in it."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="people"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="programme_parts"
    )
    side = models.CharField(
        max_length=12, choices=[(Side.SCHOOL, "Supported school"), (Side.DIRECTOR, "Alliance")]
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "person named for a programme"
        verbose_name_plural = "people named for programmes"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "side"],
                condition=Q(ends_on__isnull=True),
                name="person_is_named_for_a_side_once_at_a_time",
                violation_error_message="This person is named already.",
            ),
            ends_after_it_starts("named_person_ends_after_she_starts"),
        ]
        indexes = [models.Index(fields=["person", "ends_on"], name="named_parts_of_a_person")]

    def __str__(self) -> str:
        return str(self.person)


class EligibilityCheck(models.Model):
    """Whether a rule was met: by which words, when, by whom; the latest of a rule counts."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="eligibility_checks"
    )
    rule = models.CharField(max_length=300)
    is_met = models.BooleanField("met")
    because = models.CharField("how we know", max_length=500, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField("checked at")

    class Meta:
        verbose_name = "check of eligibility"
        verbose_name_plural = "checks of eligibility"
        indexes = [models.Index(fields=["programme", "checked_at"], name="eligibility_in_order")]

    def __str__(self) -> str:
        return self.rule
