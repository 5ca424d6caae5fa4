"""Addresses of the room; `pk` is the day's, of the review that belongs to it."""

from django.urls import path

from reviews.days.views import (
    actions,
    after,
    bridging,
    champions,
    checking,
    checking_back,
    consenting,
    declaring,
    documents,
    drafting,
    evaluations,
    evidence,
    findings,
    labels,
    matching,
    moderating,
    naming,
    notes,
    own_views,
    packing,
    preparing,
    priorities,
    releasing,
    reports,
    safeguarding,
    sharing,
    syncing,
    themes,
    timetable,
    workshops,
)

app_name = "days"
FINDING = "days/<int:pk>/moderation/findings/<int:finding_pk>"

school_patterns = [
    path("schools/<int:urn>/", evaluations.evaluation_list, name="evaluation_list"),
    path("schools/<int:urn>/new/", evaluations.evaluation_begin, name="evaluation_begin"),
    path("schools/<int:urn>/<int:year>/", evaluations.evaluation_detail, name="evaluation_detail"),
    path("schools/<int:urn>/<int:year>/edit/", evaluations.evaluation_edit, name="evaluation_edit"),
    path(
        "schools/<int:urn>/<int:year>/priorities/new/",
        priorities.priority_add,
        name="priority_add",
    ),
    path(
        "schools/<int:urn>/<int:year>/priorities/<int:pk>/edit/",
        priorities.priority_edit,
        name="priority_edit",
    ),
    path(
        "schools/<int:urn>/<int:year>/priorities/<int:pk>/move/",
        priorities.priority_move,
        name="priority_move",
    ),
    path(
        "schools/<int:urn>/<int:year>/priorities/<int:pk>/remove/",
        priorities.priority_remove,
        name="priority_remove",
    ),
    path(
        "schools/<int:urn>/<int:year>/same-priorities/",
        matching.same_priorities,
        name="same_priorities",
    ),
    path(
        "schools/<int:urn>/<int:year>/same-priorities/show/",
        matching.priorities_show,
        name="priorities_show",
    ),
    path(
        "schools/<int:urn>/<int:year>/same-priorities/hide/",
        matching.priorities_hide,
        name="priorities_hide",
    ),
]

preparing_patterns = [
    path("days/<int:pk>/self-evaluation/", sharing.evaluation_shared, name="evaluation_shared"),
    path("days/<int:pk>/self-evaluation/share/", sharing.evaluation_share, name="evaluation_share"),
    path(
        "days/<int:pk>/self-evaluation/take-back/",
        sharing.evaluation_take_back,
        name="evaluation_take_back",
    ),
    path("days/<int:pk>/preparation/", preparing.preparation, name="preparation"),
    path("days/<int:pk>/preparation/focus/", preparing.focus_edit, name="focus_edit"),
    path("days/<int:pk>/preparation/planning/", preparing.planning_edit, name="planning_edit"),
    path(
        "days/<int:pk>/preparation/planning/call-off/",
        preparing.planning_call_off,
        name="planning_call_off",
    ),
    path(
        "days/<int:pk>/preparation/planning/agreed/",
        preparing.planning_agreed,
        name="planning_agreed",
    ),
    path("days/<int:pk>/preparation/contacts/", preparing.contact_edit, name="contact_edit"),
    path("days/<int:pk>/documents/new/", documents.file_add, name="file_add"),
    path("days/<int:pk>/documents/complete/", documents.files_complete, name="files_complete"),
    path("days/<int:pk>/documents/<int:file_pk>/", documents.file_download, name="file_download"),
    path(
        "days/<int:pk>/documents/<int:file_pk>/remove/", documents.file_remove, name="file_remove"
    ),
    path("days/<int:pk>/declaration/", declaring.declaration, name="declaration"),
    path("days/<int:pk>/reading/", declaring.reading, name="reading"),
    path("days/<int:pk>/people/new/", naming.person_name, name="person_name"),
    path("days/<int:pk>/people/<int:named_pk>/end/", naming.person_end, name="person_end"),
    path("days/<int:pk>/timetable/", timetable.timetable, name="timetable"),
    path("days/<int:pk>/timetable/given/", timetable.timetable_given, name="timetable_given"),
    path("days/<int:pk>/timetable/clear/", timetable.timetable_clear, name="timetable_clear"),
    path("days/<int:pk>/timetable/partners/", timetable.partners_edit, name="partners_edit"),
    path("days/<int:pk>/timetable/new/", timetable.entry_add, name="entry_add"),
    path("days/<int:pk>/timetable/<int:entry_pk>/edit/", timetable.entry_edit, name="entry_edit"),
    path(
        "days/<int:pk>/timetable/<int:entry_pk>/remove/",
        timetable.entry_remove,
        name="entry_remove",
    ),
    path("days/<int:pk>/pack/", packing.pack, name="pack"),
    path("days/<int:pk>/pack/pdf/", packing.pack_pdf, name="pack_pdf"),
]

