"""Addresses of the room."""

from django.urls import path

from support.directory.views import consents, days, entries, lists, practitioners

app_name = "directory"

urlpatterns = [
    path("", practitioners.practitioner_list, name="practitioner_list"),
    path("export.<export:kind>", practitioners.practitioner_export, name="practitioner_export"),
    path("<int:pk>/", practitioners.practitioner_detail, name="practitioner_detail"),
    path("<int:pk>/edit/", entries.practitioner_edit, name="practitioner_edit"),
    path("<int:pk>/confirm/", entries.entry_confirm, name="entry_confirm"),
    path("<int:pk>/end/", entries.practitioner_end, name="practitioner_end"),
    path("<int:pk>/days/", days.practitioner_days, name="practitioner_days"),
    path("<int:pk>/consent/", consents.consent_give, name="consent_give"),
    path("<int:pk>/consent/ask/", consents.consent_ask, name="consent_ask"),
    path("<int:pk>/consent/refuse/", consents.consent_refuse, name="consent_refuse"),
    path(
        "<int:pk>/consent/<int:consent>/withdraw/",
        consents.consent_withdraw,
        name="consent_withdraw",
    ),
    path("schools/<int:urn>/days/", days.school_days, name="school_days"),
    path("<slug:slug>/new/", entries.practitioner_add, name="practitioner_add"),
    path("<slug:slug>/rules/", lists.rules_detail, name="rules_detail"),
    path("<slug:slug>/rules/edit/", lists.rules_edit, name="rules_edit"),
    path("<slug:slug>/rules/open/", lists.support_open, name="support_open"),
    path("<slug:slug>/designations/new/", lists.designation_add, name="designation_add"),
    path("<slug:slug>/designations/<int:pk>/", lists.designation_edit, name="designation_edit"),
    path("<slug:slug>/areas/new/", lists.area_add, name="area_add"),
    path("<slug:slug>/areas/<int:pk>/", lists.area_edit, name="area_edit"),
]
