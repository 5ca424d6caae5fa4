"""The directory in the admin: to be read there, and kept by the alliances' own people."""

from __future__ import annotations

from django.contrib import admin

from partnership.audit.admin import ReadOnlyAdmin
from support.directory.models import OutsideExpert, Practitioner, SchoolOffer


@admin.register(Practitioner)
class PractitionerAdmin(ReadOnlyAdmin):
    """Who is listed where; consent and accounts are for those whom they concern."""

    list_display = ("person", "home_school", "alliance", "starts_on", "ends_on")
    list_filter = ("alliance", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("person", "home_school", "alliance")
    search_fields = ("search_text",)
    ordering = ("search_text", "pk")
    fields = (
        *("alliance", "person", "home_school", "designations", "areas", "about"),
        *("starts_on", "ends_on", "is_listed"),
    )


@admin.register(SchoolOffer)
class SchoolOfferAdmin(ReadOnlyAdmin):
    """What schools offer others."""

    list_display = ("title", "kind", "school", "alliance", "starts_on", "ends_on")
    list_filter = ("alliance", "kind")
    list_select_related = ("school", "alliance")
    search_fields = ("search_text",)
    ordering = ("title", "pk")
    fields = (
        *("alliance", "school", "kind", "title", "about", "areas", "days", "contact"),
        *("starts_on", "ends_on"),
    )


@admin.register(OutsideExpert)
class OutsideExpertAdmin(ReadOnlyAdmin):
    """Whom alliances recommend from outside."""

    list_display = ("name", "organisation", "kind", "alliance", "starts_on", "ends_on")
    list_filter = ("alliance", "kind")
    list_select_related = ("alliance",)
    search_fields = ("search_text",)
    ordering = ("name", "pk")
    fields = (
        *("alliance", "kind", "name", "organisation", "areas", "about", "recommended_by"),
        *("starts_on", "ends_on"),
    )
