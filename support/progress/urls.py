"""Addresses of the room, below those of a programme."""

from django.urls import URLPattern

app_name = "progress"

urlpatterns: list[URLPattern] = []
