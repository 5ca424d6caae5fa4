import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from alliances.meetings.models import Meeting, MeetingReply, Seat
from alliances.meetings.services import NoLongerAsked, answer_meeting, move_meeting
from partnership.audit.models import Event
from partnership.calendar.years import AcademicYear
from partnership.toolkit.versions import ChangedSince
from support.directory.models import CapacityAccount, LedgerEntry, Practitioner
from support.directory.services import NotEnoughDays, offer_days, promise_days
from tests.factories import (
    JoinRequestFactory,
    MeetingFactory,
    MeetingReplyFactory,
    MembershipFactory,
    PersonFactory,
    PractitionerFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)
from workhubs.hubs.models import JoinRequest, WorkhubSchool
from workhubs.hubs.services import (
    InvitationClosed,
    accept_place,
    answer_request,
    invite_schools,
    withdraw_invitation,
)

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

Answer = MeetingReply.Answer
DAY = timedelta(days=1)


def at_once(*acts):
    start = threading.Barrier(len(acts))
    outcomes = [None] * len(acts)

    def run(place, act):
        start.wait()
        try:
            act()
            outcomes[place] = "done"
        except (ChangedSince, InvitationClosed, NoLongerAsked, NotEnoughDays) as refused:
            outcomes[place] = type(refused).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def coming_meeting():
    now = timezone.now()
    return MeetingFactory(
        called=True,
        called_at=now - DAY,
        answer_by=now + 7 * DAY,
        starts_at=now + 14 * DAY,
    )


def answering(reply, answer, **facts):
    def act():
        own = MeetingReply.objects.select_related("meeting", "person").get(pk=reply.pk)
        answer_meeting(reply=own, answer=answer, by=own.person, now=timezone.now(), **facts)

    return act


def moving(meeting, *, days):
    def act():
        own = Meeting.objects.get(pk=meeting.pk)
        move_meeting(
            meeting=own,
            starts_at=meeting.starts_at + days * DAY,
            ends_at=meeting.ends_at + days * DAY,
            place=meeting.place,
            seen_version=meeting.version,
            by=own.called_by,
            now=timezone.now(),
        )

    return act


def test_all_who_answer_one_meeting_at_once_are_kept():
    meeting = coming_meeting()
    replies = [MeetingReplyFactory(meeting=meeting) for _ in range(4)]
    answers = [Answer.YES, Answer.NO, Answer.MAYBE, Answer.YES]

    outcomes = at_once(*map(answering, replies, answers))

    assert outcomes == ["done"] * 4
    assert list(meeting.replies.order_by("pk").values_list("answer", flat=True)) == answers
    assert Event.objects.filter(action="meeting answered").count() == 4


def test_who_answers_from_mail_and_desk_at_once_has_one_answer_and_both_on_record():
    reply = MeetingReplyFactory(meeting=coming_meeting())

    outcomes = at_once(answering(reply, Answer.YES, asking=1), answering(reply, Answer.NO))

    reply.refresh_from_db()
    assert outcomes == ["done", "done"]
    assert reply.answer in {Answer.YES, Answer.NO}
    assert Event.objects.filter(action="meeting answered").count() == 2


def test_of_two_who_move_a_meeting_at_once_the_second_is_told():
    meeting = coming_meeting()

    outcomes = at_once(moving(meeting, days=1), moving(meeting, days=2))

    moved = Meeting.objects.get(pk=meeting.pk)
    assert sorted(outcomes) == ["ChangedSince", "done"]
    assert moved.starts_at == meeting.starts_at + (outcomes.index("done") + 1) * DAY
    assert Event.objects.filter(action="meeting moved").count() == 1


def test_an_answer_and_a_move_at_once_never_leave_an_answer_to_the_old_day():
    meeting = coming_meeting()
    reply = MeetingReplyFactory(meeting=meeting, asked_at=timezone.now() - DAY)

    outcomes = at_once(answering(reply, Answer.YES, asking=1), moving(meeting, days=7))

    reply.refresh_from_db()
    assert outcomes[1] == "done"
    assert outcomes[0] in {"done", "NoLongerAsked"}
    assert (reply.answer, reply.answered_at, reply.asking) == (Answer.NONE, None, 2)


