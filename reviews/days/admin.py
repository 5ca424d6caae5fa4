"""Reviews in the admin: that there is one, its stage and its dates; nothing of what it says."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from partnership.audit.admin import ReadOnlyAdmin
from partnership.calendar.years import AcademicYear
from reviews.days.course import counted, facts_in, stage_of
from reviews.days.models import Review

DATES = ("held_on", "shared_at", "moderated_at", "released_at", "notes_deleted_at")
DUE = ("evaluation_by", "focus_by", "read_by", "views_by", "moderate_by", "report_by")
WORDS = (
    "focus",
    "lines",
    "planning_place",
    "planning_agreed",
    "contact_name",
    "contact_telephone",
    "deputy_contact",
    "chair_contact",
    "lado_contact",
)


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """Which school it is, who went and what was found is for those who take part alone."""

    why_kept = "Reviews are never deleted here: they belong to the school and its team."
    list_display = ("pk", "alliance", "year", "stage", *DATES)
    list_filter = ("cycle__year", "cycle__alliance")
    list_select_related = ("cycle__alliance", "day")
    ordering = ("-pk",)
    fields = ("alliance", "year", "stage", *DATES, *DUE)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        """Only what the admin shows is read at all."""
        reviews: QuerySet[Any] = super().get_queryset(request)
        return counted(reviews.select_related("cycle__alliance", "day")).defer(*WORDS)

    @admin.display(ordering="cycle__alliance__name")
    def alliance(self, review: Review) -> str:
        """The alliance whose cycle it belongs to."""
        return str(review.cycle.alliance)

    @admin.display(ordering="cycle__year")
    def year(self, review: Review) -> str:
        """The academic year of its cycle."""
        return str(AcademicYear(review.cycle.year))

    @admin.display(description="stage")
    def stage(self, review: Review) -> str:
        """The furthest stage that it has reached."""
        found = stage_of(facts_in(review))
        return str(found.label) if found is not None else "No day"

    @admin.display(description="day", ordering="day__starts_at")
    def held_on(self, review: Review) -> Any:
        """The day that stands."""
        return review.day.day if review.day is not None else None
