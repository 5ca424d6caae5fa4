"""Addresses of the room."""

from django.urls import path

from partnership.calendar.views import files, years

app_name = "calendar"

urlpatterns = [
    path("", years.calendar_list, name="calendar_list"),
    path("import/", files.dates_import, name="dates_import"),
    path("<slug:kind>/<slug:key>/", years.year_now, name="year_now"),
    path("<slug:kind>/<slug:key>/<slug:slug>/", years.year_detail, name="year_detail"),
    path("<slug:kind>/<slug:key>/<slug:slug>/edit/", years.year_edit, name="year_edit"),
    path("<slug:kind>/<slug:key>/<slug:slug>/clear/", years.year_clear, name="year_clear"),
]
