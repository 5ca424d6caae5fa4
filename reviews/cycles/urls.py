"""Addresses of the room."""

from django.urls import path

from reviews.cycles import views
from reviews.cycles.views import (
    answering,
    beginning,
    dates,
    day_changes,
    days,
    draft_acts,
    drafts,
    frameworks,
    history,
    hosting,
    opening,
    organising,
    pool,
    publishing,
    reviewers,
    rota,
    sending,
    teams,
    wording,
    year,
)

app_name = "cycles"

date_patterns = [
    path("dates/", dates.own_dates, name="own_dates"),
    path("dates/schools/<int:urn>/", dates.school_dates, name="school_dates"),
    path("<int:pk>/reviewers/<int:entry_pk>/dates/", dates.reviewer_dates, name="reviewer_dates"),
    path("<int:pk>/hosts/<int:host_pk>/dates/", dates.host_dates, name="host_dates"),
]

reviewer_patterns = [
    path("reviewers/<slug:slug>/", pool.reviewer_list, name="reviewer_list"),
    path(
        "reviewers/<slug:slug>/export.<export:kind>", pool.reviewer_export, name="reviewer_export"
    ),
    path("reviewers/<slug:slug>/new/", pool.reviewer_add, name="reviewer_add"),
    path("reviewers/entries/<int:pk>/", reviewers.reviewer_detail, name="reviewer_detail"),
    path("reviewers/entries/<int:pk>/limits/", reviewers.reviewer_limits, name="reviewer_limits"),
    path("reviewers/entries/<int:pk>/end/", reviewers.reviewer_end, name="reviewer_end"),
    path("reviewers/entries/<int:pk>/training/new/", reviewers.training_add, name="training_add"),
    path(
        "reviewers/entries/<int:pk>/training/<int:training_pk>/remove/",
        reviewers.training_remove,
        name="training_remove",
    ),
    path(
        "reviewers/entries/<int:pk>/schools/new/",
        reviewers.cannot_review_add,
        name="cannot_review_add",
    ),
    path(
        "reviewers/entries/<int:pk>/schools/<int:cannot_pk>/end/",
        reviewers.cannot_review_end,
        name="cannot_review_end",
    ),
]

framework_patterns = [
    path("frameworks/versions/<int:pk>/", frameworks.framework_detail, name="framework_detail"),
    path("frameworks/versions/<int:pk>/words/", wording.framework_edit, name="framework_edit"),
    path(
        "frameworks/versions/<int:pk>/settle/",
        frameworks.framework_settle,
        name="framework_settle",
    ),
    path("frameworks/versions/<int:pk>/next/", frameworks.framework_renew, name="framework_renew"),
    path(
        "frameworks/versions/<int:pk>/give-up/",
        frameworks.framework_retire,
        name="framework_retire",
    ),
    path("frameworks/versions/<int:pk>/<slug:kind>/new/", wording.worded_add, name="worded_add"),
    path(
        "frameworks/versions/<int:pk>/<slug:kind>/<int:part_pk>/",
        wording.worded_edit,
        name="worded_edit",
    ),
    path(
        "frameworks/versions/<int:pk>/<slug:kind>/<int:part_pk>/move/",
        wording.worded_move,
        name="worded_move",
    ),
    path(
        "frameworks/versions/<int:pk>/<slug:kind>/<int:part_pk>/remove/",
        wording.worded_remove,
        name="worded_remove",
    ),
    path("frameworks/<slug:slug>/", frameworks.framework_list, name="framework_list"),
    path("frameworks/<slug:slug>/new/", frameworks.framework_begin, name="framework_begin"),
]

cycle_patterns = [
    path("new/<slug:slug>/", beginning.cycle_begin, name="cycle_begin"),
    path("export.<export:kind>", views.cycle_export, name="cycle_export"),
    path("<int:pk>/rules/", beginning.cycle_edit, name="cycle_edit"),
    path("<int:pk>/again/", beginning.cycle_copy, name="cycle_copy"),
    path("<int:pk>/ask/", opening.cycle_ask, name="cycle_ask"),
    path("<int:pk>/finish/", opening.cycle_finish, name="cycle_finish"),
    path("<int:pk>/call-off/", opening.cycle_call_off, name="cycle_call_off"),
    path("<int:pk>/hosts/", hosting.host_list, name="host_list"),
    path("<int:pk>/hosts/add/", hosting.host_add, name="host_add"),
    path("<int:pk>/hosts/<int:host_pk>/end/", hosting.host_end, name="host_end"),
    path("<int:pk>/reviewers/", sending.cycle_reviewer_list, name="cycle_reviewer_list"),
    path("<int:pk>/reviewers/add/", sending.cycle_reviewer_add, name="cycle_reviewer_add"),
    path(
        "<int:pk>/reviewers/<int:reviewer_pk>/end/",
        sending.cycle_reviewer_end,
        name="cycle_reviewer_end",
    ),
    path("<int:pk>/organisers/name/", organising.organiser_name, name="organiser_name"),
    path("<int:pk>/organisers/<int:named_pk>/end/", organising.organiser_end, name="organiser_end"),
    path("<int:pk>/pairs/", organising.pair_rule_list, name="pair_rule_list"),
    path("<int:pk>/pairs/add/", organising.pair_rule_add, name="pair_rule_add"),
    path("<int:pk>/pairs/<int:rule_pk>/end/", organising.pair_rule_end, name="pair_rule_end"),
]

