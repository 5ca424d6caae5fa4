import pytest
import time_machine

from partnership.calendar.years import AcademicYear
from tests.factories import WorkhubFactory, WorkhubYearFactory
from tests.workhubs.hubs.test_views import NOW, Oldham
from workhubs.hubs.models import Workhub
from workhubs.hubs.services import create_workhub

pytestmark = pytest.mark.django_db


@pytest.fixture
def oldham():
    with time_machine.travel(NOW, tick=False):
        yield Oldham()


def _community(oldham):
    hub = WorkhubFactory(alliance=oldham.alliance, name="Modelling writing", kind="community")
    return WorkhubYearFactory(workhub=hub, lead=oldham.lead, priority="writing")


def test_learning_community_is_found_by_its_kind_and_says_so(client, oldham):
    _community(oldham)
    client.force_login(oldham.head)

    every = client.get("/workhubs/").content.decode()
    communities = client.get("/workhubs/?kind=community").content.decode()

    assert "Learning community: writing" in every
    assert "Transition</a>" in every
    assert "Modelling writing</a>" in communities
    assert "Transition</a>" not in communities


def test_page_of_a_learning_community_says_its_kind(client, oldham):
    year = _community(oldham)
    client.force_login(oldham.head)

    page = client.get(year.get_absolute_url())

    assert "Learning community." in page.content.decode()
    assert "Learning community" not in client.get(oldham.year.get_absolute_url()).content.decode()


def test_workhub_is_created_of_a_kind(oldham):
    year = create_workhub(
        alliance=oldham.alliance,
        name="Reading aloud",
        year=AcademicYear.containing(NOW.date()),
        lead=oldham.lead,
        priority="reading",
        aims="",
        kind=Workhub.Kind.LEARNING_COMMUNITY,
        by=oldham.director,
        now=NOW,
    )

    assert year.workhub.is_community
