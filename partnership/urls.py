"""Every address of the portal, room by room."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("partnership.calendar.urls")),
    path("", include("partnership.home.urls")),
    path("accounts/", include("partnership.people.account_urls")),
    path("people/", include("partnership.people.urls")),
    path("invitations/", include("partnership.invitations.urls")),
    path("notices/", include("partnership.notices.urls")),
    path("history/", include("partnership.audit.urls")),
    path("schools/", include("alliances.schools.urls")),
    path("alliances/", include("alliances.membership.urls")),
    path("meetings/", include("alliances.meetings.urls")),
    path("workhubs/", include("workhubs.hubs.urls")),
    path("directory/", include("support.directory.urls")),
    path("support/", include("support.programmes.urls")),
    path("support/", include("support.progress.urls")),
    path("reviews/", include("reviews.cycles.urls")),
    path("reviews/", include("reviews.days.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "partnership.home.views.errors.bad_request"
handler403 = "partnership.home.views.errors.permission_denied"
handler404 = "partnership.home.views.errors.page_not_found"
handler500 = "partnership.home.views.errors.server_error"
