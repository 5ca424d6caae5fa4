"""Meetings in the admin: that they exist, their stage and dates, and nothing of their content."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from alliances.meetings.models import Body, Meeting, MeetingReply, Seat
from partnership.audit.admin import ReadOnlyAdmin


@admin.register(Body)
class BodyAdmin(ReadOnlyAdmin):
    """Boards, groups and workhubs that meet."""

    why_kept = "A body has a history: close it instead."
    list_display = ("name", "kind", "alliance", "lead", "seat_count", "closed_on")
    list_filter = ("kind",)
    list_select_related = ("alliance", "lead")
    search_fields = ("name", "alliance__name")
    ordering = ("name", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each with the number of its seats, in one query for any number of rows."""
        return super().get_queryset(request).annotate(seats_counted=Count("seats"))

    @admin.display(description="seats")
    def seat_count(self, body: Any) -> int:
        """All seats it ever had."""
        return int(body.seats_counted)


@admin.register(Seat)
class SeatAdmin(ReadOnlyAdmin):
    """Who belongs to which body, from when until when."""

    why_kept = "A seat has a history: let it end instead."
    list_display = ("body", "school", "person", "starts_on", "ends_on")
    list_select_related = ("body", "school", "person")
    search_fields = ("body__name", "school__search_text", "person__search_name")
    ordering = ("body__name", "pk")


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    """Meetings by stage and date; agenda, papers and reasons stay with those who are asked."""

    why_kept = "A meeting has a history: it is cancelled on its own page."
    list_display = ("body", "state", "starts_at", "ends_at", "called_at", "cancelled_at")
    list_filter = ("state",)
    list_select_related = ("body",)
    search_fields = ("body__name", "body__alliance__name")
    date_hierarchy = "starts_at"
    ordering = ("-starts_at", "-pk")
    fields = ("body", "state", "starts_at", "ends_at", "called_at", "moved_at", "cancelled_at")


@admin.register(MeetingReply)
class MeetingReplyAdmin(ReadOnlyAdmin):
    """Who was asked when, and whether she has answered; not what."""

    why_kept = "An answer belongs to its meeting and stays with it."
    list_display = ("meeting", "person", "school", "asked_at", "answered_at", "ended_at")
    list_select_related = ("meeting__body", "person", "school")
    search_fields = ("person__search_name", "meeting__body__name")
    ordering = ("-asked_at", "-pk")
    fields = ("meeting", "person", "school", "asked_at", "answered_at", "ended_at")
