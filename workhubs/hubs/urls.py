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
    path("objectives.<export:kind>", views.objective_export, name="objective_export"),
    path("new/", views.workhub_new, name="workhub_new"),
    path(
        "roll-over/<slug:slug>/<academic_year:year>/",
        views.workhubs_roll_over,
        name="workhubs_roll_over",
    ),
    path("places/<int:pk>/answer/", views.place_answer, name="place_answer"),
    path("places/<int:pk>/leave/", views.place_leave, name="place_leave"),
    path("places/<int:pk>/stay/", views.place_stay, name="place_stay"),
    path("places/<int:pk>/remove/", views.place_remove, name="place_remove"),
    path("places/<int:pk>/withdraw/", views.place_withdraw, name="place_withdraw"),
    path("requests/<int:pk>/answer/", views.request_answer, name="request_answer"),
    path("requests/<int:pk>/withdraw/", views.request_withdraw, name="request_withdraw"),
    path("topics/new/", views.topic_propose, name="topic_propose"),
    path("topics/<int:pk>/", views.topic_detail, name="topic_detail"),
    path("topics/<int:pk>/answer/", views.topic_answer, name="topic_answer"),
    path("topics/<int:pk>/withdraw/", views.topic_withdraw, name="topic_withdraw"),
    path("people/<int:pk>/", views.person_edit, name="person_edit"),
    path("objectives/<int:pk>/", views.objective_detail, name="objective_detail"),
    path("objectives/<int:pk>/progress/", views.objective_progress, name="objective_progress"),
    path("objectives/<int:pk>/edit/", views.objective_edit, name="objective_edit"),
    path("objectives/<int:pk>/move/", views.objective_move, name="objective_move"),
    path("objectives/<int:pk>/remove/", views.objective_remove, name="objective_remove"),
    path("<slug:slug>/", views.workhub_detail, name="workhub_detail"),
    path("<slug:slug>/close/", views.workhub_close, name="workhub_close"),
    path("<slug:slug>/reopen/", views.workhub_reopen, name="workhub_reopen"),
    path("<slug:slug>/<academic_year:year>/", views.workhub_year, name="workhub_year"),
    path("<slug:slug>/<academic_year:year>/edit/", views.workhub_edit, name="workhub_edit"),
    path("<slug:slug>/<academic_year:year>/invite/", views.workhub_invite, name="workhub_invite"),
    path("<slug:slug>/<academic_year:year>/ask/", views.request_new, name="request_new"),
    path("<slug:slug>/<academic_year:year>/close/", views.year_close, name="year_close"),
    path("<slug:slug>/<academic_year:year>/reopen/", views.year_reopen, name="year_reopen"),
    path("<slug:slug>/<academic_year:year>/people/new/", views.person_add, name="person_add"),
    path(
        "<slug:slug>/<academic_year:year>/objectives/new/",
        views.objective_add,
        name="objective_add",
    ),
]
