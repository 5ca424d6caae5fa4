"""Alliances, who belongs to them and the posts in them, in the admin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.membership.services import (
    add_school,
    appoint_to_alliance,
    change_alliance,
    change_alliance_post,
    change_membership,
    found_alliance,
)
from partnership.audit.admin import KeptAdmin


@admin.register(Alliance)
class AllianceAdmin(KeptAdmin):
    """Alliances, founded and reworded through the portal's services."""

    why_kept = "An alliance is never deleted: let its memberships end instead."
    list_display = ("name", "kind", "area", "schools_today")
    list_filter = ("kind",)
    search_fields = ("search_text",)
    ordering = ("name", "pk")
    fieldsets = (
        (
            None,
            {"fields": ("name", "slug", "kind", "area", "vision", "aims"), "description": why_kept},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alliance]:
        """Each with the number of its schools, in one query for any number of rows."""
        return Alliance.objects.with_school_count(on=timezone.localdate())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Alliance], search_term: str
    ) -> tuple[QuerySet[Alliance], bool]:
        """Search the folded column, as the portal's own list does."""
        return queryset.matching(search_term), False  # type: ignore[attr-defined]  # the room's own QuerySet

    def get_readonly_fields(
        self, request: HttpRequest, obj: Alliance | None = None
    ) -> tuple[str, ...]:
        """An address once given stays: people have it in their mails."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Alliance | None = None
    ) -> dict[str, Sequence[str]]:
        """The address of a new alliance follows its name."""
        return {} if obj else {"slug": ("name",)}

    @admin.display(description="schools")
    def schools_today(self, alliance: Alliance) -> int:
        """How many schools belong to it today."""
        return getattr(alliance, "school_count", 0)

    def save_model(
        self,
        request: HttpRequest,
        obj: Alliance,
        form: forms.ModelForm[Alliance],
        change: bool,  # noqa: FBT001 Django's own signature
    ) -> None:
        """Let the service write, with its audit row in the same transaction."""
        now = timezone.now()
        person: Any = request.user
        facts = form.cleaned_data
        if change:
            changes = {name: facts[name] for name in form.changed_data}
            change_alliance(alliance=obj, changes=changes, by=person, now=now)
            return
        obj.pk = found_alliance(**facts, by=person, now=now).pk


class MembershipForm(forms.ModelForm):
    """A membership whose days no other of the same school and alliance may share."""

    def clean(self) -> dict[str, Any]:
        """Say what to do when the school belongs already."""
        facts = super().clean() or {}
        alliance = facts.get("alliance") or getattr(self.instance, "alliance", None)
        school = facts.get("school") or getattr(self.instance, "school", None)
        starts_on = facts.get("starts_on")
        if alliance and school and starts_on:
            others = Membership.objects.sharing_days(
                alliance.pk, school.pk, starts_on, facts.get("ends_on")
            )
            if others.exclude(pk=self.instance.pk).exists():
                raise ValidationError(
                    "This school belongs to the alliance on some of these days already. "
                    "End that membership first, or choose other days."
                )
        return facts


@admin.register(Membership)
class MembershipAdmin(KeptAdmin):
    """Which school belongs to which alliance, from when to when."""

    why_kept = "A membership is never deleted: give it a last day instead."
    form = MembershipForm
    list_display = ("school", "alliance", "kind", "starts_on", "ends_on")
    list_filter = ("kind", "alliance", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("school", "alliance")
    search_fields = ("school__search_text", "alliance__search_text")
    search_help_text = "Part of the name of a school or an alliance."
    autocomplete_fields = ("school", "alliance")
    ordering = ("alliance__name", "school__name", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": ("alliance", "school", "kind", "starts_on", "ends_on"),
                "description": why_kept,
            },
        ),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Membership | None = None
    ) -> tuple[str, ...]:
        """Which school and which alliance stays; another is another membership."""
        return ("alliance", "school") if obj else ()

    def save_model(
        self,
        request: HttpRequest,
        obj: Membership,
        form: forms.ModelForm[Membership],
        change: bool,  # noqa: FBT001 Django's own signature
    ) -> None:
        """Let the service write, with its audit row in the same transaction."""
        now = timezone.now()
        person: Any = request.user
        facts = form.cleaned_data
        if change:
            changes = {name: facts[name] for name in form.changed_data}
            change_membership(membership=obj, changes=changes, by=person, now=now)
            return
        obj.pk = add_school(**facts, by=person, now=now).pk


@admin.register(AlliancePost)
class AlliancePostAdmin(KeptAdmin):
    """Who holds which post in which alliance."""

    why_kept = "A post is never deleted: give it a last day instead."
    list_display = ("person", "kind", "alliance", "starts_on", "ends_on")
    list_display_links = ("person", "kind")
    list_filter = ("kind", "alliance", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("person", "alliance")
    search_fields = ("person__search_name", "person__email", "alliance__search_text")
    search_help_text = "Part of a person’s name or address, or of an alliance’s name."
    autocomplete_fields = ("alliance", "person")
    ordering = ("alliance__name", "kind", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": ("alliance", "person", "kind", "description", "starts_on", "ends_on"),
                "description": why_kept,
            },
        ),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: AlliancePost | None = None
    ) -> tuple[str, ...]:
        """Whose post it is and where stays; another is another post."""
        return ("alliance", "person") if obj else ()

    def save_model(
        self,
        request: HttpRequest,
        obj: AlliancePost,
        form: forms.ModelForm[AlliancePost],
        change: bool,  # noqa: FBT001 Django's own signature
    ) -> None:
        """Let the service write, with its audit row in the same transaction."""
        now = timezone.now()
        person: Any = request.user
        facts = form.cleaned_data
        if change:
            changes = {name: facts[name] for name in form.changed_data}
            change_alliance_post(post=obj, changes=changes, by=person, now=now)
            return
        obj.pk = appoint_to_alliance(**facts, by=person, now=now).pk
