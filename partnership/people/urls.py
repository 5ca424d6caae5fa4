"""Addresses of the room."""

from django.urls import path

from partnership.people.views import address, details, devices, elsewhere

app_name = "people"

urlpatterns = [
    path("me/", details.my_details, name="my_details"),
    path("me/address/", address.address_change, name="address_change"),
    path("me/address/<str:token>/", address.address_confirm, name="address_confirm"),
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
