"""Addresses of the room."""

from django.urls import path

from support.programmes import views

app_name = "programmes"

urlpatterns = [
    path("<int:pk>/", views.programme_detail, name="programme_detail"),
]
