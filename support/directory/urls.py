"""Addresses of the room."""

from django.urls import path

from support.directory.views import (
    consents,
    days,
    entries,
    experts,
    lists,
    offers,
    practitioners,
    shared_posts,
)

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
    path("offers/", offers.offer_list, name="offer_list"),
    path("offers/export.<export:kind>", offers.offer_export, name="offer_export"),
    path("offers/<int:pk>/", offers.offer_detail, name="offer_detail"),
    path("offers/<int:pk>/edit/", offers.offer_edit, name="offer_edit"),
    path("offers/<int:pk>/end/", offers.offer_end, name="offer_end"),
    path("<slug:slug>/offers/new/", offers.offer_add, name="offer_add"),
    path("experts/", experts.expert_list, name="expert_list"),
    path("experts/export.<export:kind>", experts.expert_export, name="expert_export"),
    path("experts/<int:pk>/", experts.expert_detail, name="expert_detail"),
    path("experts/<int:pk>/edit/", experts.expert_edit, name="expert_edit"),
    path("experts/<int:pk>/end/", experts.expert_end, name="expert_end"),
    path("<slug:slug>/experts/new/", experts.expert_add, name="expert_add"),
    path("posts/", shared_posts.shared_post_list, name="shared_post_list"),
    path("posts/export.<export:kind>", shared_posts.shared_post_export, name="shared_post_export"),
    path("posts/<int:pk>/", shared_posts.shared_post_detail, name="shared_post_detail"),
    path("posts/<int:pk>/edit/", shared_posts.shared_post_edit, name="shared_post_edit"),
    path("posts/<int:pk>/end/", shared_posts.shared_post_end, name="shared_post_end"),
    path("<slug:slug>/posts/new/", shared_posts.shared_post_add, name="shared_post_add"),
    path("<slug:slug>/new/", entries.practitioner_add, name="practitioner_add"),
    path("<slug:slug>/rules/", lists.rules_detail, name="rules_detail"),
    path("<slug:slug>/rules/edit/", lists.rules_edit, name="rules_edit"),
    path("<slug:slug>/rules/open/", lists.support_open, name="support_open"),
    path("<slug:slug>/designations/new/", lists.designation_add, name="designation_add"),
    path("<slug:slug>/designations/<int:pk>/", lists.designation_edit, name="designation_edit"),
    path("<slug:slug>/areas/new/", lists.area_add, name="area_add"),
    path("<slug:slug>/areas/<int:pk>/", lists.area_edit, name="area_edit"),
]
