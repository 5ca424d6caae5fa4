"""Cycles of review days in the admin: that there is one, its stage and its dates; nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from partnership.audit.admin import ReadOnlyAdmin
from reviews.cycles.models import Cycle

DATES = ("made_at", "opened_at", "block_by", "published_at", "ended_at")


@admin.register(Cycle)
class CycleAdmin(ReadOnlyAdmin):
    """Which schools host, who goes and by which rules is for those who take part alone."""

    why_kept = "Cycles are never deleted here: they belong to those who take part."
    list_display = ("pk", "alliance", "years", "state", *DATES)
    list_filter = ("state", "year", "alliance")
    list_select_related = ("alliance",)
    ordering = ("-year", "-pk")
    fields = ("alliance", "years", "state", *DATES)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cycle]:
        """Only what the admin shows is read at all."""
        cycles: QuerySet[Any] = super().get_queryset(request)
        return cycles.defer("ended_because")
