"""Start-up of the room of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who signs in, and how."""

    name = "partnership.people"
    label = "people"
    verbose_name = "People"
