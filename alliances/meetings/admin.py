"""Meetings in the admin: groups and seats are kept here; of meetings that they exist, and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from alliances.meetings.models import Body, Meeting, MeetingReply, Seat
from alliances.meetings.services import (
    close_body,
    edit_body,
    found_body,
    leave_seat,
    take_seat,
)
from partnership.audit.admin import KeptAdmin, ReadOnlyAdmin


@admin.register(Body)
class BodyAdmin(KeptAdmin):
    """Boards, groups and workhubs that meet, founded and reworded through the portal's services."""

    why_kept = "A group is never deleted: give it a last day instead."
    list_display = ("name", "kind", "alliance", "lead", "seats_today", "closed_on")
    list_filter = ("kind", "alliance", ("closed_on", admin.EmptyFieldListFilter))
    list_select_related = ("alliance", "lead")
    search_fields = ("name", "alliance__search_text")
    search_help_text = "Part of the name of a group or an alliance."
    autocomplete_fields = ("alliance", "lead")
    ordering = ("alliance__name", "name", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": ("alliance", "name", "kind", "lead", "closed_on"),
                "description": why_kept,
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each with the number of its seats, in one query for any number of rows."""
        today = timezone.localdate()
        open_ended = Q(seats__ends_on__isnull=True) | Q(seats__ends_on__gte=today)
        return (
            super().get_queryset(request).annotate(seats_counted=Count("seats", filter=open_ended))
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Body | None = None) -> tuple[str, ...]:
        """Whose group it is and what it is stays; another is another group."""
        return ("alliance", "kind") if obj else ("closed_on",)

    @admin.display(description="seats")
    def seats_today(self, body: Any) -> int:
        """Seats that haven't ended."""
        return int(body.seats_counted)

    def save_model(
        self,
        request: HttpRequest,
        obj: Body,
        form: forms.ModelForm[Body],
        change: bool,  # noqa: FBT001 Django's own signature
    ) -> None:
        """Let the services write, with their audit rows in the same transaction."""
        now = timezone.now()
        person: Any = request.user
        facts = form.cleaned_data
        if not change:
            obj.pk = found_body(**facts, by=person, now=now).pk
            return
        edit_body(body=obj, name=facts["name"], lead=facts["lead"], by=person, now=now)
        if "closed_on" in form.changed_data:
            close_body(body=obj, last_day=facts["closed_on"], by=person, now=now)


class SeatForm(forms.ModelForm):
    """A seat of a school, of a person, or of a person for a school, held once at a time."""

    def clean(self) -> dict[str, Any]:
        """Say what to do where the seat is taken, or would end before it begins."""
        facts = super().clean() or {}
        starts_on, ends_on = facts.get("starts_on") or self.instance.starts_on, facts.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            raise ValidationError("The last day must not be before the first.")
        if self.instance.pk is None and facts.get("body"):
            same = Seat.objects.filter(
                body=facts["body"],
                school=facts.get("school"),
                person=facts.get("person"),
                ends_on=None,
            )
            if same.exists():
                raise ValidationError("This seat is taken already. End that one first.")
        return facts


@admin.register(Seat)
class SeatAdmin(KeptAdmin):
    """Who belongs to which group, from when until when."""

    why_kept = "A seat is never deleted: give it a last day instead."
    form = SeatForm
    list_display = ("body", "school", "person", "starts_on", "ends_on")
    list_filter = (("ends_on", admin.EmptyFieldListFilter), "body__kind", "body__alliance")
    list_select_related = ("body", "school", "person")
    search_fields = ("body__name", "school__search_text", "person__search_name")
    search_help_text = "Part of the name of a group, a school or a person."
    autocomplete_fields = ("body", "school", "person")
    ordering = ("body__name", "body", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": ("body", "school", "person", "starts_on", "ends_on"),
                "description": why_kept,
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Seat | None = None) -> tuple[str, ...]:
        """Whose seat it is and since when stays; a seat that is taken has no last day yet."""
        return ("body", "school", "person", "starts_on") if obj else ("ends_on",)

    def save_model(
        self,
        request: HttpRequest,
        obj: Seat,
        form: forms.ModelForm[Seat],
        change: bool,  # noqa: FBT001 Django's own signature
    ) -> None:
        """Let the services write, with their audit rows in the same transaction."""
        now = timezone.now()
        person: Any = request.user
        facts = form.cleaned_data
        if not change:
            obj.pk = take_seat(**facts, by=person, now=now).pk
        elif "ends_on" in form.changed_data:
            leave_seat(seat=obj, ends_on=facts["ends_on"], by=person, now=now)


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    """Meetings by stage and date; agenda, papers and reasons stay with those who are asked."""

    why_kept = "A meeting has a history: it is cancelled on its own page."
    list_display = ("body", "alliance", "state", "starts_at", "ends_at", "asked", "answered")
    list_filter = ("state", "body__kind", "body__alliance")
    list_select_related = ("body__alliance",)
    search_fields = ("body__name", "body__alliance__search_text")
    search_help_text = "Part of the name of a group or an alliance."
    date_hierarchy = "starts_at"
    ordering = ("-starts_at", "-pk")
    fields = ("body", "state", "starts_at", "ends_at", "called_at", "moved_at", "cancelled_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each with how many are asked and have answered, in one query for any number of rows."""
        asked = Q(replies__ended_at=None)
        return (
            super()
            .get_queryset(request)
            .annotate(
                asked_counted=Count("replies", filter=asked),
                answered_counted=Count("replies", filter=asked & ~Q(replies__answer="")),
            )
        )

    @admin.display(description="alliance", ordering="body__alliance__name")
    def alliance(self, meeting: Meeting) -> str:
        """Whose meeting it is."""
        return str(meeting.body.alliance)

    @admin.display(description="asked")
    def asked(self, meeting: Any) -> int:
        """How many replies are wanted."""
        return int(meeting.asked_counted)

    @admin.display(description="answered")
    def answered(self, meeting: Any) -> int:
        """How many of them are there."""
        return int(meeting.answered_counted)


@admin.register(MeetingReply)
class MeetingReplyAdmin(ReadOnlyAdmin):
    """Who was asked when, and whether she has answered; not what, nor why she can't come."""

    why_kept = "An answer belongs to its meeting and stays with it."
    list_display = ("body", "day", "person", "school", "asked_at", "answered_at", "ended_at")
    list_filter = (
        ("answered_at", admin.EmptyFieldListFilter),
        ("ended_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("meeting__body", "person", "school")
    search_fields = ("person__search_name", "meeting__body__name", "school__search_text")
    search_help_text = "Part of the name of a person, a group or a school."
    ordering = ("-asked_at", "-pk")
    fields = ("body", "day", "person", "school", "asked_at", "answered_at", "ended_at")

    @admin.display(description="group", ordering="meeting__body__name")
    def body(self, reply: MeetingReply) -> str:
        """Whose meeting it is."""
        return str(reply.meeting.body)

    @admin.display(description="day of the meeting", ordering="meeting__starts_at")
    def day(self, reply: MeetingReply) -> object:
        """When it is."""
        return reply.meeting.starts_at
