"""Start-up of the Django admin; apart from its site, which needs the apps to be there."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's own site in its place."""

    default_site = "partnership.people.office.PortalAdminSite"
