"""Start-up of the room."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """Academic years, school days and the diary."""

    name = "partnership.calendar"
    label = "calendar"
    verbose_name = "Academic time"
