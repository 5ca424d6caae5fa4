"""Addresses of the room."""

from django.urls import path

from partnership.invitations import views

app_name = "invitations"

urlpatterns = [
    path("", views.invitation_list, name="invitation_list"),
    path("export.<export:kind>", views.invitation_export, name="invitation_export"),
    path("new/", views.invitation_new, name="invitation_new"),
    path("<int:pk>/send-again/", views.invitation_send_again, name="invitation_send_again"),
    path("<int:pk>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("accept/<str:token>/", views.invitation_accept, name="invitation_accept"),
]
