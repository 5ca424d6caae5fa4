"""The pages of the room."""

from alliances.schools.views.delegations import delegation_end, delegation_new
from alliances.schools.views.details import contact_edit, details_confirm
from alliances.schools.views.finding import school_detail, school_list
from alliances.schools.views.leaving import departure_call_off, person_leave
from alliances.schools.views.people import post_add, post_edit, school_people

__all__ = [
    "contact_edit",
    "delegation_end",
    "delegation_new",
    "departure_call_off",
    "details_confirm",
    "person_leave",
    "post_add",
    "post_edit",
    "school_detail",
    "school_list",
    "school_people",
]
