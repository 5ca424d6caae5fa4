"""Start-up of the room."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """The national register of schools, and the posts people hold in them."""

    name = "alliances.schools"
    label = "schools"
    verbose_name = "Schools"
