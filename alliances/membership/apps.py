"""Start-up of the room."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """Alliances, the schools that belong to them, and the posts in them."""

    name = "alliances.membership"
    label = "membership"
    verbose_name = "Alliances"
