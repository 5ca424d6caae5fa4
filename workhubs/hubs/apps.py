"""Start-up of the room."""

from django.apps import AppConfig


class HubsConfig(AppConfig):
    """Workhubs: schools working on one priority, year by year."""

    name = "workhubs.hubs"
    label = "hubs"
    verbose_name = "Workhubs"
