"""Addresses of the room."""

from django.urls import path

from alliances.membership.views import alliances, memberships
from alliances.membership.views.exports import alliance_export

app_name = "membership"

urlpatterns = [
    path("", alliances.alliance_list, name="alliance_list"),
    path("export.<export:kind>", alliance_export, name="alliance_export"),
    path("<slug:slug>/", alliances.alliance_detail, name="alliance_detail"),
    path("<slug:slug>/edit/", alliances.alliance_edit, name="alliance_edit"),
    path("<slug:slug>/schools/", memberships.membership_list, name="membership_list"),
    path(
        "<slug:slug>/schools/export.<export:kind>",
        memberships.membership_export,
        name="membership_export",
    ),
    path("<slug:slug>/schools/new/", memberships.membership_find, name="membership_find"),
    path("<slug:slug>/schools/new/<int:urn>/", memberships.membership_add, name="membership_add"),
    path("<slug:slug>/schools/<int:pk>/", memberships.membership_edit, name="membership_edit"),
    path("<slug:slug>/schools/<int:pk>/join/", memberships.membership_join, name="membership_join"),
    path("<slug:slug>/schools/<int:pk>/end/", memberships.membership_end, name="membership_end"),
]
