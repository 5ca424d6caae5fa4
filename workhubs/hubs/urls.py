"""Addresses of the room."""

from django.urls import path, register_converter

from partnership.calendar.years import AcademicYear
from workhubs.hubs import views

app_name = "hubs"


class AcademicYearConverter:
    """An academic year in an address: 2026-to-2027."""

    regex = "[0-9]{4}-to-[0-9]{4}"

    def to_python(self, value: str) -> AcademicYear:
        """The year; ValueError, and so no page, when its second half doesn't follow the first."""
        year = AcademicYear.from_slug(value)
        if year is None:
            raise ValueError(value)
        return year

    def to_url(self, value: AcademicYear) -> str:
        """As it stands in addresses."""
        return value.slug


register_converter(AcademicYearConverter, "academic_year")

urlpatterns = [
    path("", views.workhub_list, name="workhub_list"),
    path("export.<export:kind>", views.workhub_export, name="workhub_export"),
    path("new/", views.workhub_new, name="workhub_new"),
    path("places/<int:pk>/answer/", views.place_answer, name="place_answer"),
    path("places/<int:pk>/leave/", views.place_leave, name="place_leave"),
    path("places/<int:pk>/remove/", views.place_remove, name="place_remove"),
    path("places/<int:pk>/withdraw/", views.place_withdraw, name="place_withdraw"),
    path("<slug:slug>/", views.workhub_detail, name="workhub_detail"),
    path("<slug:slug>/<academic_year:year>/", views.workhub_year, name="workhub_year"),
    path("<slug:slug>/<academic_year:year>/edit/", views.workhub_edit, name="workhub_edit"),
    path("<slug:slug>/<academic_year:year>/invite/", views.workhub_invite, name="workhub_invite"),
]
