"""Start-up of the room."""

from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    """Inviting people: nobody registers alone."""

    name = "partnership.invitations"
    label = "invitations"
    verbose_name = "Invitations"
