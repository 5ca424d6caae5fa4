"""Term calendars in the admin, to be read only: they are settled on the portal’s own pages."""

from __future__ import annotations

from django.contrib import admin

from partnership.audit.admin import ReadOnlyAdmin
from partnership.calendar.models import TermCalendar


@admin.register(TermCalendar)
class TermCalendarAdmin(ReadOnlyAdmin):
    """Whose calendar follows whose, and what happened to it."""

    why_kept = "Term dates have a history: settle them on the page of the year."
    list_display = ("title", "follows", "version")
    list_filter = (("follows", admin.EmptyFieldListFilter),)
    list_select_related = ("follows",)
    search_fields = ("search_text",)
    ordering = ("title", "pk")
