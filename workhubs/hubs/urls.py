"""Addresses of the room."""

from django.urls import URLPattern

app_name = "hubs"

urlpatterns: list[URLPattern] = []
