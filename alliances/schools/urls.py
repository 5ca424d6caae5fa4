"""Addresses of the room."""

from django.urls import path

from alliances.schools.views import (
    contact_edit,
    delegation_end,
    delegation_new,
    departure_call_off,
    details_confirm,
    person_leave,
    post_add,
    post_edit,
    school_detail,
    school_list,
    school_people,
)
from alliances.schools.views.exports import school_export, school_profile
from alliances.schools.views.inspections import inspection_add, inspection_remove
from alliances.schools.views.register import (
    conversion_accept,
    register_update,
    register_update_accept,
    register_update_put_aside,
    register_update_read,
    register_updates,
)

app_name = "schools"

urlpatterns = [
    path("", school_list, name="school_list"),
    path("export.<export:kind>", school_export, name="school_export"),
    path("register/", register_updates, name="register_updates"),
    path("register/<int:pk>/", register_update, name="register_update"),
    path("register/<int:pk>/read/", register_update_read, name="register_update_read"),
    path("register/<int:pk>/accept/", register_update_accept, name="register_update_accept"),
    path(
        "register/<int:pk>/put-aside/",
        register_update_put_aside,
        name="register_update_put_aside",
    ),
    path("conversions/<int:pk>/accept/", conversion_accept, name="conversion_accept"),
    path("<int:urn>/inspections/new/", inspection_add, name="inspection_add"),
    path("<int:urn>/inspections/<int:pk>/remove/", inspection_remove, name="inspection_remove"),
    path("<int:urn>/", school_detail, name="school_detail"),
    path("<int:urn>/profile.pdf", school_profile, name="school_profile"),
    path("<int:urn>/details/", details_confirm, name="details_confirm"),
    path("<int:urn>/contact/", contact_edit, name="contact_edit"),
    path("<int:urn>/delegations/new/", delegation_new, name="delegation_new"),
    path("<int:urn>/delegations/<int:pk>/end/", delegation_end, name="delegation_end"),
    path("<int:urn>/people/", school_people, name="school_people"),
    path("<int:urn>/people/new/", post_add, name="post_add"),
    path("<int:urn>/people/<int:pk>/leaving/", person_leave, name="person_leave"),
    path("<int:urn>/leaving/<int:pk>/call-off/", departure_call_off, name="departure_call_off"),
    path("<int:urn>/people/<int:pk>/", post_edit, name="post_edit"),
]
