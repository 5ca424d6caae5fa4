"""Addresses of the room, below those of a programme."""

from django.urls import path

from support.progress.views.board import board
from support.progress.views.overview import overview, overview_export

app_name = "progress"

urlpatterns = [
    path("overview/<slug:slug>/", overview, name="overview"),
    path("overview/<slug:slug>/export.<export:kind>", overview_export, name="overview_export"),
    path("board/<slug:slug>/", board, name="board"),
]
