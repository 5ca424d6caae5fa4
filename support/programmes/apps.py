"""Start-up of the room."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Support for one school, from the request to the agreement."""

    name = "support.programmes"
    label = "programmes"
    verbose_name = "Support programmes"
    is_in_confidence = True
