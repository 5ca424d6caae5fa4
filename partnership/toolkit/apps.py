"""Start-up of the toolkit: every room's registers are found once all apps are loaded."""

from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    """The lowest room, which knows nothing of schools."""

    name = "partnership.toolkit"
    label = "toolkit"
    verbose_name = "Toolkit"
