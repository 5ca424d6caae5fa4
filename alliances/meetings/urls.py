"""Addresses of the room."""

from django.urls import path

from alliances.meetings.views import (
    agenda,
    answering,
    bodies,
    lists,
    pages,
    papers,
    proposals,
    register,
    running,
    seats,
)

app_name = "meetings"

urlpatterns = [
    path("", lists.meeting_list, name="meeting_list"),
    path("export.<export:kind>", lists.meeting_export, name="meeting_export"),
    path("new/", running.meeting_new, name="meeting_new"),
    path("answer/<str:token>/", answering.meeting_answer_by_mail, name="meeting_answer_by_mail"),
    path("bodies/", bodies.body_list, name="body_list"),
    path("bodies/export.<export:kind>", bodies.body_export, name="body_export"),
    path("bodies/new/", bodies.body_new, name="body_new"),
    path("bodies/<int:pk>/", bodies.body_detail, name="body_detail"),
    path("bodies/<int:pk>/edit/", bodies.body_edit, name="body_edit"),
    path("bodies/<int:pk>/close/", bodies.body_close, name="body_close"),
    path("bodies/<int:pk>/members.<export:kind>", seats.seat_export, name="seat_export"),
    path("bodies/<int:pk>/members/find/", seats.seat_find, name="seat_find"),
    path("bodies/<int:pk>/members/all/", seats.seats_fill, name="seats_fill"),
    path(
        "bodies/<int:pk>/members/schools/<int:urn>/", seats.seat_add_school, name="seat_add_school"
    ),
    path(
        "bodies/<int:pk>/members/people/<int:person_pk>/",
        seats.seat_add_person,
        name="seat_add_person",
    ),
    path("bodies/<int:pk>/members/<int:seat_pk>/end/", seats.seat_end, name="seat_end"),
    path("bodies/<int:pk>/proposals/new/", proposals.proposal_new, name="proposal_new"),
    path("proposals/<int:pk>/take/", proposals.proposal_take, name="proposal_take"),
    path("proposals/<int:pk>/decline/", proposals.proposal_decline, name="proposal_decline"),
    path("proposals/<int:pk>/withdraw/", proposals.proposal_withdraw, name="proposal_withdraw"),
    path("<int:pk>/", pages.meeting_detail, name="meeting_detail"),
    path("<int:pk>/edit/", running.meeting_edit, name="meeting_edit"),
    path("<int:pk>/call/", running.meeting_call, name="meeting_call"),
    path("<int:pk>/move/", running.meeting_move, name="meeting_move"),
    path("<int:pk>/cancel/", running.meeting_cancel, name="meeting_cancel"),
    path("<int:pk>/hold/", running.meeting_hold, name="meeting_hold"),
    path("<int:pk>/discard/", running.meeting_discard, name="meeting_discard"),
    path("<int:pk>/replies/<int:reply_pk>/", answering.meeting_answer, name="meeting_answer"),
    path(
        "<int:pk>/replies/<int:reply_pk>/apologies/",
        answering.meeting_apologies,
        name="meeting_apologies",
    ),
    path("<int:pk>/register/", register.meeting_register, name="meeting_register"),
    path("<int:pk>/chase/", register.meeting_chase, name="meeting_chase"),
    path("<int:pk>/agenda/publish/", agenda.agenda_publish, name="agenda_publish"),
    path("<int:pk>/items/carry/", agenda.item_carry, name="item_carry"),
    path("<int:pk>/items/new/", agenda.item_add, name="item_add"),
    path("<int:pk>/items/<int:item_pk>/", agenda.item_edit, name="item_edit"),
    path("<int:pk>/items/<int:item_pk>/remove/", agenda.item_remove, name="item_remove"),
    path("<int:pk>/items/<int:item_pk>/move/", agenda.item_move, name="item_move"),
    path("<int:pk>/items/<int:item_pk>/papers/new/", papers.paper_add, name="paper_add"),
    path("<int:pk>/papers/<int:paper_pk>/", papers.paper_download, name="paper_download"),
    path("<int:pk>/papers/<int:paper_pk>/remove/", papers.paper_remove, name="paper_remove"),
]
