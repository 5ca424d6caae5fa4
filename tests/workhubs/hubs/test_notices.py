from datetime import UTC, date, datetime

import pytest

from alliances.schools.models import SchoolPost
from partnership.toolkit.registers import Letter, Stale
from tests.factories import NoticeFactory, PersonFactory, SchoolPostFactory, WorkhubSchoolFactory
from workhubs.hubs.notices import letters_of_invitation
from workhubs.hubs.services import accept_place, withdraw_invitation

NOW = datetime(2026, 9, 2, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def invited(**facts):
    place = WorkhubSchoolFactory(**facts)
    head = SchoolPostFactory(school=place.school).person
    notice = NoticeFactory(
        kind="hubs.school_invited",
        recipient=head,
        thing_id=place.pk,
        facts={"invited_at": place.invited_at.isoformat()},
    )
    return place, notice


def test_the_letter_says_why_who_asks_and_by_when():
    place, notice = invited(
        school__name="Delph Primary School",
        workhub_year__workhub__name="Transition",
        workhub_year__priority="the move to Year 7",
        invited_by__name="Amina Hussain",
    )
    workhub = place.workhub_year.workhub

    letter = letters_of_invitation([notice], NOW)[notice.pk]

    assert isinstance(letter, Letter)
    assert letter.subject == "Will Delph Primary School join the workhub “Transition”?"
    assert letter.why == (
        "You are head of Delph Primary School, and Amina Hussain has invited it "
        f"into a workhub of {workhub.alliance}."
    )
    assert letter.facts == (
        "School: Delph Primary School",
        "Year: 2026 to 2027",
        "It works on: the move to Year 7",
        "Please answer by Tuesday 15 September 2026, 5pm",
    )
    assert letter.button_url == f"http://testserver/workhubs/{workhub.slug}/2026-to-2027/"
    assert letter.sender_name == workhub.alliance.name


def test_nobody_is_written_to_about_what_is_settled():
    answered, first = invited()
    withdrawn, second = invited()
    asked_again, third = invited()
    left, fourth = invited()
    accept_place(place=answered, by=PersonFactory(), now=NOW)
    withdraw_invitation(place=withdrawn, by=PersonFactory(), now=NOW)
    asked_again.invited_at = NOW
    asked_again.save()
    SchoolPost.objects.filter(school=left.school).update(ends_on=date(2026, 9, 1))
    gone = NoticeFactory(kind="hubs.school_invited", thing_id=0)

    letters = letters_of_invitation([first, second, third, fourth, gone], NOW)

    assert letters == {
        first.pk: Stale("The school has answered."),
        second.pk: Stale("The invitation was withdrawn."),
        third.pk: Stale("The school was asked again since."),
        fourth.pk: Stale("Someone else is head of the school now."),
        gone.pk: Stale("The invitation was withdrawn."),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_many_letters_cost_as_many_queries_as_one(count, django_assert_num_queries):
    notices = [invited()[1] for _number in range(count)]

    with django_assert_num_queries(2):
        letters = letters_of_invitation(notices, NOW)

    assert len(letters) == count
