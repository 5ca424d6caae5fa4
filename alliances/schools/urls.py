"""Addresses of the room."""

from django.urls import path

from alliances.schools.views import school_detail, school_list
from alliances.schools.views.exports import school_export

app_name = "schools"

urlpatterns = [
    path("", school_list, name="school_list"),
    path("export.<export:kind>", school_export, name="school_export"),
    path("<int:urn>/", school_detail, name="school_detail"),
]
