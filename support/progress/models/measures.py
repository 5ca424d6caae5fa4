"""Measures: where a figure stood at the start, what is planned for each term, what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.toolkit.versions import Versioned
from support.programmes.models import Programme
from support.progress.models.plans import Objective

START, FIRST_CHECK, SECOND_CHECK = 0, 101, 102


class Measure(Versioned):
    """One figure of one group of pupils that is followed from the start to the last sustain check.

    Only numbers of groups: no pupil is ever named.
    """

    class Kind(models.TextChoices):
        BASELINE = "baseline", "Reception baseline"
        GLD = "gld", "Good level of development"
        PHONICS = "phonics", "Phonics screening check"
        YEAR_2 = "year_2", "Year 2, teacher assessment"
        TABLES = "tables", "Year 4 multiplication tables check"
        READING = "ks2_reading", "KS2 reading"
        WRITING = "ks2_writing", "KS2 writing"
        MATHS = "ks2_maths", "KS2 maths"
        COMBINED = "ks2_combined", "KS2 reading, writing and maths combined"
        ATTENDANCE = "attendance", "Attendance"
        GAP = "gap", "Gap of disadvantaged pupils"
        OWN = "own", "The school’s own"

    class Unit(models.TextChoices):
        PERCENT = "percent", "Per cent of pupils"
        POINTS = "points", "Percentage points"
        SCORE = "score", "Average score"
        COUNT = "count", "Number"

    class Group(models.TextChoices):
        ALL = "all", "All pupils"
        DISADVANTAGED = "disadvantaged", "Disadvantaged pupils"
        OTHERS = "others", "Pupils who aren’t disadvantaged"
        SEND = "send", "Pupils with SEND"
        NOT_SEND = "not_send", "Pupils without SEND"

    # A group and those that with it make up all: one hidden figure gives away the other.
    PARTS = ((Group.DISADVANTAGED, Group.OTHERS), (Group.SEND, Group.NOT_SEND))

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField("what is measured", max_length=12, choices=Kind.choices)
    name = models.CharField(
        "in the school’s own words",
        max_length=150,
        blank=True,
        help_text="For the school’s own measure, and where a special or small school words its own.",
    )
    year_group = models.CharField("year group", max_length=3, blank=True)
    group = models.CharField("of whom", max_length=13, choices=Group.choices, default=Group.ALL)
    unit = models.CharField("counted in", max_length=8, choices=Unit.choices, default=Unit.PERCENT)
    is_better_lower = models.BooleanField("lower is better", default=False)
    is_headline = models.BooleanField("stands on top of the programme’s page", default=False)
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    source = models.CharField("where the figures come from", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("added at")
    dropped_at = models.DateTimeField("dropped at", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "name", "year_group", "group"],
                condition=Q(dropped_at__isnull=True),
                name="programme_follows_a_figure_once",
                violation_error_message="The programme follows this figure already.",
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(is_headline=True, dropped_at__isnull=True),
                name="one_measure_stands_on_top",
            ),
            models.CheckConstraint(
                condition=~Q(kind="own") | ~Q(name=""),
                name="own_measure_has_a_name",
                violation_error_message="Give the school’s own measure a name.",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "position", "id"], name="measures_in_order"),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class MeasureValue(models.Model):
    """A measure's planned and actual figure at one point.

    `point` is 0 at the start, 1 to 8 the terms, 101 and 102 one and two terms after the end.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="values")
    point = models.PositiveSmallIntegerField()
    planned = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    actual = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    cohort = models.PositiveSmallIntegerField("pupils in the group", null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField("entered at")

    class Meta:
        verbose_name = "value of a measure"
        verbose_name_plural = "values of measures"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "point"], name="measure_has_one_value_at_a_point"
            ),
        ]

    def __str__(self) -> str:
        return str(self.actual if self.actual is not None else self.planned)
