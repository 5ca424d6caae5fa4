"""Addresses of the room."""

from django.urls import path

from partnership.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("export.<export:kind>", views.notice_export, name="notice_export"),
    path("retry/", views.notices_retry_failed, name="notices_retry_failed"),
    path("<int:pk>/retry/", views.notice_retry, name="notice_retry"),
    path("<int:pk>/drop/", views.notice_drop, name="notice_drop"),
    path("people/<int:pk>/clear/", views.refusal_clear, name="refusal_clear"),
    path("reminders/", views.reminders_choose, name="reminders_choose"),
    path("stop/<str:token>/", views.reminders_stop, name="reminders_stop"),
]
