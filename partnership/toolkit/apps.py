"""Start-up of the toolkit: every room's registers are found once all apps are loaded."""

from django.apps import AppConfig
from django.db.models import Field

from partnership.toolkit.lookups import Among


class ToolkitConfig(AppConfig):
    """The lowest room, which knows nothing of schools."""

    name = "partnership.toolkit"
    label = "toolkit"
    verbose_name = "Toolkit"

    def ready(self) -> None:
        """Know the lookups that the ORM lacks before anybody asks by them."""
        Field.register_lookup(Among)
