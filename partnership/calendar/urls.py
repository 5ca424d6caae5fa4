"""Addresses of the room: academic years and diaries."""

from django.urls import include, path

from partnership.calendar.views import diary, feeds, files, years

app_name = "calendar"

year_patterns = [
    path("", years.calendar_list, name="calendar_list"),
    path("import/", files.dates_import, name="dates_import"),
    path("<slug:kind>/<slug:key>/", years.year_now, name="year_now"),
    path("<slug:kind>/<slug:key>/<slug:slug>/", years.year_detail, name="year_detail"),
    path("<slug:kind>/<slug:key>/<slug:slug>/edit/", years.year_edit, name="year_edit"),
    path("<slug:kind>/<slug:key>/<slug:slug>/clear/", years.year_clear, name="year_clear"),
]

diary_patterns = [
    path("", diary.diary_page, name="diary"),
    path("export.<export:kind>", diary.diary_export, name="diary_export"),
    path("feeds/", feeds.feed_list, name="feed_list"),
    path("feeds/new/", feeds.feed_open, name="feed_open"),
    path("feeds/<int:pk>/renew/", feeds.feed_renew, name="feed_renew"),
    path("feeds/<int:pk>/stop/", feeds.feed_stop, name="feed_stop"),
    path("feeds/<str:secret>.ics", feeds.feed_read, name="feed_read"),
]

urlpatterns = [
    path("calendar/", include(year_patterns)),
    path("diary/", include(diary_patterns)),
]
