"""Support in the admin: that there is a programme, its stage and its dates; nothing of what it says."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from partnership.audit.admin import ReadOnlyAdmin
from support.programmes.models import Programme

DATES = ("asked_at", "answered_at", "judged_at", "matched_at", "signed_at", "ended_at")


@admin.register(Programme)
class ProgrammeAdmin(ReadOnlyAdmin):
    """Which school it is, what it needs and what was found is for those who take part alone."""

    why_kept = "Support programmes are never deleted here: they belong to those who take part."
    list_display = ("pk", "alliance", "stands_at", *DATES)
    list_filter = ("state", "alliance")
    list_select_related = ("alliance",)
    ordering = ("-asked_at", "-pk")
    fields = ("alliance", "stands_at", *DATES)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Programme]:
        """Only what the admin shows is read at all."""
        programmes: QuerySet[Any] = super().get_queryset(request)
        return programmes.defer("need", "outcomes", "answer", "ended_because")

    @admin.display(description="stage")
    def stands_at(self, programme: Programme) -> str:
        """How far it has come."""
        return str(programme.stage_now.label)
