"""Whether a database is the demo's, and making it empty again: everything else is left alone."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Model

from partnership.home.models import DemoDatabase


def is_demo() -> bool:
    """Whether the database carries the demo's mark."""
    return _has_table(DemoDatabase) and DemoDatabase.objects.exists()


def why_not_demo() -> str:
    """A sentence when the database holds something that isn't the demo, else nothing."""
    tables = set(connection.introspection.table_names())
    if not tables or is_demo():
        return ""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    if not tables & ours:
        return "This database belongs to something else: give the demo one of its own."
    if _has_table(get_user_model()) and get_user_model().objects.exists():
        return "This database holds people and isn’t a demo: it stays as it is."
    return ""


def mark_as_demo(*, now: datetime) -> None:
    """Say for ever after that this database may be emptied."""
    DemoDatabase.objects.create(pk=1, loaded_at=now)


def empty_demo() -> None:
    """Remove the demo's tables, uploads and mails; the caller has asked `is_demo`."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
    else:
        with connection.schema_editor() as editor:
            for table in connection.introspection.table_names():
                editor.execute(f"DROP TABLE {editor.quote_name(table)} CASCADE")
    for folder in (settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH):
        shutil.rmtree(folder, ignore_errors=True)


def _has_table(model: type[Model]) -> bool:
    return model._meta.db_table in connection.introspection.table_names()
