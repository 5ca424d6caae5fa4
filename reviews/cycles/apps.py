"""Start-up of the room."""

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """Review days of a year: every school hosts once, and who visits whom on which day."""

    name = "reviews.cycles"
    label = "cycles"
    verbose_name = "Cycles of review days"
    is_in_confidence = True
