"""Addresses of the room."""

from django.urls import path

from alliances.schools.views import school_detail, school_list

app_name = "schools"

urlpatterns = [
    path("", school_list, name="school_list"),
    path("<int:urn>/", school_detail, name="school_detail"),
]
