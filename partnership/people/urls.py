"""Addresses of the room."""

from django.urls import path

from partnership.people.views import details, devices, elsewhere

app_name = "people"

urlpatterns = [
    path("me/", details.my_details, name="my_details"),
    path("me/devices/", devices.device_list, name="device_list"),
    path("me/devices/sign-out/", devices.devices_sign_out, name="devices_sign_out"),
    path("me/devices/<int:pk>/sign-out/", devices.device_sign_out, name="device_sign_out"),
    path("me/accounts/connect/", elsewhere.account_connect, name="account_connect"),
    path(
        "me/accounts/<int:pk>/disconnect/",
        elsewhere.account_disconnect,
        name="account_disconnect",
    ),
]
