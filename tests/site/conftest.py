import pytest
from django.utils import timezone

from partnership.home.readiness import record_beat
from tests.site.world import make_world


@pytest.fixture(scope="module")
def founded(undone_with_module):
    """A world built once for all tests of a module."""
    with undone_with_module():
        return make_world()


@pytest.fixture
def world(db, founded):
    """That world, whatever an earlier test did to it."""
    record_beat(now=timezone.now())
    return founded
