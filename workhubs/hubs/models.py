"""Workhubs: schools working on one priority, year by year."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower

from alliances.meetings.models import OFFICE_POSTS, Body, Meeting
from alliances.membership.models import Alliance, AlliancePost
from alliances.schools.models import Delegation, School, SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.folding import folded
from partnership.toolkit.versions import Versioned


class WorkhubQuerySet(models.QuerySet["Workhub"]):
    """The vocabulary of workhubs."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Those of her alliances, by a post there or in a member school; portal staff see all."""
        if not person.is_active:
            return self.none()
        if person.is_staff:
            return self
        return self.filter(alliance__in=Alliance.objects.of_person(person, on=on))


class Workhub(Versioned):
    """A working group on one priority; it keeps its name and address over the years."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="workhubs")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=120, unique=True)
    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="workhub")
    search_name = models.CharField(max_length=200, editable=False)

    objects = WorkhubQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "alliance",
                Lower("name"),
                name="workhub_has_a_name_of_its_own_in_its_alliance",
                violation_error_message="The alliance has a workhub of this name already.",
            ),
        ]
        indexes = [models.Index(fields=["alliance", "name", "id"], name="workhubs_of_an_alliance")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the searchable form of the name beside it."""
        self.search_name = folded(self.name)[:200]
        if (fields := kwargs.get("update_fields")) and "name" in fields:
            kwargs["update_fields"] = {*fields, "search_name"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("hubs:workhub_detail", self.slug)


class WorkhubYearQuerySet(models.QuerySet["WorkhubYear"]):
    """The vocabulary of a workhub's years."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Years of the workhubs that she may see."""
        if not person.is_active:
            return self.none()
        if person.is_staff:
            return self
        return self.filter(workhub__alliance__in=Alliance.objects.of_person(person, on=on))

    def in_year(self, year: AcademicYear) -> Self:
        """Those of one academic year."""
        return self.filter(year=year.start)

    def of_person(self, person: Person, *, on: date) -> Self:
        """Those she leads, or that a school takes part in where she has a post."""
        posts = SchoolPost.objects.on(on).filter(person=person, school=OuterRef("school"))
        places = WorkhubSchool.objects.joined(on=on).filter(
            Exists(posts), workhub_year=OuterRef("pk")
        )
        return self.filter(Q(lead=person) | Exists(places))

    def with_school_count(self, *, on: date) -> Self:
        """`school_count`: how many schools take part on that day."""
        places = (
            WorkhubSchool.objects.joined(on=on)
            .filter(workhub_year=OuterRef("pk"))
            .order_by()
            .values("workhub_year")
            .annotate(count=Count("pk"))
            .values("count")
        )
        count = Coalesce(Subquery(places, output_field=IntegerField()), Value(0))
        return self.annotate(school_count=count)

    def with_next_meeting(self, this_year: AcademicYear, *, now: datetime, ends: datetime) -> Self:
        """`next_meeting_at`: when its body meets next within that year, if that is called.

        `ends` is the moment at which this academic year does.
        """
        called = Meeting.objects.filter(body=OuterRef("workhub__body"), state=Meeting.State.CALLED)
        coming = called.filter(starts_at__gte=now).order_by("starts_at", "pk").values("starts_at")
        this = Subquery(coming.filter(starts_at__lt=ends)[:1])
        following = Subquery(coming.filter(starts_at__gte=ends)[:1])
        return self.annotate(
            next_meeting_at=Case(
                When(year=this_year.start, then=this),
                When(year=this_year.next.start, then=following),
            )
        )


class WorkhubYear(Versioned):
    """A working group of schools on one priority for one academic year."""

    workhub = models.ForeignKey(Workhub, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField("academic year", help_text="The year it begins in.")
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="workhub_years_led",
    )
    priority = models.CharField("priority area", max_length=150, blank=True)
    aims = models.TextField(blank=True)

    objects = WorkhubYearQuerySet.as_manager()

    class Meta:
        verbose_name = "year of a workhub"
        verbose_name_plural = "years of workhubs"
        constraints = [
            models.UniqueConstraint(
                fields=["workhub", "year"],
                name="workhub_has_each_year_once",
                violation_error_message="This workhub has this year already.",
            ),
        ]
        indexes = [models.Index(fields=["year", "workhub"], name="workhub_years_by_year")]

    def __str__(self) -> str:
        return f"{self.workhub}, {self.academic_year}"

    def get_absolute_url(self) -> str:
        return address("hubs:workhub_year", self.workhub.slug, self.academic_year)

    @property
    def academic_year(self) -> AcademicYear:
        """Its year, with first and last day."""
        return AcademicYear(self.year)


class WorkhubSchoolQuerySet(models.QuerySet["WorkhubSchool"]):
    """The vocabulary of schools' places in workhubs."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Taken places to whoever sees the workhub; open ones to its office, lead and that head.

        Who answers for the head sees what she is to answer.
        """
        if not person.is_active:
            return self.none()
        if person.is_staff:
            return self
        office = AlliancePost.objects.on(on).filter(
            person=person,
            kind__in=OFFICE_POSTS,
            alliance=OuterRef("workhub_year__workhub__alliance"),
        )
        heads = (
            SchoolPost.objects.on(on).of_heads().filter(person=person, school=OuterRef("school"))
        )
        held = Delegation.objects.held_by(person, Delegation.Kind.REPLIES, on=on)
        for_head = Exists(held.filter(school=OuterRef("school")))
        concerned = Q(workhub_year__lead=person) | Exists(office) | Exists(heads) | for_head
        return self.filter(
            Q(joined_on__isnull=False) | concerned,
            workhub_year__workhub__alliance__in=Alliance.objects.of_person(person, on=on),
        )

    def joined(self, *, on: date) -> Self:
        """Places taken on a day; the end is the last day."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=on), joined_on__lte=on)

    def unanswered(self) -> Self:
        """Invitations that still wait for an answer."""
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)

    def declined(self) -> Self:
        """Invitations answered with a no."""
        return self.filter(
            answered_at__isnull=False, joined_on__isnull=True, withdrawn_at__isnull=True
        )


class WorkhubSchool(models.Model):
    """A school in a workhub's year: invited, then joined or declined, perhaps left.

    A school that is asked again keeps its row; what was before stands in the audit.
    """

    workhub_year = models.ForeignKey(WorkhubYear, on_delete=models.CASCADE, related_name="schools")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="workhub_places")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField("invited at")
    answer_by = models.DateTimeField("please answer by")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField("answered at", null=True)
    withdrawn_at = models.DateTimeField("withdrawn at", null=True)
    joined_on = models.DateField("joined on", null=True)
    left_on = models.DateField("last day", null=True)

    objects = WorkhubSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "school in a workhub"
        verbose_name_plural = "schools in workhubs"
        constraints = [
            models.UniqueConstraint(
                fields=["workhub_year", "school"],
                name="school_is_asked_into_a_workhub_once_a_year",
                violation_error_message="This school has been asked already.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="school_leaves_a_workhub_after_it_joined",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True)
                | Q(answered_at__isnull=False, withdrawn_at__isnull=True),
                name="school_joins_a_workhub_by_an_answer",
                violation_error_message="A school joins by accepting its invitation.",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "joined_on"], name="workhubs_of_a_school"),
            models.Index(
                fields=["answer_by"],
                name="unanswered_workhub_places",
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Place {self.pk}"

    @property
    def is_unanswered(self) -> bool:
        """Whether its school still owes an answer."""
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def is_declined(self) -> bool:
        """Whether its school said no."""
        answered = self.answered_at is not None and self.withdrawn_at is None
        return answered and self.joined_on is None

    def is_joined(self, on: date) -> bool:
        """Whether its school takes part on that day."""
        if self.joined_on is None or self.joined_on > on:
            return False
        return self.left_on is None or self.left_on >= on