evidence_patterns = [
    path("days/<int:pk>/notes/", notes.note_list, name="note_list"),
    path("days/<int:pk>/notes/sync/", syncing.note_sync, name="note_sync"),
    path("days/<int:pk>/notes/<int:note_pk>/edit/", notes.note_edit, name="note_edit"),
    path("days/<int:pk>/notes/<int:note_pk>/remove/", notes.note_remove, name="note_remove"),
    path("days/<int:pk>/views/", own_views.view_list, name="view_list"),
    path("days/<int:pk>/views/complete/", own_views.views_complete, name="views_complete"),
    path("days/<int:pk>/views/reopen/", own_views.views_reopen, name="views_reopen"),
    path("days/<int:pk>/views/<int:theme_pk>/", own_views.view_edit, name="view_edit"),
    path(
        "days/<int:pk>/views/without/<int:person_pk>/",
        own_views.reviewer_excuse,
        name="reviewer_excuse",
    ),
    path(
        "days/<int:pk>/views/without/<int:person_pk>/wait/",
        own_views.reviewer_await,
        name="reviewer_await",
    ),
    path("days/<int:pk>/safeguarding/", safeguarding.safeguarding, name="safeguarding"),
]

moderation_patterns = [
    path("days/<int:pk>/moderation/", moderating.moderation, name="moderation"),
    path("days/<int:pk>/moderation/agree/", moderating.findings_agree, name="findings_agree"),
    path("days/<int:pk>/moderation/end/", moderating.moderation_end, name="moderation_end"),
    path("days/<int:pk>/moderation/open/", moderating.moderation_open, name="moderation_open"),
    path(
        "days/<int:pk>/moderation/team/<int:person_pk>/without/",
        moderating.member_without,
        name="member_without",
    ),
    path(
        "days/<int:pk>/moderation/team/<int:person_pk>/wait/",
        moderating.member_waits,
        name="member_waits",
    ),
    path("days/<int:pk>/moderation/notes/", evidence.moderation_notes, name="moderation_notes"),
    path(
        "days/<int:pk>/moderation/themes/<int:theme_pk>/label/",
        labels.label_edit,
        name="label_edit",
    ),
    path("days/<int:pk>/moderation/findings/new/", findings.finding_add, name="finding_add"),
    path(f"{FINDING}/", findings.finding_detail, name="finding_detail"),
    path(f"{FINDING}/edit/", findings.finding_edit, name="finding_edit"),
    path(f"{FINDING}/evidence/", evidence.finding_evidence, name="finding_evidence"),
    path(f"{FINDING}/disagree/", findings.finding_disagree, name="finding_disagree"),
    path(f"{FINDING}/remove/", findings.finding_remove, name="finding_remove"),
]

