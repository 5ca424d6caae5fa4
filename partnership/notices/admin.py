"""The outbox in the admin: there to be read; trying again is done on its own page."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from partnership.notices.models import MailChoice, Notice
from partnership.toolkit.registers import notice_kinds


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """Notices as they stand."""

    list_display = ["kind", "recipient", "state", "send_after", "settled_at", "attempts", "reason"]
    list_filter = ["state", "kind"]
    search_fields = ["recipient__email", "recipient__search_name"]
    list_select_related = ["recipient"]
    ordering = ["-planned_at", "-id"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        """Without those of rooms in confidence and reminders of their duties: the keys tell."""
        kinds = notice_kinds().values()
        hidden = Q()
        for room in sorted({kind.key.partition(".")[0] for kind in kinds if kind.in_confidence}):
            hidden |= Q(kind__startswith=f"{room}.") | Q(key__startswith=f"{room}.")
        return super().get_queryset(request).exclude(hidden)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return False


@admin.register(MailChoice)
class MailChoiceAdmin(admin.ModelAdmin):
    """How people are reminded, and which addresses refuse mail."""

    list_display = ["person", "reminders", "refused_at", "refused_because"]
    list_filter = ["reminders"]
    search_fields = ["person__email", "person__search_name"]
    list_select_related = ["person"]
    ordering = ["person__search_name", "id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: MailChoice | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MailChoice | None = None) -> bool:
        return False
