"""The register and the posts in schools, in the admin."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from alliances.schools.models import Authority, RegisterFile, School, SchoolPost
from alliances.schools.register.codes import PHASES, STATUSES
from alliances.schools.services import appoint_to_school, change_school_post
from partnership.audit.admin import KeptAdmin, ReadOnlyAdmin

KEY = re.compile(r"[0-9]{1,9}")


class AuthorityFilter(admin.SimpleListFilter):
    """Schools of one local authority."""

    title = "local authority"
    parameter_name = "authority"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every authority by name."""
        return [
            (str(pk), name)
            for pk, name in Authority.objects.order_by("name", "pk").values_list("pk", "name")
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[School]) -> QuerySet[School]:
        """Schools of that authority; a number that is none finds nothing."""
        value = self.value()
        if value is None:
            return queryset
        return queryset.filter(authority=int(value)) if KEY.fullmatch(value) else queryset.none()


class WordsFilter(admin.SimpleListFilter):
    """The register's own words for a fact, without asking the big table for them."""

    words: tuple[str, ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every word that the register uses."""
        return [(word, word) for word in self.words]

    def queryset(self, request: HttpRequest, queryset: QuerySet[School]) -> QuerySet[School]:
        """Schools with that word."""
        asked = Q((str(self.parameter_name), self.value()))
        return queryset.filter(asked) if self.value() else queryset


class PhaseFilter(WordsFilter):
    """Nursery, primary, secondary and so on."""

    title = "phase"
    parameter_name = "phase"
    words = PHASES


class StatusFilter(WordsFilter):
    """Open, closed and what lies between."""

    title = "status"
    parameter_name = "status"
    words = STATUSES


@admin.register(School)
class SchoolAdmin(ReadOnlyAdmin):
    """Schools as the register has them: changed by importing a newer extract."""

    why_kept = "A school is never deleted: the register says when it closes."
    list_display = ("name", "urn", "town", "phase", "type", "status", "authority", "sourced_on")
    list_filter = (AuthorityFilter, PhaseFilter, StatusFilter, "is_example")
    list_select_related = ("authority",)
    search_fields = ("search_text",)
    search_help_text = "Name, URN, postcode or town."
    ordering = ("name", "pk")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[School], search_term: str
    ) -> tuple[QuerySet[School], bool]:
        """Search the folded column, as the portal's own list does."""
        return queryset.matching(search_term), False  # type: ignore[attr-defined]  # the room's own QuerySet


@admin.register(Authority)
class AuthorityAdmin(ReadOnlyAdmin):
    """Local authorities as the register has them."""

    list_display = ("name", "code")
    search_fields = ("name", "code")
    ordering = ("name", "pk")


@admin.register(RegisterFile)
class RegisterFileAdmin(ReadOnlyAdmin):
    """Which extracts were imported, when, and what came of it."""

    why_kept = "Where facts come from stays on record."
    list_display = (
        "name",
        "published_on",
        "imported_at",
        "imported_by",
        "new",
        "changed",
        "unchanged",
        "refused",
    )
    list_select_related = ("imported_by",)
    search_fields = ("name", "sha256")
    ordering = ("-imported_at", "-pk")


@admin.register(SchoolPost)
class SchoolPostAdmin(KeptAdmin):
    """Who holds which post in which school: given and ended through the portal's services."""

    why_kept = "A post is never deleted: give it a last day instead."
    list_display = ("person", "kind", "school", "starts_on", "ends_on")
    list_display_links = ("person", "kind")
    list_filter = ("kind", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("person", "school")
    search_fields = ("person__search_name", "person__email", "school__search_text")
    search_help_text = "Part of a person’s name or address, or of a school’s name, URN or town."
    autocomplete_fields = ("school", "person")
    ordering = ("school__name", "kind", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": ("school", "person", "kind", "words", "starts_on", "ends_on"),
                "description": why_kept,
            },
        ),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: SchoolPost | None = None
    ) -> tuple[str, ...]:
        """Whose post it is and where stays; another is another post."""
        return ("school", "person") if obj else ()

    def save_model(
        self,
        request: HttpRequest,
        obj: SchoolPost,
        form: ModelForm[SchoolPost],
        change: bool,  # noqa: FBT001 Django's own signature
    ) -> None:
        """Let the service write, with its audit row in the same transaction."""
        now = timezone.now()
        person: Any = request.user
        facts = form.cleaned_data
        if change:
            changes = {name: facts[name] for name in form.changed_data}
            change_school_post(post=obj, changes=changes, by=person, now=now)
            return
        made = appoint_to_school(**facts, by=person, now=now)
        obj.pk = made.pk
