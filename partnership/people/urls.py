"""Addresses of the room."""

from django.urls import path

from partnership.people.views import details, elsewhere

app_name = "people"

urlpatterns = [
    path("me/", details.my_details, name="my_details"),
    path("me/accounts/connect/", elsewhere.account_connect, name="account_connect"),
    path(
        "me/accounts/<int:pk>/disconnect/",
        elsewhere.account_disconnect,
        name="account_disconnect",
    ),
]
