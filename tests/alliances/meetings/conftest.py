import pytest
import time_machine

from tests.alliances.meetings.acts import NOW, Oldham


@pytest.fixture
def oldham():
    """An alliance with a called meeting, on a day before it."""
    with time_machine.travel(NOW, tick=False):
        yield Oldham()
