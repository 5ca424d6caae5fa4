"""Start-up of the room."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Who can help a school, and how many days they have left."""

    name = "support.directory"
    label = "directory"
    verbose_name = "Directory of support"
