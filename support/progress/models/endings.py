"""How support ends, and whether what it brought lasts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.toolkit.versions import Versioned
from support.programmes.models import Programme, Side
from support.progress.models.plans import PLANNING_SIDES
from support.progress.models.reviews import Course

CHECK_OPEN = timedelta(days=28)


class FinalView(Versioned):
    """How one of the two schools sees the whole programme at its end."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="final_views")
    side = models.CharField(max_length=12, choices=PLANNING_SIDES)
    overall = models.CharField("overall", max_length=10, choices=Course.choices, blank=True)
    changed = models.TextField("what has changed", max_length=3000, blank=True)
    remains = models.TextField("what remains to be done", max_length=3000, blank=True)
    helped = models.TextField("what helped most", max_length=2000, blank=True)
    thanks = models.TextField("thanks to the other school", max_length=1000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField("last saved at")
    given_at = models.DateTimeField("given at", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "side"], name="each_school_has_one_final_view"
            ),
        ]

    def __str__(self) -> str:
        return "Final review"


class Ending(Versioned):
    """The end of the terms of support, and when is looked whether it lasts."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="ending")
    opened_at = models.DateTimeField("final review opened at")
    due_at = models.DateTimeField("final review due")
    closed_at = models.DateTimeField("terms of support ended at", null=True, blank=True)
    checkback_by = models.DateTimeField("impact looked back at by", null=True, blank=True)
    checkback_changed = models.TextField("what changed", max_length=3000, blank=True)
    checkback_for_whom = models.CharField("for whom", max_length=500, blank=True)
    checkback_evidence = models.TextField("with what evidence", max_length=3000, blank=True)
    checkback_given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    checkback_given_at = models.DateTimeField("looked back at", null=True, blank=True)
    story_named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    story_named_at = models.DateTimeField("named for a case study at", null=True, blank=True)
    story_because = models.CharField("why others should read it", max_length=500, blank=True)
    story_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    story_agreed_at = models.DateTimeField("school agreed at", null=True, blank=True)
    story_refused_at = models.DateTimeField("school refused at", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["checkback_by"],
                name="endings_to_look_back_at",
                condition=Q(checkback_given_at=None),
            ),
        ]

    def __str__(self) -> str:
        return "End of the support"


class SustainCheck(Versioned):
    """Whether what was reached still stands, one and two terms after the end."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="sustain_checks"
    )
    number = models.PositiveSmallIntegerField(
        choices=[(1, "One term after"), (2, "Two terms after")]
    )
    due_at = models.DateTimeField("due")
    stands = models.CharField("does it last", max_length=10, choices=Course.choices, blank=True)
    words = models.TextField("what still stands, and what slipped", max_length=3000, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField("given at", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="each_sustain_check_is_made_once"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="sustain_checks_due", condition=Q(given_at=None)),
        ]

    def __str__(self) -> str:
        return self.get_number_display()

    @property
    def opens_at(self) -> datetime:
        """From when it may be made: said earlier, it would say nothing of the term that it is of."""
        return self.due_at - CHECK_OPEN


SIDES_AT_THE_END = (Side.SCHOOL, Side.SUPPORTER)
