"""Addresses of the room, below those of a programme."""

from django.urls import path

from support.progress.views.board import board
from support.progress.views.concerns import (
    concern_detail,
    concern_list,
    concern_raise,
    concern_reply,
    concern_resolve,
    concern_step,
)
from support.progress.views.endings import days_give_back, end_close, end_detail, end_open
from support.progress.views.lasting import (
    checkback_give,
    final_view,
    story_answer,
    story_name,
    sustain_give,
)
from support.progress.views.measure_files import (
    measure_export,
    measures_import,
    measures_template,
)
from support.progress.views.measures import (
    measure_add,
    measure_detail,
    measure_drop,
    measure_edit,
    measure_headline,
    measure_list,
)
from support.progress.views.money import money_detail
from support.progress.views.notes import (
    note_check,
    note_draft,
    note_give,
    note_release,
    note_withdraw,
    note_write,
)
from support.progress.views.objectives import (
    community_begin,
    objective_add,
    objective_drop,
    objective_edit,
)
from support.progress.views.overview import overview, overview_export
from support.progress.views.pausing import programme_pause, programme_resume, programme_stop
from support.progress.views.placements import (
    days_promise,
    placement_agree,
    placement_cancel,
    placement_detail,
    placement_held,
    placement_move,
    placement_plan,
)
from support.progress.views.plan_actions import (
    action_add,
    action_done,
    action_drop,
    action_edit,
    action_reopen,
)
from support.progress.views.planning import (
    visit_cancel,
    visit_edit,
    visit_held,
    visit_plan,
    visit_unheld,
)
from support.progress.views.plans import plan_agree, plan_begin, plan_changes, plan_detail
from support.progress.views.reviews import (
    review_detail,
    review_list,
    review_open,
    review_show,
)
from support.progress.views.term_views import review_close, review_talk, view_give
from support.progress.views.timeline import timeline
from support.progress.views.values import term_figures, values_enter
from support.progress.views.visits import visit_detail, visit_export, visit_list

app_name = "progress"

MEASURES = "<int:pk>/measures/"
PLAN = "<int:pk>/plan/"

