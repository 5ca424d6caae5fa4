"""Start-up of the room."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Support from the signed agreement to the last check of what lasts."""

    name = "support.progress"
    label = "progress"
    verbose_name = "Progress of support"
    is_in_confidence = True
