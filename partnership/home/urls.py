"""Addresses of the front, the desk and what every page needs."""

from django.urls import path

from partnership.home.views import desk, finding, health, mailbox, pages

app_name = "home"

urlpatterns = [
    path("", pages.front, name="front"),
    path("desk/", desk.desk, name="desk"),
    path("search/", finding.search, name="search"),
    path("privacy/", pages.privacy, name="privacy"),
    path("cookies/", pages.cookies, name="cookies"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("help/", pages.help, name="help"),
    path("style/", pages.style, name="style"),
    path("progress/<str:key>/", desk.progress, name="progress"),
    path("progress/<str:key>/file/", desk.progress_file, name="progress_file"),
    path("demo/mails/", mailbox.demo_mails, name="demo_mails"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
