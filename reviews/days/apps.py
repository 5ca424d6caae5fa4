"""Start-up of the room."""

from django.apps import AppConfig


class DaysConfig(AppConfig):
    """A review from the self-evaluation to what has changed: between the host and its team."""

    name = "reviews.days"
    label = "days"
    verbose_name = "Reviews"
    is_in_confidence = True
