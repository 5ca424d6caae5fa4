"""Start-up of the audit room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what to which thing, for ever."""

    name = "partnership.audit"
    label = "audit"
    verbose_name = "Audit"
