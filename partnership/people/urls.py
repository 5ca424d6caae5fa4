"""Addresses of the room."""

from django.urls import path

from partnership.people import views

app_name = "people"

urlpatterns = [
    path("me/", views.my_details, name="my_details"),
]
