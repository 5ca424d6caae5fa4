"""Start-up of the room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Duties, reminders, the outbox and digests."""

    name = "partnership.notices"
    label = "notices"
    verbose_name = "Notices"
