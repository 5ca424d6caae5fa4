"""The audit trail in the admin, to be read only, and how the admin of every room keeps history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from partnership.audit.history import History, history_of
from partnership.audit.models import Event
from partnership.audit.permissions import can_read_audit
from partnership.toolkit.registers.finding import WINGS

IN_CONFIDENCE = "In confidence"


def is_in_confidence(app: str) -> bool:
    """Whether a room's things are told to those alone who take part: its config says so."""
    rooms = (each for each in apps.get_app_configs() if getattr(each, "is_in_confidence", False))
    return any(room.label == app for room in rooms)


def _told(history: History, app: str) -> History:
    """What happened; in a room that keeps confidence not by whom, for a name tells the school."""
    if not is_in_confidence(app):
        return history
    return History(replace(event, who=IN_CONFIDENCE) for event in history)


class KeptAdmin(admin.ModelAdmin):
    """Base of every room's admin: nothing with a history is deleted, and the trail is our own.

    Django's own log would keep people's names for ever, so it is left empty.
    """

    why_kept: ClassVar[str] = "This has a history and stays: nothing is deleted in the admin."
    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what was done stands."""
        return False

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say in a sentence why nothing is deleted."""
        raise PermissionDenied(self.why_kept)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The thing's audit trail in place of Django's log."""
        thing = self.get_object(request, object_id)
        if thing is None or not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {thing}",
            "subtitle": None,
            "thing": thing,
            "history": _told(history_of(thing, whole=True), self.opts.app_label),
            "list_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist",
            "list_title": str(self.opts.verbose_name_plural).capitalize(),
        }
        return TemplateResponse(request, "audit/admin_history.html", context)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave Django's log empty."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Leave Django's log empty."""


class ReadOnlyAdmin(KeptAdmin):
    """Things that the admin shows and never changes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made elsewhere."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Shown only."""
        return False


class WhenFilter(admin.SimpleListFilter):
    """How long ago, without asking the whole table for its days."""

    title = "when"
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Spans people ask for."""
        return (("1", "Last 24 hours"), ("7", "Last 7 days"), ("31", "Last 31 days"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Events since then."""
        days = self.value()
        if days not in {"1", "7", "31"}:
            return queryset
        return queryset.filter(at__gte=timezone.now() - timedelta(days=int(days)))


class RoomFilter(admin.SimpleListFilter):
    """The room of the thing, from the rooms that exist and not from the rows."""

    title = "room"
    parameter_name = "room"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """Every room by its name."""
        rooms = (config for config in apps.get_app_configs() if config.name.startswith(WINGS))
        return sorted((config.label, str(config.verbose_name)) for config in rooms)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Events of that room's things."""
        return queryset.filter(app=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Who did what to which thing."""

    why_kept = "What happened stays: the audit trail is never changed or deleted."
    list_display = ("at", "who", "said", "title", "thing", "school_id", "alliance_id")
    list_display_links = ("at",)
    list_filter = (WhenFilter, RoomFilter)
    search_fields = ("title", "action")
    search_help_text = "Part of what was done or of the thing’s title."
    ordering = ("-at", "-id")
    fields = ("at", "who", "action", "title", "thing", "fields", "values")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Portal staff."""
        return can_read_audit(request.user)  # type: ignore[arg-type]  # whoever is nobody is not staff

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """The events with the name of whoever acted, in one query for any number of rows."""
        people = get_user_model().objects.filter(pk=OuterRef("actor_id"))
        return super().get_queryset(request).annotate(actor=Subquery(people.values("name")[:1]))

    @admin.display(description="what", ordering="action")
    def said(self, event: Event) -> str:
        """The action as a sentence begins."""
        return event.action[:1].upper() + event.action[1:]

    @admin.display(description="who")
    def who(self, event: Event) -> str:
        """Whoever acted, by the name she has now."""
        if event.actor_id is None:
            return "The portal"
        if is_in_confidence(event.app):
            return IN_CONFIDENCE
        return getattr(event, "actor", None) or "Somebody who has left"

    @admin.display(description="kind of thing")
    def thing(self, event: Event) -> str:
        """The kind and number of the thing."""
        return f"{event.model} {event.thing_id}"
