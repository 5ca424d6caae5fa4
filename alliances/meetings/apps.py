"""Start-up of the room."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Bodies and their meetings: agenda, papers, replies."""

    name = "alliances.meetings"
    label = "meetings"
    verbose_name = "Meetings"
