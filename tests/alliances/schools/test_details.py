from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alliances.schools.duties import CONFIRM_DETAILS
from alliances.schools.models import DetailsCheck, SchoolContact, SchoolPost
from alliances.schools.notices import DETAILS_WRONG, letters_of_wrong_details
from alliances.schools.services import answer_details, ask_for_details, change_contact
from alliances.schools.services.details import details_due_at
from alliances.schools.tasks import ask_schools_for_details
from partnership.audit.models import Event
from partnership.calendar.years import AcademicYear
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from partnership.toolkit.registers import Duty, DutyWindow, Letter, Stale, all_duties
from tests.factories import PersonFactory, SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

OCTOBER = datetime(2026, 10, 1, 7, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
YEAR = AcademicYear(2026)


@pytest.fixture
def headship():
    return SchoolPostFactory(school__name="Delph Primary School", person__name="Anna Kershaw")


@pytest.fixture
def head(client, headship):
    client.force_login(headship.person)
    return client


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


def owed(now, **window):
    duties = all_duties(DutyWindow(now=now, kinds=[CONFIRM_DETAILS], **window))
    return [Duty(*row) for row in duties]


def details(school):
    return reverse("schools:details_confirm", args=[school.urn])


def test_every_school_with_a_head_here_is_asked_once_a_year():
    headship = SchoolPostFactory()
    SchoolPostFactory(kind=SchoolPost.Kind.DEPUTY)
    SchoolPostFactory(ends_on=date(2026, 8, 31))
    SchoolPostFactory(person__is_active=False)

    first, second = ask_for_details(now=OCTOBER), ask_for_details(now=OCTOBER)

    check = DetailsCheck.objects.get()
    assert (first, second) == (1, 0)
    assert (check.school, check.year) == (headship.school, 2026)
    assert check.due_at == datetime(2026, 10, 31, 17, tzinfo=UTC)


def test_school_that_comes_later_has_four_weeks():
    assert details_due_at(YEAR, asked_at=NOW) == datetime(2026, 12, 20, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "day", [datetime(2026, 9, 14, 9, tzinfo=UTC), datetime(2027, 7, 1, 9, tzinfo=UTC)]
)
def test_nobody_is_asked_in_the_summer_or_the_first_days_of_a_year(day):
    SchoolPostFactory()

    assert ask_for_details(now=day) == 0


def test_each_head_owes_the_answer_once_until_one_of_them_gives_it(headship):
    other = SchoolPostFactory(school=headship.school, kind=SchoolPost.Kind.EXECUTIVE_HEAD)
    SchoolPostFactory(school=headship.school, person=headship.person, kind="interim_head")
    SchoolPostFactory(school=headship.school, kind=SchoolPost.Kind.DEPUTY)
    ask_for_details(now=OCTOBER)

    before = owed(OCTOBER)
    answer_details(school=headship.school, is_right=True, by=other.person, now=NOW)

    assert sorted(duty.person_id for duty in before) == [headship.person_id, other.person_id]
    assert before[0].title == "Are the details of Delph Primary School right?"
    assert before[0].url == details(headship.school)
    assert before[0].line == "Once in an academic year"
    assert "head of Delph Primary School" in before[0].spec.why(before[0])
    assert owed(NOW) == []
    assert len(owed(NOW, with_done=True)) == 2


def test_former_head_no_longer_owes_the_answer_and_her_successor_does(headship):
    ask_for_details(now=OCTOBER)
    headship.ends_on = date(2026, 10, 10)
    headship.save()
    successor = SchoolPostFactory(school=headship.school, starts_on=date(2026, 10, 11))

    assert [duty.person_id for duty in owed(OCTOBER)] == [headship.person_id]
    assert [duty.person_id for duty in owed(NOW)] == [successor.person_id]


def test_head_is_reminded_once_before_the_deadline_and_not_after_confirming(headship):
    ask_for_details(now=OCTOBER)
    near = datetime(2026, 10, 28, 10, tzinfo=UTC)

    plan_reminders(now=near)
    plan_reminders(now=near)
    reminded = list(Notice.objects.values_list("recipient", flat=True))
    answer_details(school=headship.school, is_right=True, by=headship.person, now=near)
    plan_reminders(now=datetime(2026, 11, 2, 10, tzinfo=UTC))

    assert reminded == [headship.person_id]
    assert Notice.objects.count() == 1


def test_head_sees_what_is_held_and_confirms_it(head, headship):
    SchoolContact.objects.create(school=headship.school, email="office@delph.example")
    ask_for_details(now=timezone.now())

    page = head.get(details(headship.school)).content.decode()
    response = head.post(details(headship.school), {"answer": "right", "words": ""})
    after = head.get(headship.school.get_absolute_url()).content.decode()

    check = DetailsCheck.objects.get()
    assert "office@delph.example" in page
    assert "Anna Kershaw" in page
    assert response["Location"] == headship.school.get_absolute_url()
    assert (check.is_right, check.answered_by) == (True, headship.person)
    assert "Anna Kershaw confirmed these details on" in after
    assert "office@delph.example" in after
    assert Event.objects.get().action == "details confirmed"
    assert "Confirmed for" in head.get(details(headship.school)).content.decode()


def test_who_says_that_something_is_wrong_says_what_and_staff_are_told(head, headship):
    staff = PersonFactory(staff=True)

    mute = head.post(details(headship.school), {"answer": "wrong", "words": ""})
    none = head.post(details(headship.school), {})
    head.post(details(headship.school), {"answer": "wrong", "words": "The head is new."})

    check, notice = DetailsCheck.objects.get(), Notice.objects.get()
    assert "Say what is wrong, so that it can be put right." in mute.content.decode()
    assert "Say whether all of it is right." in none.content.decode()
    assert (check.is_right, check.words) == (False, "The head is new.")
    assert (notice.recipient, notice.kind) == (staff, DETAILS_WRONG)
    assert "confirmed these" not in head.get(headship.school.get_absolute_url()).content.decode()
    head.force_login(staff)
    page = head.get(details(headship.school)).content.decode()
    assert "The head is new." in page
    assert "Send the answer" not in page


def test_staff_read_the_details_and_confirm_nothing(client, headship):
    client.force_login(PersonFactory(staff=True))

    client.post(details(headship.school), {"answer": "right"})

    assert not DetailsCheck.objects.exists()


def test_letter_about_wrong_details_lapses_once_they_are_confirmed(headship):
    PersonFactory(staff=True)
    told = {"school": headship.school, "by": headship.person, "now": NOW}
    answer_details(is_right=False, words="The head is new.", **told)
    notices = list(Notice.objects.all())

    letter = letters_of_wrong_details(notices, NOW)[notices[0].pk]
    answer_details(is_right=True, **told)
    stale = letters_of_wrong_details(notices, NOW)[notices[0].pk]

    assert isinstance(letter, Letter)
    assert letter.button_url.endswith(details(headship.school))
    assert "The head is new" not in str(letter)
    assert isinstance(stale, Stale)


def contact(client, school, **changes):
    address = reverse("schools:contact_edit", args=[school.urn])
    fields = {"seen_version": 1, "email": "", "telephone": "", "words": ""}
    return client.post(address, {**fields, **changes})


def test_head_says_how_the_school_is_reached(head, headship):
    response = contact(head, headship.school, telephone="01457 872264", words="Ask for Mrs Shaw.")
    wrong = contact(head, headship.school, seen_version=2, telephone="ring me")

    kept = SchoolContact.objects.get()
    assert response["Location"] == details(headship.school)
    assert (kept.telephone, kept.words) == ("01457 872264", "Ask for Mrs Shaw.")
    assert "Write digits and spaces" in wrong.content.decode()
    assert Event.objects.get().fields == ["telephone", "words"]


def test_second_editor_of_contact_details_sees_what_the_first_saved(head, headship):
    change_contact(
        school=headship.school, changes={"telephone": "01457 1"}, by=headship.person, now=NOW
    )

    shown = contact(head, headship.school, telephone="01457 872264")
    saved = contact(head, headship.school, telephone="01457 872264", seen_version=2)

    assert "01457 1" in shown.content.decode()
    assert (shown.status_code, saved.status_code) == (200, 302)


def test_head_of_another_school_confirms_nothing(client, headship):
    client.force_login(SchoolPostFactory(school=SchoolFactory()).person)

    assert client.get(details(headship.school)).status_code == 403
    assert client.post(details(headship.school), {"answer": "right"}).status_code == 403
    assert contact(client, headship.school).status_code == 403
    assert not DetailsCheck.objects.exists()


def test_task_may_run_twice():
    SchoolPostFactory()

    with time_machine.travel(OCTOBER, tick=False):
        ask_schools_for_details()
        ask_schools_for_details()

    assert DetailsCheck.objects.count() == 1


def test_page_of_details_costs_few_queries(head, headship, django_assert_num_queries):
    ask_for_details(now=timezone.now() - timedelta(days=1))
    head.get(details(headship.school))

    with django_assert_num_queries(6):
        head.get(details(headship.school))
