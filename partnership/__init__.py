"""The portal itself: settings, addresses, Celery, and the rooms every wing stands on."""

from partnership.celery import app as celery_app

__all__ = ["celery_app"]
