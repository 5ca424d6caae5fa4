"""What a school says of itself, kept from year to year: its self-evaluation and its priorities."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from alliances.schools.models import Delegation, School, SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import Versioned

PUPILS = "No pupil’s name or initials."


class SelfEvaluationQuerySet(models.QuerySet["SelfEvaluation"]):
    """The vocabulary of self-evaluations."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Those of schools that she heads, or for whose heads she acts in reviews.

        A team reads the one it is given through its review.
        """
        if not person.is_active:
            return self.none()
        heads = SchoolPost.objects.on(on).of_heads().filter(person=person)
        acting = Delegation.objects.held_by(person, Delegation.Kind.REVIEWS, on=on)
        schools = heads.values("school").union(acting.values("school"), all=True)
        return self.filter(school__in=schools)

    def open_to_others(self, *, on: date) -> Self:
        """Those whose priorities a head shows to heads who show theirs.

        It holds as long as whoever said so speaks for the school: her successor is asked anew.
        """
        of_school = {"school": OuterRef("school")}
        heads = SchoolPost.objects.on(on).of_heads().filter(person=OuterRef("matching_by"))
        acting = Delegation.objects.on(on).filter(
            deputy=OuterRef("matching_by"), kind=Delegation.Kind.REVIEWS
        )
        speaks = Exists(heads.filter(**of_school)) | Exists(acting.filter(**of_school))
        return self.filter(speaks, matching_since__isnull=False)


class SelfEvaluation(Versioned):
    """A school's own view of itself in an academic year; the next year's begins with its words."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="self_evaluations")
    year = models.PositiveSmallIntegerField("academic year, by its first calendar year")
    context = models.TextField(
        "the school and its pupils", max_length=3000, blank=True, help_text=PUPILS
    )
    going_well = models.TextField("what goes well", max_length=5000, blank=True, help_text=PUPILS)
    to_improve = models.TextField("what is to improve", max_length=5000, blank=True)
    evidence = models.TextField("how the school knows", max_length=5000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField("last changed at")
    matching_since = models.DateTimeField(
        "priorities shown to heads who show theirs since", null=True, blank=True
    )
    matching_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SelfEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = "self-evaluation"
        verbose_name_plural = "self-evaluations"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"],
                name="school_evaluates_itself_once_a_year",
                violation_error_message="The school has its self-evaluation of that year already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["year", "school"],
                name="priorities_open_to_others",
                condition=Q(matching_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Self-evaluation {self.years}"

    def get_absolute_url(self) -> str:
        return address("days:evaluation_detail", self.school.urn, self.year)

    @property
    def years(self) -> str:
        """2026 to 2027."""
        return str(AcademicYear(self.year))

    @property
    def is_written(self) -> bool:
        """Whether it says what goes well and what is to improve."""
        return bool(self.going_well.strip() and self.to_improve.strip())


class Priority(Versioned):
    """One priority of a school's development plan (SDP) in a year."""

    class Area(models.TextChoices):
        READING = "reading", "Reading and phonics"
        WRITING = "writing", "Writing"
        MATHEMATICS = "mathematics", "Mathematics"
        SCIENCE = "science", "Science"
        CURRICULUM = "curriculum", "Curriculum and subjects"
        TEACHING = "teaching", "Teaching and how it is checked"
        ASSESSMENT = "assessment", "Assessment and feedback"
        EARLY_YEARS = "early_years", "Early years"
        SEND = "send", "Special educational needs and disabilities"
        DISADVANTAGE = "disadvantage", "Disadvantaged pupils"
        LANGUAGE = "language", "English as an additional language"
        ATTENDANCE = "attendance", "Attendance"
        BEHAVIOUR = "behaviour", "Behaviour and relationships"
        WELLBEING = "wellbeing", "Wellbeing and mental health"
        PERSONAL = "personal", "Personal development"
        TRANSITION = "transition", "Transition between schools"
        LEADERSHIP = "leadership", "Leadership at all levels"
        GOVERNANCE = "governance", "Governance"
        STAFF = "staff", "Staff development and workload"
        FAMILIES = "families", "Families and community"

    evaluation = models.ForeignKey(
        SelfEvaluation, on_delete=models.CASCADE, related_name="priorities"
    )
    place = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=20, choices=Area.choices)
    title = models.CharField("the priority", max_length=200)
    aim = models.TextField("what will be different", max_length=1000, blank=True)

    class Meta:
        verbose_name = "priority of a development plan"
        verbose_name_plural = "priorities of development plans"
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="priority_says_something",
                violation_error_message="Give the priority.",
            ),
        ]
        indexes = [
            models.Index(fields=["evaluation", "place", "id"], name="priorities_in_order"),
            models.Index(fields=["area", "evaluation"], name="priorities_by_area"),
        ]

    def __str__(self) -> str:
        return self.title
