"""Addresses of the room, below those of a programme."""

from django.urls import path

from support.progress.views.board import board
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
from support.progress.views.notes import (
    note_check,
    note_draft,
    note_give,
    note_release,
    note_withdraw,
    note_write,
)
from support.progress.views.overview import overview, overview_export
from support.progress.views.placements import (
    days_promise,
    placement_agree,
    placement_cancel,
    placement_detail,
    placement_held,
    placement_plan,
)
from support.progress.views.planning import (
    visit_cancel,
    visit_edit,
    visit_held,
    visit_plan,
    visit_unheld,
)
from support.progress.views.values import term_figures, values_enter
from support.progress.views.visits import visit_detail, visit_export, visit_list

app_name = "progress"

MEASURES = "<int:pk>/measures/"

urlpatterns = [
    path("overview/<slug:slug>/", overview, name="overview"),
    path("overview/<slug:slug>/export.<export:kind>", overview_export, name="overview_export"),
    path("board/<slug:slug>/", board, name="board"),
    path("placements/<int:pk>/", placement_detail, name="placement_detail"),
    path("placements/<int:pk>/agree/", placement_agree, name="placement_agree"),
    path("placements/<int:pk>/cancel/", placement_cancel, name="placement_cancel"),
    path("placements/<int:pk>/held/", placement_held, name="placement_held"),
    path("<int:pk>/placements/plan/", placement_plan, name="placement_plan"),
    path("<int:pk>/strands/<int:strand_pk>/days/", days_promise, name="days_promise"),
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
]