urlpatterns = [
    path("overview/<slug:slug>/", overview, name="overview"),
    path("overview/<slug:slug>/export.<export:kind>", overview_export, name="overview_export"),
    path("board/<slug:slug>/", board, name="board"),
    path("placements/<int:pk>/", placement_detail, name="placement_detail"),
    path("placements/<int:pk>/agree/", placement_agree, name="placement_agree"),
    path("placements/<int:pk>/cancel/", placement_cancel, name="placement_cancel"),
    path("placements/<int:pk>/held/", placement_held, name="placement_held"),
    path("placements/<int:pk>/move/", placement_move, name="placement_move"),
    path("<int:pk>/placements/plan/", placement_plan, name="placement_plan"),
    path("<int:pk>/strands/<int:strand_pk>/days/", days_promise, name="days_promise"),
    path(PLAN, plan_detail, name="plan_detail"),
    path(f"{PLAN}begin/", plan_begin, name="plan_begin"),
    path(f"{PLAN}agree/", plan_agree, name="plan_agree"),
    path(f"{PLAN}changes/", plan_changes, name="plan_changes"),
    path(f"{PLAN}community/", community_begin, name="community_begin"),
    path(f"{PLAN}objectives/add/", objective_add, name="objective_add"),
    path(f"{PLAN}objectives/<int:objective_pk>/edit/", objective_edit, name="objective_edit"),
    path(f"{PLAN}objectives/<int:objective_pk>/drop/", objective_drop, name="objective_drop"),
    path(f"{PLAN}objectives/<int:objective_pk>/actions/add/", action_add, name="action_add"),
    path(f"{PLAN}actions/<int:action_pk>/edit/", action_edit, name="action_edit"),
    path(f"{PLAN}actions/<int:action_pk>/done/", action_done, name="action_done"),
    path(f"{PLAN}actions/<int:action_pk>/reopen/", action_reopen, name="action_reopen"),
    path(f"{PLAN}actions/<int:action_pk>/drop/", action_drop, name="action_drop"),
    path("<int:pk>/visits/", visit_list, name="visit_list"),
    path("<int:pk>/visits/export.<export:kind>", visit_export, name="visit_export"),
    path("<int:pk>/visits/plan/", visit_plan, name="visit_plan"),
    path("<int:pk>/visits/<int:visit_pk>/", visit_detail, name="visit_detail"),
    path("<int:pk>/visits/<int:visit_pk>/edit/", visit_edit, name="visit_edit"),
    path("<int:pk>/visits/<int:visit_pk>/cancel/", visit_cancel, name="visit_cancel"),
    path("<int:pk>/visits/<int:visit_pk>/held/", visit_held, name="visit_held"),
    path("<int:pk>/visits/<int:visit_pk>/not-held/", visit_unheld, name="visit_unheld"),
    path("<int:pk>/visits/<int:visit_pk>/note/", note_write, name="note_write"),
    path("<int:pk>/visits/<int:visit_pk>/note/draft/", note_draft, name="note_draft"),
    path("<int:pk>/visits/<int:visit_pk>/note/give/", note_give, name="note_give"),
    path("<int:pk>/visits/<int:visit_pk>/note/check/", note_check, name="note_check"),
    path("<int:pk>/visits/<int:visit_pk>/note/release/", note_release, name="note_release"),
    path(
        "<int:pk>/visits/<int:visit_pk>/note/release/<int:release_pk>/withdraw/",
        note_withdraw,
        name="note_withdraw",
    ),
    path("<int:pk>/pause/", programme_pause, name="programme_pause"),
    path("<int:pk>/go-on/", programme_resume, name="programme_resume"),
    path("<int:pk>/stop/", programme_stop, name="programme_stop"),
    path("<int:pk>/timeline/", timeline, name="timeline"),
    path(MEASURES, measure_list, name="measure_list"),
    path(f"{MEASURES}new/", measure_add, name="measure_add"),
    path(f"{MEASURES}import/", measures_import, name="measures_import"),
    path(f"{MEASURES}template.csv", measures_template, name="measures_template"),
    path(f"{MEASURES}export.<export:kind>", measure_export, name="measure_export"),
    path(f"{MEASURES}at/<int:point>/", term_figures, name="term_figures"),
    path(f"{MEASURES}<int:measure_pk>/", measure_detail, name="measure_detail"),
    path(f"{MEASURES}<int:measure_pk>/edit/", measure_edit, name="measure_edit"),
    path(f"{MEASURES}<int:measure_pk>/figures/", values_enter, name="values_enter"),
    path(f"{MEASURES}<int:measure_pk>/headline/", measure_headline, name="measure_headline"),
    path(f"{MEASURES}<int:measure_pk>/drop/", measure_drop, name="measure_drop"),
    path("<int:pk>/reviews/", review_list, name="review_list"),
    path("<int:pk>/reviews/open/", review_open, name="review_open"),
    path("<int:pk>/reviews/<int:term>/", review_detail, name="review_detail"),
    path("<int:pk>/reviews/<int:term>/view/", view_give, name="view_give"),
    path("<int:pk>/reviews/<int:term>/show/", review_show, name="review_show"),
    path("<int:pk>/reviews/<int:term>/talk/", review_talk, name="review_talk"),
    path("<int:pk>/reviews/<int:term>/close/", review_close, name="review_close"),
    path("<int:pk>/concerns/", concern_list, name="concern_list"),
    path("<int:pk>/concerns/new/", concern_raise, name="concern_raise"),
    path("<int:pk>/concerns/<int:concern_pk>/", concern_detail, name="concern_detail"),
    path("<int:pk>/concerns/<int:concern_pk>/reply/", concern_reply, name="concern_reply"),
    path("<int:pk>/concerns/<int:concern_pk>/step/", concern_step, name="concern_step"),
    path("<int:pk>/concerns/<int:concern_pk>/resolve/", concern_resolve, name="concern_resolve"),
    path("<int:pk>/end/", end_detail, name="end_detail"),
    path("<int:pk>/end/open/", end_open, name="end_open"),
    path("<int:pk>/end/close/", end_close, name="end_close"),
    path("<int:pk>/end/view/", final_view, name="final_view"),
    path("<int:pk>/end/checks/<int:number>/", sustain_give, name="sustain_give"),
    path("<int:pk>/end/impact/", checkback_give, name="checkback_give"),
    path("<int:pk>/end/days/", days_give_back, name="days_give_back"),
    path("<int:pk>/end/story/", story_name, name="story_name"),
    path("<int:pk>/end/story/answer/", story_answer, name="story_answer"),
    path("<int:pk>/money/", money_detail, name="money_detail"),
]
