import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from partnership.toolkit.progress import begin, report
from tests.factories import MeetingReplyFactory, PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _it_is_tuesday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def head(client):
    person = PersonFactory(name="Ann Achebe", joined_at=NOW - 30 * DAY)
    client.force_login(person)
    return person


def asked(person, due_at=NOW + DAY, **facts):
    return MeetingReplyFactory(
        person=person,
        asked_at=NOW - 30 * DAY,
        meeting__answer_by=due_at,
        meeting__starts_at=NOW + 10 * DAY,
        **facts,
    )


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"


def test_a_desk_greets_and_says_what_waits(client, head):
    asked(head, NOW - DAY, meeting__title="Heads in January")
    asked(head, NOW + 2 * DAY, meeting__title="Heads in May")
    asked(PersonFactory(), meeting__title="Governors")

    page = client.get("/desk/").text

    assert "Good morning, Ann" in page
    assert "One thing is late." in page
    assert page.index("Heads in January") < page.index("Heads in May")
    assert "Governors" not in page


def test_an_empty_desk_says_so(client, head):
    page = client.get("/desk/").text

    assert "Nothing waits on you." in page
    assert "Nothing stands in your diary for the next weeks." in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_desk_costs_the_same_for_one_duty_and_for_three(
    client, head, django_assert_num_queries, count
):
    for _ in range(count):
        asked(head)
    client.get("/desk/")

    with django_assert_num_queries(10):
        client.get("/desk/")


def test_the_first_visits_explain_the_desk(client):
    newcomer, old_hand = PersonFactory(joined_at=NOW - DAY), PersonFactory(joined_at=NOW - 8 * DAY)

    client.force_login(newcomer)
    assert "This is your desk." in client.get("/desk/").text
    client.force_login(old_hand)
    assert "This is your desk." not in client.get("/desk/").text


def test_long_work_shows_how_far_it_is(client, head):
    work = begin(title="Reading the register", person_id=head.pk, back="/schools/", at=time.time())
    address = f"/progress/{work.key}/"

    assert "It is starting" in client.get(address).text
    report(work.key, at=time.time(), total=10, done=4)
    assert "4 of 10 done" in client.get(address).text
    report(work.key, at=time.time(), is_finished=True, words="7 new, 3 changed")
    page = client.get(address).text
    assert "7 new, 3 changed" in page
    assert 'href="/schools/"' in page


def test_work_that_failed_or_fell_silent_says_so(client, head):
    failed, silent = (
        begin(title="Import", person_id=head.pk, back="/", at=time.time()) for _ in range(2)
    )
    report(failed.key, at=time.time(), is_finished=True, has_failed=True, words="Line 7 is broken.")
    report(silent.key, at=time.time() - 300, done=1)

    assert "It stopped." in client.get(f"/progress/{failed.key}/").text
    assert "Nothing has been heard of it" in client.get(f"/progress/{silent.key}/").text


def test_nobody_sees_another_persons_work(client, head):
    others = begin(title="Import", person_id=PersonFactory().pk, back="/", at=time.time())

    assert client.get(f"/progress/{others.key}/").status_code == 404
    assert client.get("/progress/invented/").status_code == 404