report_patterns = [
    path("days/<int:pk>/report/parts/<int:part>/begin/", bridging.bridge, name="bridge"),
    path("reports/", reports.report_list, name="report_list"),
    path("days/<int:pk>/report/", reports.report_detail, name="report_detail"),
    path("days/<int:pk>/report.pdf", reports.report_pdf, name="report_pdf"),
    path("days/<int:pk>/report/begin/", drafting.report_begin, name="report_begin"),
    path(
        "days/<int:pk>/report/begin-again/", drafting.report_begin_again, name="report_begin_again"
    ),
    path("days/<int:pk>/report/edit/", drafting.report_edit, name="report_edit"),
    path("days/<int:pk>/report/send/", drafting.report_send, name="report_send"),
    path("days/<int:pk>/report/parts/new/", drafting.part_add, name="part_add"),
    path("days/<int:pk>/report/parts/<int:part>/edit/", drafting.part_edit, name="part_edit"),
    path("days/<int:pk>/report/parts/<int:part>/move/", drafting.part_move, name="part_move"),
    path("days/<int:pk>/report/parts/<int:part>/remove/", drafting.part_remove, name="part_remove"),
    path("days/<int:pk>/report/comments/new/", checking.comment_add, name="comment_add"),
    path(
        "days/<int:pk>/report/comments/<int:comment>/answer/",
        checking.comment_answer,
        name="comment_answer",
    ),
    path(
        "days/<int:pk>/report/comments/<int:comment>/remove/",
        checking.comment_remove,
        name="comment_remove",
    ),
    path("days/<int:pk>/report/accurate/", checking.report_accurate, name="report_accurate"),
    path("days/<int:pk>/report/release/", releasing.report_release, name="report_release"),
    path("days/<int:pk>/report/readers/", consenting.report_readers, name="report_readers"),
    path(
        "days/<int:pk>/report/readers/<slug:audience>/give/",
        consenting.consent_give,
        name="consent_give",
    ),
    path(
        "days/<int:pk>/report/readers/<slug:audience>/withdraw/",
        consenting.consent_withdraw,
        name="consent_withdraw",
    ),
]

after_patterns = [
    path("days/<int:pk>/afterwards/", after.after, name="after"),
    path("days/<int:pk>/afterwards/champion/", champions.champion_ask, name="champion_ask"),
    path("days/<int:pk>/afterwards/champion/end/", champions.champion_end, name="champion_end"),
    path("days/<int:pk>/afterwards/workshop/", workshops.workshop_arrange, name="workshop_arrange"),
    path("days/<int:pk>/afterwards/workshop/held/", workshops.workshop_held, name="workshop_held"),
    path(
        "days/<int:pk>/afterwards/workshop/not-held/",
        workshops.workshop_not_held,
        name="workshop_not_held",
    ),
    path("days/<int:pk>/afterwards/actions/new/", actions.action_add, name="action_add"),
    path(
        "days/<int:pk>/afterwards/actions/<int:action_pk>/",
        actions.action_edit,
        name="action_edit",
    ),
    path(
        "days/<int:pk>/afterwards/actions/<int:action_pk>/done/",
        actions.action_done,
        name="action_done",
    ),
    path(
        "days/<int:pk>/afterwards/actions/<int:action_pk>/open/",
        actions.action_reopen,
        name="action_reopen",
    ),
    path(
        "days/<int:pk>/afterwards/actions/<int:action_pk>/remove/",
        actions.action_remove,
        name="action_remove",
    ),
    path(
        "days/<int:pk>/afterwards/areas/<int:part_pk>/",
        checking_back.area_answer,
        name="area_answer",
    ),
    path(
        "days/<int:pk>/afterwards/check-back/",
        checking_back.check_back_give,
        name="check_back_give",
    ),
    path(
        "days/<int:pk>/afterwards/check-back/open/",
        checking_back.check_back_reopen,
        name="check_back_reopen",
    ),
    path("themes/", themes.theme_list, name="theme_list"),
    path("<int:pk>/themes/", themes.themes, name="themes"),
    path("<int:pk>/themes/export.<export:kind>", themes.themes_export, name="themes_export"),
]

urlpatterns = [
    *school_patterns,
    *preparing_patterns,
    *evidence_patterns,
    *moderation_patterns,
    *report_patterns,
    *after_patterns,
]