day_patterns = [
    path("days/<int:pk>/", days.day_detail, name="day_detail"),
    path("days/<int:pk>/move/", day_changes.day_move, name="day_move"),
    path("days/<int:pk>/call-off/", day_changes.day_cancel, name="day_cancel"),
    path("days/<int:pk>/restore/", day_changes.day_restore, name="day_restore"),
    path("days/<int:pk>/held/", day_changes.day_held, name="day_held"),
    path("days/<int:pk>/not-held/", day_changes.day_not_held, name="day_not_held"),
    path("days/<int:pk>/team/", teams.day_team, name="day_team"),
    path("days/<int:pk>/ask/<int:reviewer_pk>/", teams.reviewer_ask, name="reviewer_ask"),
    path("days/<int:pk>/places/<int:place_pk>/lead/", teams.place_lead, name="place_lead"),
    path("days/<int:pk>/places/<int:place_pk>/end/", teams.place_end, name="place_end"),
    path(
        "days/<int:pk>/places/<int:place_pk>/answer/",
        answering.place_answer,
        name="place_answer",
    ),
    path(
        "days/<int:pk>/places/<int:place_pk>/decline/",
        answering.place_decline,
        name="place_decline",
    ),
    path("answer/<str:token>/", answering.place_answer_by_mail, name="place_answer_by_mail"),
    path("<int:pk>/year/", year.year_list, name="year_list"),
    path("<int:pk>/year/export.<export:kind>", year.year_export, name="year_export"),
    path("<int:pk>/given/", year.given_list, name="given_list"),
    path("<int:pk>/given/export.<export:kind>", year.given_export, name="given_export"),
]

rota_patterns = [
    path("<int:pk>/rota/", rota.rota, name="rota"),
    path("<int:pk>/rota/export.<export:kind>", rota.rota_export, name="rota_export"),
    path("<int:pk>/rota/rota.pdf", rota.rota_pdf, name="rota_pdf"),
    path("<int:pk>/rota/changes/", history.rota_history, name="rota_history"),
    path("<int:pk>/rota/plan-again/", publishing.replan_begin, name="replan_begin"),
    path("<int:pk>/drafts/<int:number>/publish/", publishing.draft_publish, name="draft_publish"),
]

draft_patterns = [
    path("<int:pk>/drafts/new/", drafts.draft_new, name="draft_new"),
    path("<int:pk>/drafts/<int:number>/", drafts.draft_detail, name="draft_detail"),
    path("<int:pk>/drafts/<int:number>/compare/", drafts.draft_compare, name="draft_compare"),
    path("<int:pk>/drafts/<int:number>/stop/", draft_acts.draft_stop, name="draft_stop"),
    path("<int:pk>/drafts/<int:number>/again/", draft_acts.draft_again, name="draft_again"),
    path("<int:pk>/drafts/<int:number>/give-up/", draft_acts.draft_give_up, name="draft_give_up"),
    path("<int:pk>/drafts/<int:number>/discard/", draft_acts.draft_discard, name="draft_discard"),
    path("<int:pk>/drafts/<int:number>/restore/", draft_acts.draft_restore, name="draft_restore"),
    path(
        "<int:pk>/drafts/<int:number>/hosts/<int:host_pk>/",
        draft_acts.draft_day,
        name="draft_day",
    ),
    path(
        "<int:pk>/drafts/<int:number>/hosts/<int:host_pk>/fix/",
        draft_acts.draft_day_fix,
        name="draft_day_fix",
    ),
]

urlpatterns = [
    *draft_patterns,
    *rota_patterns,
    *day_patterns,
    *framework_patterns,
    *cycle_patterns,
    *date_patterns,
    *reviewer_patterns,
    path("", views.cycle_list, name="cycle_list"),
    path("<int:pk>/", views.cycle_detail, name="cycle_detail"),
]
