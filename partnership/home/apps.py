"""Start-up of the room."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The public front, the desk, the frame, health checks and the demo."""

    name = "partnership.home"
    label = "home"
    verbose_name = "Home"
