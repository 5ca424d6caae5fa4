from datetime import timedelta

import pytest

from partnership.notices.models import Notice
from partnership.toolkit.registers import Duty, DutyWindow, Letter, Stale, all_duties, notice_kinds
from reviews.cycles.services.holding import call_off_day
from reviews.days.duties.evaluation import SHARE
from reviews.days.notices.sharing import EVALUATION_SHARED
from reviews.days.services.sharing import share_evaluation, take_back_evaluation
from tests.factories.schools import SchoolPostFactory
from tests.reviews.days.own_school import NOW, SECRET, make_host

pytestmark = pytest.mark.django_db
PEOPLE = ("head", "acting", "colleague", "lead", "reviewer", "asked", "organiser", "officer")


@pytest.fixture
def host(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_host()


def owed(now=NOW):
    rows = all_duties(DutyWindow(kinds=[SHARE], now=now))
    return [Duty(*row) for row in rows.order_by("duty_person_id")]


def share(host):
    told = {"review": host.review, "evaluation": host.evaluation, "by": host.head}
    share_evaluation(**told, now=NOW)


def notices():
    return list(Notice.objects.filter(kind=EVALUATION_SHARED).order_by("recipient"))


def letters():
    return list(notice_kinds()[EVALUATION_SHARED].letters(notices(), NOW).values())


def address(host, ending=""):
    return f"/reviews/days/{host.review.day_id}/self-evaluation/{ending}"


def seen(client, person, url):
    client.force_login(person)
    return client.get(url)


def test_each_head_of_the_host_owes_it_once_until_it_is_shared_or_the_day_begins(host):
    second = SchoolPostFactory(school=host.school, kind="executive_head").person
    SchoolPostFactory(school=host.school, person=host.head, kind="interim_head")
    duties = owed()

    assert [duty.person_id for duty in duties] == sorted([host.head.pk, second.pk])
    assert {duty.due_at for duty in duties} == {host.review.evaluation_by}
    assert {duty.goes_up_to_id for duty in duties} == {host.organiser.pk}
    assert {duty.url for duty in duties} == {address(host)}
    assert owed(host.review.day.starts_at + timedelta(minutes=1)) == []

    share(host)
    assert owed() == []

    take_back_evaluation(review=host.review, by=host.head, now=NOW)
    assert len(owed()) == 2


def test_a_day_that_is_called_off_asks_for_nothing(host):
    call_off_day(day=host.review.day, because="Flood", by=host.organiser, now=NOW)

    assert owed() == []


def test_the_duty_names_no_school(host):
    [duty] = owed()

    said = f"{duty.title} {duty.line} {duty.spec.why(duty)} {duty.url}"

    assert host.school.name not in said
    assert duty.spec.is_private


def test_the_team_that_has_accepted_is_told_once_and_the_mail_says_nothing(host):
    share(host)

    told = [notice.recipient_id for notice in notices()]
    assert told == sorted([host.lead.pk, host.reviewer.pk])
    for letter in letters():
        assert isinstance(letter, Letter)
        said = f"{letter.subject} {letter.why} {letter.after} {letter.button_url}"
        assert host.school.name not in said
        assert SECRET not in said
        assert letter.button_url.endswith(address(host))


def test_no_mail_goes_once_it_is_taken_back(host):
    share(host)
    take_back_evaluation(review=host.review, by=host.head, now=NOW)

    assert [type(letter) for letter in letters()] == [Stale, Stale]


def test_the_team_reads_it_from_the_sharing_until_it_is_taken_back(client, host):
    unshared = {name: seen(client, getattr(host, name), address(host)) for name in PEOPLE}
    share(host)
    read = {name: seen(client, getattr(host, name), address(host)) for name in PEOPLE}
    take_back_evaluation(review=host.review, by=host.head, now=NOW)
    after = {name: seen(client, getattr(host, name), address(host)) for name in PEOPLE}

    inside = {"head", "acting", "lead", "reviewer"}
    for pages in (unshared, read, after):
        assert {name for name, page in pages.items() if page.status_code == 200} == inside
        assert {page.status_code for name, page in pages.items() if name not in inside} == {404}
    assert {name for name, page in read.items() if SECRET in page.text} == inside
    assert not any(SECRET in page.text for page in [*unshared.values(), *after.values()])


def test_head_and_who_acts_for_her_share_and_take_back_on_the_pages(client, host):
    client.force_login(host.acting)
    chosen = client.post(address(host, "share/"), {"year": 2026}, follow=True)
    assert "The team reads your self-evaluation now" in chosen.text

    again = client.post(address(host, "share/"), {"year": 2026})
    assert "The team reads one already. Take that back first." in again.text

    client.force_login(host.head)
    asked = client.get(address(host, "take-back/"))
    assert "The team no longer reads it" in asked.text
    back = client.post(address(host, "take-back/"), follow=True)
    assert "The team no longer reads your self-evaluation." in back.text
    host.review.refresh_from_db()
    assert (host.review.shared_at, host.review.evaluation_id) == (None, None)

    client.force_login(host.lead)
    assert client.post(address(host, "share/"), {"year": 2026}).status_code == 403


def test_a_school_that_has_nothing_complete_is_led_to_write_it(client, host):
    host.evaluation.priorities.all().delete()
    client.force_login(host.head)

    led = client.get(address(host, "share/"), follow=True)

    assert led.redirect_chain == [(f"/reviews/schools/{host.school.urn}/", 302)]
    assert "Write the self-evaluation first" in led.text


@pytest.mark.parametrize("who", ["head", "lead"])
def test_the_shared_page_keeps_to_nine_queries(client, host, who, django_assert_max_num_queries):
    share(host)
    seen(client, getattr(host, who), address(host))

    with django_assert_max_num_queries(9):
        client.get(address(host))


def test_the_form_of_sharing_keeps_to_six_queries(client, host, django_assert_max_num_queries):
    seen(client, host.head, address(host, "share/"))

    with django_assert_max_num_queries(6):
        client.get(address(host, "share/"))
