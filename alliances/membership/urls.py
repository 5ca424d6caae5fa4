"""Addresses of the room."""

from django.urls import path

from alliances.membership.views import alliance_detail, alliance_edit, alliance_list
from alliances.membership.views.exports import alliance_export

app_name = "membership"

urlpatterns = [
    path("", alliance_list, name="alliance_list"),
    path("export.<export:kind>", alliance_export, name="alliance_export"),
    path("<slug:slug>/", alliance_detail, name="alliance_detail"),
    path("<slug:slug>/edit/", alliance_edit, name="alliance_edit"),
]
