import re
import time
from datetime import date
from pathlib import Path

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alliances.schools import tasks
from alliances.schools.models import ProposedChange, RegisterFile, RegisterUpdate, School
from alliances.schools.services import import_register
from partnership.audit.models import Event
from partnership.toolkit.progress import begin, progress_of
from tests.alliances.schools.test_import_services import NOW, content, everything
from tests.factories import PersonFactory, ProposedChangeFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[2] / "data" / "register"
OLDER = "schools_353_20231116.csv"
NEWER = "gias_353_oldham_20250717.csv"
PAGE = "/schools/register/"


@pytest.fixture
def staff(client):
    person = PersonFactory(staff=True)
    client.force_login(person)
    return person


def run_task():
    """Do what the page asked the worker to do, and answer what the progress page then says."""
    with current_app.connection_for_write() as broker:
        queue = broker.SimpleQueue("celery")
        message = queue.get(timeout=5)
        message.ack()
    told = {"schools.read_register": tasks.read_register_file}
    told["schools.accept_register"] = tasks.accept_register_difference
    told[message.headers["task"]](*message.payload[0])
    return message.payload[0]


@pytest.fixture(autouse=True)
def _empty_queue():
    with current_app.connection_for_write() as broker:
        broker.SimpleQueue("celery").clear()


def brought(client, body, name, **typed):
    file = SimpleUploadedFile(name, body, content_type="text/csv")
    page = client.post(PAGE, {"file": file, **typed}, follow=True)
    assert page.status_code == 200
    run_task()
    return RegisterUpdate.objects.get(name=name)


def yesterday():
    import_register(content=(DATA / OLDER).read_bytes(), name=OLDER, by=None, now=NOW)


def test_staff_see_what_a_newer_file_would_change_before_anything_changes(client, staff):
    yesterday()
    before = everything()

    update = brought(client, content(), NEWER)

    page = client.get(update.get_absolute_url())
    converted = client.get(f"{update.get_absolute_url()}?kind=converted")
    assert everything()[0] == before[0]
    assert update.state == "waiting"
    assert update.published_on == date(2025, 7, 17)
    assert update.changes.all().counts() == {"converted": 14, "changed": 94}
    assert 'Follows <a href="/schools/105736/">Saddleworth School</a>' in converted.text
    assert re.search(r"Opened on:</strong> <ins>\d+ \w+ \d{4}</ins>", page.text)
    assert not update.content


def test_accepting_all_makes_the_register_as_the_file_has_it(client, staff):
    yesterday()
    update = brought(client, content(), NEWER)

    client.post(f"{update.get_absolute_url()}accept/", {"accept": "all", "kind": ""})
    _update, key, *_rest = run_task()

    update.refresh_from_db()
    assert progress_of(key, person_id=staff.pk).words == "108 rows applied."
    assert update.state == "applied"
    assert str(update.file) == NEWER
    again = import_register(content=content(), name=NEWER, by=None, now=NOW)
    assert str(again) == "0 new, 0 changed, 108 unchanged, 0 refused"
    assert School.objects.get(urn=105736).status == "Closed"
    assert School.objects.get(urn=105736).closed_on == date(2025, 3, 31)


def test_only_ticked_rows_are_applied_and_the_rest_waits(client, staff):
    yesterday()
    update = brought(client, content(), NEWER)
    rows = list(update.changes.filter(kind="changed").order_by("pk")[:2])

    address = f"{update.get_absolute_url()}accept/"
    client.post(address, {"accept": "ticked", "change": [row.pk for row in rows], "kind": ""})
    run_task()

    update.refresh_from_db()
    assert update.state == "waiting"
    applied = update.changes.filter(applied_at__isnull=False)
    assert sorted(applied.values_list("pk", flat=True)) == sorted(row.pk for row in rows)
    events = Event.objects.filter(action="facts changed by the register")
    assert {event.school_id for event in events} == {
        School.objects.get(urn=row.urn).pk for row in rows
    }
    assert not School.objects.filter(urn=151361).exists()


def test_accepting_one_kind_leaves_the_others(client, staff):
    yesterday()
    update = brought(client, content(), NEWER)

    client.post(f"{update.get_absolute_url()}accept/", {"accept": "all", "kind": "converted"})
    run_task()

    waiting = update.changes.waiting().values_list("kind", flat=True)
    assert set(waiting) == {"changed"}
    assert School.objects.filter(urn=151361).exists()


