import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from partnership.toolkit.registers import DemoClock
from tests.migrated import Migrated

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def find_chromium():
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items):
    needs_postgresql = pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL")
    needs_chromium = pytest.mark.skip(reason="needs Chromium on PATH")
    has_chromium = find_chromium() is not None
    for item in items:
        if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
            item.add_marker(needs_postgresql)
        if item.get_closest_marker("journey") and not has_chromium:
            item.add_marker(needs_chromium)


def pytest_unconfigure():
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def _migrated(
    request,
    tmp_path_factory,
    django_db_modify_db_settings,
    django_db_use_migrations,
    django_db_blocker,
):
    cache = getattr(request.config, "cache", None)
    migrated = Migrated(cache.mkdir("migrated") if cache else tmp_path_factory.getbasetemp())
    if django_db_use_migrations:  # else the tables come from the models, and nobody keeps them
        with django_db_blocker.unblock():
            migrated.begin()
    return migrated


@pytest.fixture(scope="session")
def django_db_setup(_migrated, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        _migrated.keep()


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture(scope="module")
def undone_with_module(django_db_setup, django_db_blocker):
    """Where a module builds once what all its tests begin with; each test undoes its own changes.

    The tests ask for `db`, which is then a savepoint inside this transaction.
    """
    whole = transaction.atomic()
    with django_db_blocker.unblock():
        whole.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(scope="module")
def loaded_at(request, undone_with_module):
    """The moment at which the demo of the module's ROOMS was loaded, once for all its tests."""
    clock = DemoClock(now=timezone.localtime(request.param))
    with undone_with_module():
        before = transaction.savepoint()
        for room in request.module.ROOMS:
            room.load(clock)
    yield request.param
    with undone_with_module():
        transaction.savepoint_rollback(before)
