"""Addresses of the room."""

from django.urls import path

from partnership.people.views import details

app_name = "people"

urlpatterns = [
    path("me/", details.my_details, name="my_details"),
]
