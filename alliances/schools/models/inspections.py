"""Inspections of schools, each under the framework of its day and never beside another one's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import models

from alliances.schools.models.register import RegisterFile, School

FOUR_GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")
FIVE_GRADES = (
    "Exceptional",
    "Strong standard",
    "Expected standard",
    "Needs attention",
    "Urgent improvement",
)
MET = ("Met", "Not met")
FORMER_GRADES = ("Outstanding", "Good", "Satisfactory", "Inadequate")
OVERALL = "Overall effectiveness"
JUDGED_2005 = (
    OVERALL,
    "Achievement and standards",
    "Personal development and well-being",
    "Quality of provision",
    "Leadership and management",
)
JUDGED_2009 = (
    OVERALL,
    "Outcomes for individuals and groups of pupils",
    "Quality of provision",
    "Effectiveness of leadership and management",
)
JUDGED_2012 = (
    OVERALL,
    "Achievement of pupils",
    "Quality of teaching",
    "Behaviour and safety of pupils",
    "Leadership and management",
)
JUDGED_2015 = (
    OVERALL,
    "Effectiveness of leadership and management",
    "Quality of teaching, learning and assessment",
    "Personal development, behaviour and welfare",
    "Outcomes for pupils",
    "Early years provision",
    "16 to 19 study programmes",
)
JUDGED_2024 = (
    "Quality of education",
    "Behaviour and attitudes",
    "Personal development",
    "Leadership and management",
    "Early years provision",
    "Sixth-form provision",
)
REPORT_CARD = (
    "Inclusion",
    "Curriculum and teaching",
    "Achievement",
    "Attendance and behaviour",
    "Personal development and wellbeing",
    "Leadership and governance",
    "Early years",
    "Post-16 provision",
)


@dataclass(frozen=True)
class Framework:
    """What inspectors looked at in a span of years, and the words they gave."""

    words: str
    since: date
    until: date | None
    areas: dict[str, tuple[str, ...]]

    def holds_on(self, day: date) -> bool:
        """Whether inspections of a day were under it."""
        return self.since <= day and (self.until is None or day <= self.until)


def _areas(names: tuple[str, ...], grades: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(names, grades)


FRAMEWORKS = {
    "ofsted_2025": Framework(
        "Ofsted report card, from November 2025",
        date(2025, 11, 10),
        None,
        {"Safeguarding": MET, **_areas(REPORT_CARD, FIVE_GRADES)},
    ),
    "ofsted_2024": Framework(
        "Ofsted without an overall grade, September 2024 to November 2025",
        date(2024, 9, 1),
        date(2025, 11, 9),
        _areas(JUDGED_2024, FOUR_GRADES),
    ),
    "ofsted_2019": Framework(
        "Ofsted’s education inspection framework, 2019 to 2024",
        date(2019, 9, 1),
        date(2024, 8, 31),
        _areas((OVERALL, *JUDGED_2024), FOUR_GRADES),
    ),
    "ofsted_2015": Framework(
        "Ofsted’s common inspection framework, 2015 to 2019",
        date(2015, 9, 1),
        date(2019, 8, 31),
        _areas(JUDGED_2015, FOUR_GRADES),
    ),
    "ofsted_2012": Framework(
        "Ofsted’s school inspection framework, 2012 to 2015",
        date(2012, 1, 1),
        date(2015, 8, 31),
        _areas(JUDGED_2012, FOUR_GRADES),
    ),
    "ofsted_2009": Framework(
        "Ofsted’s school inspection framework, 2009 to 2011",
        date(2009, 9, 1),
        date(2011, 12, 31),
        _areas(JUDGED_2009, FORMER_GRADES),
    ),
    "ofsted_2005": Framework(
        "Ofsted’s school inspection framework, 2005 to 2009",
        date(2005, 9, 1),
        date(2009, 8, 31),
        _areas(JUDGED_2005, FORMER_GRADES),
    ),
}


def framework_of(day: date) -> str | None:
    """The framework under which schools were inspected on a day."""
    return next((key for key, each in FRAMEWORKS.items() if each.holds_on(day)), None)


class Inspection(models.Model):
    """An inspection of a school on a day, under one framework."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="inspections")
    framework = models.CharField(
        max_length=20, choices=[(key, each.words) for key, each in FRAMEWORKS.items()]
    )
    inspected_on = models.DateField("inspected on")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField("entered at")
    source = models.ForeignKey(
        RegisterFile, on_delete=models.PROTECT, null=True, related_name="inspections"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "framework", "inspected_on"],
                name="school_is_inspected_once_a_day_under_a_framework",
                violation_error_message="This inspection has been entered already.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_framework_display()


class InspectionResult(models.Model):
    """What one inspection said of one area, in the words of its framework."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="results")
    area = models.CharField(max_length=80)
    grade = models.CharField(max_length=40)

    class Meta:
        verbose_name = "result of an inspection"
        verbose_name_plural = "results of inspections"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "area"],
                name="inspection_judges_an_area_once",
                violation_error_message="This area has a result already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.grade}"
