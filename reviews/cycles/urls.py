"""Addresses of the room."""

from django.urls import path

from reviews.cycles import views
from reviews.cycles.views import dates

app_name = "cycles"

date_patterns = [
    path("dates/", dates.own_dates, name="own_dates"),
    path("dates/schools/<int:urn>/", dates.school_dates, name="school_dates"),
    path(
        "<int:pk>/reviewers/<int:entry_pk>/dates/", dates.reviewer_dates, name="reviewer_dates"
    ),
    path("<int:pk>/hosts/<int:host_pk>/dates/", dates.host_dates, name="host_dates"),
]

urlpatterns = [
    *date_patterns,
    path("", views.cycle_list, name="cycle_list"),
    path("<int:pk>/", views.cycle_detail, name="cycle_detail"),
]