def promising(practitioner, *, strand):
    director = PersonFactory()

    def act():
        now = timezone.now()
        promise_days(
            practitioner=Practitioner.objects.get(pk=practitioner.pk),
            year=AcademicYear.containing(timezone.localdate(now)).start,
            days=Decimal(1),
            strand_id=strand,
            by=director,
            now=now,
        )

    return act


def test_of_two_directors_who_promise_the_last_day_at_once_one_gets_it_and_the_other_is_told():
    now = timezone.now()
    year = AcademicYear.containing(timezone.localdate(now))
    practitioner = PractitionerFactory(days_a_year=1, home_school=None, starts_on=year.first_day)
    offer_days(practitioner=practitioner, year=year.start, by=None, now=now)

    outcomes = at_once(promising(practitioner, strand=1), promising(practitioner, strand=2))

    account = CapacityAccount.objects.get(practitioner=practitioner)
    assert sorted(outcomes) == ["NotEnoughDays", "done"]
    assert (account.promised, account.left) == (1, 0)
    assert LedgerEntry.objects.filter(account=account, kind="promised").count() == 1


def test_two_who_open_an_account_at_once_open_one_and_both_get_their_days():
    now = timezone.now()
    year = AcademicYear.containing(timezone.localdate(now))
    practitioner = PractitionerFactory(days_a_year=2, home_school=None, starts_on=year.first_day)

    outcomes = at_once(promising(practitioner, strand=1), promising(practitioner, strand=2))

    account = CapacityAccount.objects.get(practitioner=practitioner)
    assert outcomes == ["done", "done"]
    assert (account.offered, account.promised) == (2, 2)


def invited():
    now = timezone.now()
    year = WorkhubYearFactory(year=AcademicYear.containing(now.date()).start)
    return WorkhubSchoolFactory(workhub_year=year, invited_at=now - DAY, answer_by=now + 7 * DAY)


def settling(place, settle):
    def act():
        own = WorkhubSchool.objects.get(pk=place.pk)
        settle(place=own, by=place.invited_by, now=timezone.now())

    return act


def inviting(year, school, by):
    def act():
        invite_schools(workhub_year=year, schools=[school], by=by, now=timezone.now())

    return act


def letting_in(request):
    def act():
        own = JoinRequest.objects.get(pk=request.pk)
        answer_request(request=own, accepts=True, by=request.requested_by, now=timezone.now())

    return act


def test_a_school_whose_head_and_deputy_accept_at_once_joins_once_and_has_one_seat():
    place = invited()

    outcomes = at_once(settling(place, accept_place), settling(place, accept_place))

    assert sorted(outcomes) == ["InvitationClosed", "done"]
    assert Seat.objects.filter(school=place.school).count() == 1
    assert Event.objects.filter(action="place accepted").count() == 1


def test_a_place_accepted_and_withdrawn_at_once_is_one_or_the_other():
    place = invited()

    outcomes = at_once(settling(place, accept_place), settling(place, withdraw_invitation))

    place.refresh_from_db()
    has_joined = place.joined_on is not None
    assert sorted(outcomes) == ["InvitationClosed", "done"]
    assert (outcomes[0] == "done", place.withdrawn_at is None) == (has_joined, has_joined)
    assert Seat.objects.filter(school=place.school).exists() == has_joined


def test_a_school_that_is_invited_by_two_and_let_in_at_once_has_one_place():
    now = timezone.now()
    year = WorkhubYearFactory(year=AcademicYear.containing(now.date()).start)
    school = MembershipFactory(alliance=year.workhub.alliance).school
    director = PersonFactory()
    request = JoinRequestFactory(workhub_year=year, school=school)

    outcomes = at_once(
        inviting(year, school, director),
        letting_in(request),
        inviting(year, school, director),
    )

    place = WorkhubSchool.objects.get()
    assert outcomes == ["done"] * 3
    assert (place.school, place.joined_on is not None) == (school, True)
    assert Seat.objects.filter(school=school).count() == 1
    assert not Event.objects.filter(action="school invited").exists()
