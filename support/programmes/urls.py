"""Addresses of the room."""

from django.urls import path

from support.programmes import views

app_name = "programmes"

urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("export.<export:kind>", views.caseload_export, name="caseload_export"),
    path("figures/<slug:slug>/", views.support_figures, name="support_figures"),
    path("ask/", views.support_ask, name="support_ask"),
    path("refer/", views.support_refer, name="support_refer"),
    path("<int:pk>/answer/", views.request_answer, name="request_answer"),
    path("<int:pk>/withdraw/", views.request_withdraw, name="request_withdraw"),
    path("<int:pk>/", views.programme_detail, name="programme_detail"),
    path("<int:pk>/beginning/", views.programme_beginning, name="programme_beginning"),
    path("<int:pk>/eligibility/", views.eligibility_check, name="eligibility_check"),
    path("<int:pk>/history/", views.programme_history, name="programme_history"),
    path("<int:pk>/people/new/", views.person_name, name="person_name"),
    path("<int:pk>/people/<int:named_pk>/end/", views.person_end, name="person_end"),
    path("<int:pk>/watch/", views.programme_watch, name="programme_watch"),
    path("<int:pk>/review/own/", views.review_own_view, name="review_own_view"),
    path("<int:pk>/review/assess/", views.review_assess, name="review_assess"),
    path("<int:pk>/review/reply/", views.review_reply, name="review_reply"),
    path("<int:pk>/review/judge/", views.review_judge, name="review_judge"),
    path("<int:pk>/review/again/", views.review_again, name="review_again"),
    path("<int:pk>/match/", views.support_match, name="support_match"),
    path("<int:pk>/match/found/", views.matching_finish, name="matching_finish"),
    path("<int:pk>/match/again/", views.matching_take_back, name="matching_take_back"),
    path("<int:pk>/supporting-school/", views.supporting_school, name="supporting_school"),
    path("<int:pk>/strands/new/<str:giver>/<int:giver_pk>/", views.strand_new, name="strand_new"),
    path("<int:pk>/strands/<int:strand_pk>/end/", views.strand_give_up, name="strand_give_up"),
    path("<int:pk>/interests/", views.interests_declare, name="interests_declare"),
    path(
        "<int:pk>/interests/<int:declaration_pk>/settle/",
        views.conflict_settle,
        name="conflict_settle",
    ),
    path("<int:pk>/diligence/", views.diligence_check, name="diligence_check"),
    path("<int:pk>/agreement/", views.agreement_versions, name="agreement_versions"),
    path("<int:pk>/agreement/edit/", views.agreement_edit, name="agreement_edit"),
    path("<int:pk>/agreement/send/", views.agreement_send, name="agreement_send"),
    path("<int:pk>/agreement/drop/", views.agreement_drop, name="agreement_drop"),
    path("<int:pk>/agreement/new-version/", views.agreement_renew, name="agreement_renew"),
    path("<int:pk>/agreement/sign/", views.agreement_sign, name="agreement_sign"),
    path("<int:pk>/agreement/decline/", views.agreement_decline, name="agreement_decline"),
    path("<int:pk>/agreement/<int:number>/", views.agreement_detail, name="agreement_detail"),
    path("<int:pk>/agreement/<int:number>.pdf", views.agreement_pdf, name="agreement_pdf"),
    path("<int:pk>/agreement/<int:number>.txt", views.agreement_words, name="agreement_words"),
]