def test_a_row_whose_school_was_changed_meanwhile_is_left_and_says_so(client, staff):
    yesterday()
    update = brought(client, content(), NEWER)
    row = update.changes.filter(kind="changed", facts__has_key="website").first()
    School.objects.filter(urn=row.urn).update(website="www.changed.example")

    address = f"{update.get_absolute_url()}accept/"
    client.post(address, {"accept": "ticked", "change": [row.pk]})
    _update, key, *_rest = run_task()

    row.refresh_from_db()
    assert row.reason == "it has been changed meanwhile"
    assert progress_of(key, person_id=staff.pk).words == (
        "0 rows applied; 1 left, because the register has changed."
    )
    assert School.objects.get(urn=row.urn).website == "www.changed.example"


def test_nothing_ticked_is_said_and_changes_nothing(client, staff):
    update = brought(client, content(), NEWER)

    page = client.post(f"{update.get_absolute_url()}accept/", {"accept": "ticked"}, follow=True)

    assert "Tick the rows that you accept" in page.text
    assert not School.objects.exists()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"\x00\x01", "This isn’t a CSV file of text."),
        (b"PK\x03\x04" + b"\x00" * 400, "This isn’t a CSV file of text."),
        (b"name,age\r\nAda,36\r\n", "it has no column “URN”"),
    ],
    ids=["binary", "zip", "another table"],
)
def test_a_wrong_file_is_refused_on_its_page_in_one_sentence(client, staff, body, sentence):
    update = brought(client, body, "wrong.csv")

    assert update.state == "refused"
    assert sentence in client.get(update.get_absolute_url()).text
    assert not ProposedChange.objects.exists()


def test_an_empty_file_is_refused_at_the_field(client, staff):
    page = client.post(PAGE, {"file": SimpleUploadedFile("empty.csv", b"")})

    assert "This file is empty." in page.text
    assert not RegisterUpdate.objects.exists()


def test_codes_that_are_none_are_refused_at_the_field(client, staff):
    file = SimpleUploadedFile("oldham.csv", content())

    page = client.post(PAGE, {"file": file, "la_codes": "Oldham"})

    assert "“Oldham” isn’t a code of three digits." in page.text


def test_refused_rows_stand_in_the_difference_with_line_and_reason(client, staff):
    body = content().replace(b'105638,"353"', b'1O5638,"353"')

    update = brought(client, body, NEWER)

    row = update.changes.get(kind="refused")
    assert (row.line, row.urn) == (3, "1O5638")
    page = client.get(f"{update.get_absolute_url()}?kind=refused")
    assert "“URN” isn’t a number of five to seven digits" in page.text


def test_reading_may_be_begun_again_and_accepting_happens_once(client, staff):
    update = brought(client, content(), NEWER)
    work = begin(title="x", person_id=staff.pk, back="/", at=time.time())

    tasks.read_register_file(update.pk, work.key)
    tasks.accept_register_difference(update.pk, work.key, staff.pk, None, "")
    tasks.accept_register_difference(update.pk, work.key, staff.pk, None, "")

    assert School.objects.count() == 108
    assert RegisterFile.objects.count() == 1
    assert progress_of(work.key, person_id=staff.pk).words == (
        "This file has been accepted or put aside already."
    )


def test_a_file_put_aside_changes_nothing(client, staff):
    update = brought(client, content(), NEWER)

    page = client.post(f"{update.get_absolute_url()}put-aside/", follow=True)

    update.refresh_from_db()
    assert "is put aside" in page.text
    assert update.state == "put_aside"
    assert not School.objects.exists()


def test_an_import_that_dies_half_way_leaves_nothing_and_can_be_run_again(client, staff):
    update = brought(client, content(), NEWER)
    SchoolPostFactory(school__urn=100767)

    def die(done, total):
        raise KeyboardInterrupt

    from alliances.schools.services import accept_register_update

    with pytest.raises(KeyboardInterrupt):
        accept_register_update(update=update, by=staff, now=NOW, report=die)

    assert School.objects.count() == 1
    accept_register_update(update=update, by=staff, now=NOW)
    assert School.objects.count() == 109


def test_the_pages_cost_the_same_for_one_row_and_for_fifty(
    client, staff, django_assert_num_queries
):
    update = brought(client, content(), NEWER)
    few = brought(client, b"\r\n".join(content().split(b"\r\n")[:2]) + b"\r\n", "one_20250717.csv")

    for each in (few, update):
        client.get(each.get_absolute_url())
        with django_assert_num_queries(5):
            client.get(each.get_absolute_url())


def test_facts_not_known_before_are_folded_under_those_that_change(client, staff):
    change = ProposedChangeFactory(
        facts={"website": ["old.example", "new.example"], "telephone": ["", "01616334433"]}
    )

    content = client.get(change.update.get_absolute_url()).content.decode()

    assert "<del>old.example</del> <ins>new.example</ins>" in content
    assert "<summary>1 fact not known before</summary>" in content


def test_only_portal_staff_bring_files(client):
    client.force_login(PersonFactory())

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403
    assert reverse("schools:register_updates") == PAGE
