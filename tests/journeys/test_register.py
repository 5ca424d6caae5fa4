from datetime import UTC, date, datetime
from pathlib import Path

from celery import current_app

from alliances.membership.models import Membership
from alliances.schools import tasks
from alliances.schools.models import School, SchoolPost
from alliances.schools.services import import_register
from tests.factories import AllianceFactory, MembershipFactory, PersonFactory, SchoolPostFactory
from tests.journeys.conftest import WITH_AND_WITHOUT_SCRIPT

ROOT = Path(__file__).resolve().parents[2]
YESTERDAY = ROOT / "tests" / "data" / "register" / "schools_353_20231116.csv"
TODAY = ROOT / "alliances" / "schools" / "data" / "gias_353_oldham_20250717.csv"
SADDLEWORTH, ITS_ACADEMY = 105736, 151361
NAMES = {
    "schools.read_register": tasks.read_register_file,
    "schools.accept_register": tasks.accept_register_difference,
}


def work():
    """What a worker does meanwhile."""
    with current_app.connection_for_write() as broker:
        message = broker.SimpleQueue("celery").get(timeout=10)
        message.ack()
    NAMES[message.headers["task"]](*message.payload[0])


@WITH_AND_WITHOUT_SCRIPT
def test_staff_bring_the_newer_extract_and_accept_the_difference(somebody, with_script):
    with current_app.connection_for_write() as broker:
        broker.SimpleQueue("celery").clear()
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    import_register(content=YESTERDAY.read_bytes(), name=YESTERDAY.name, by=None, now=now)
    school = School.objects.get(urn=SADDLEWORTH)
    alliance = AllianceFactory(name="Oldham Schools Alliance")
    MembershipFactory(alliance=alliance, school=school, starts_on=date(2020, 9, 1))
    head = SchoolPostFactory(school=school, starts_on=date(2019, 9, 1)).person
    officer = somebody(with_script=with_script).signs_in(PersonFactory(staff=True))

    officer.opens("/schools/register/")
    officer.page.get_by_label("File", exact=True).set_input_files(TODAY)
    officer.presses("Compare it with the register")
    work()
    officer.page.reload()
    compared = officer.words
    officer.follows("Go on")
    officer.follows("Converted 14")
    difference = officer.words
    officer.follows("All 108")
    officer.presses("Accept all")
    work()
    officer.page.reload()
    accepted = officer.words
    officer.opens(f"/schools/{ITS_ACADEMY}/")
    after = officer.words
    officer.follows("Saddleworth School")
    before = officer.words

    assert "Nothing of the register is changed until you accept the difference." in compared
    assert "Follows Saddleworth School (105736), which closes" in difference
    assert "108 rows applied." in accepted
    assert "Oldham Schools Alliance" in after
    assert "Followed Saddleworth School" in after
    assert "Became Saddleworth School" in before
    assert "Closed" in before
    member = Membership.objects.get(alliance=alliance, ends_on=None)
    assert member.school.urn == ITS_ACADEMY
    assert SchoolPost.objects.get(person=head, ends_on=None).school.urn == ITS_ACADEMY
