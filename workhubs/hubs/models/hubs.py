"""Workhubs and their years."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import (
    Avg,
    Case,
    Count,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Lower

from alliances.meetings.models import Body, Meeting
from alliances.membership.models import Alliance, Area
from alliances.schools.models import SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.folding import folded
from partnership.toolkit.versions import Versioned
from workhubs.hubs.models.objectives import GOING_WELL, Objective
from workhubs.hubs.models.people import WorkhubPerson
from workhubs.hubs.models.places import WorkhubSchool


class WorkhubQuerySet(models.QuerySet["Workhub"]):
    """The vocabulary of workhubs."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Those of her alliances and those she takes part in herself; portal staff see all."""
        if not person.is_active:
            return self.none()
        if person.is_staff:
            return self
        hers = Workhub.objects.filter(alliance__in=Alliance.objects.of_person(person, on=on))
        own = WorkhubPerson.objects.on(on).filter(person=person)
        return self.filter(
            pk__in=hers.values("pk").union(own.values("workhub_year__workhub"), all=True)
        )


class Workhub(Versioned):
    """A working group on one priority; it keeps its name and address over the years."""

    class Kind(models.TextChoices):
        WORKHUB = "workhub", "Workhub"
        LEARNING_COMMUNITY = "community", "Learning community"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="workhubs")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=120, unique=True)
    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="workhub")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WORKHUB)
    closed_on = models.DateField("last day", null=True, blank=True)
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

    @property
    def is_community(self) -> bool:
        """Whether it is a learning community."""
        return self.kind == self.Kind.LEARNING_COMMUNITY

    def is_closed(self, on: date) -> bool:
        """Whether its last day is over."""
        return self.closed_on is not None and self.closed_on < on


class WorkhubYearQuerySet(models.QuerySet["WorkhubYear"]):
    """The vocabulary of a workhub's years."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Years of the workhubs that she may see."""
        if not person.is_active:
            return self.none()
        if person.is_staff:
            return self
        return self.filter(workhub__in=Workhub.objects.visible_to(person, on=on).values("pk"))

    def visible_among(self, person: Person, *, on: date) -> Self:
        """The same where few rows are left already: each is checked, instead of all being found."""
        if not person.is_active:
            return self.none()
        if person.is_staff:
            return self
        alliances = Alliance.objects.of_person(person, on=on).values("pk")
        own = WorkhubPerson.objects.on(on).filter(person=person).values("workhub_year__workhub")
        return self.filter(Q(workhub__alliance__in=alliances) | Q(workhub__in=own))

    def in_year(self, year: AcademicYear) -> Self:
        """Those of one academic year."""
        return self.filter(year=year.start)

    def of_person(self, person: Person, *, on: date) -> Self:
        """Those she leads or takes part in, herself or by a school where she has a post."""
        schools = SchoolPost.objects.on(on).filter(person=person).values("school")
        places = WorkhubSchool.objects.standing(on=on).filter(school__in=schools)
        own = WorkhubPerson.objects.on(on).filter(person=person)
        led = WorkhubYear.objects.led_by(person).values("pk")
        return self.filter(
            pk__in=led.union(places.values("workhub_year"), own.values("workhub_year"), all=True)
        )

    def led_by(self, person: Person) -> Self:
        """Those that she leads, or whose lead she stands in for."""
        return self.filter(Q(lead=person) | Q(deputy=person))

    def running(self, *, on: date) -> Self:
        """Those that neither ended nor were closed before a day."""
        is_open = Q(closed_on__isnull=True) | Q(closed_on__gte=on)
        return self.filter(is_open, year__gte=AcademicYear.containing(on).start)

    def with_school_count(self, *, on: date) -> Self:
        """`school_count`: how many schools take part, and have not left before that day."""
        places = (
            WorkhubSchool.objects.standing(on=on)
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

    def with_progress(self) -> Self:
        """`going_well`: which part of its objectives is met or on track; none without any."""
        well = Case(When(progress__in=GOING_WELL, then=Value(1.0)), default=Value(0.0))
        objectives = Objective.objects.filter(workhub_year=OuterRef("pk")).order_by()
        shares = objectives.values("workhub_year").annotate(share=Avg(well)).values("share")
        return self.annotate(going_well=Subquery(shares, output_field=FloatField()))


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
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="workhub_years_deputised",
        help_text="Does what the lead may do.",
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="workhub_years"
    )
    priority = models.CharField("priority area", max_length=150, blank=True)
    aims = models.TextField(blank=True)
    takes_requests = models.BooleanField("schools may ask to join", default=True)
    closed_on = models.DateField("last day", null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | Q(lead__isnull=False) & ~Q(deputy=F("lead")),
                name="deputy_stands_beside_another_lead",
                violation_error_message="Choose a lead first, and somebody else as deputy.",
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

    @property
    def last_day(self) -> date:
        """The day with which it ends: the academic year's, or an earlier one."""
        end = self.academic_year.last_day
        return end if self.closed_on is None else min(self.closed_on, end)

    def is_over(self, on: date) -> bool:
        """Whether its year is over, or was closed before."""
        return self.last_day < on

    def is_led_by(self, person: Person) -> bool:
        """Whether she leads it or stands in for its lead."""
        return person.pk in {self.lead_id, self.deputy_id}
