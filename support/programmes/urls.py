"""Addresses of the room."""

from django.urls import path

from support.programmes import views

app_name = "programmes"

urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("export.<export:kind>", views.caseload_export, name="caseload_export"),
    path("ask/", views.support_ask, name="support_ask"),
    path("refer/", views.support_refer, name="support_refer"),
    path("<int:pk>/answer/", views.request_answer, name="request_answer"),
    path("<int:pk>/withdraw/", views.request_withdraw, name="request_withdraw"),
    path("<int:pk>/", views.programme_detail, name="programme_detail"),
    path("<int:pk>/review/own/", views.review_own_view, name="review_own_view"),
    path("<int:pk>/review/assess/", views.review_assess, name="review_assess"),
    path("<int:pk>/review/reply/", views.review_reply, name="review_reply"),
    path("<int:pk>/review/judge/", views.review_judge, name="review_judge"),
    path("<int:pk>/review/again/", views.review_again, name="review_again"),
]
