from datetime import UTC, date, datetime, timedelta

import pytest

from alliances.meetings.models import Body, Meeting, MeetingReply
from alliances.meetings.services import (
    NoLongerAsked,
    NotNow,
    SeatTaken,
    answer_by_mail,
    answer_meeting,
    ask_newcomers,
    call_meeting,
    cancel_meeting,
    close_body,
    default_answer_by,
    discard_draft,
    edit_body,
    edit_meeting,
    found_body,
    hold_meeting,
    leave_seat,
    move_meeting,
    prepare_meeting,
    take_seat,
)
from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.versions import ChangedSince
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    SeatFactory,
)
from tests.factories.meetings import STARTS_AT

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
NEW_DAY = datetime(2027, 1, 19, 16, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def head_of(school, **facts):
    return SchoolPostFactory(school=school, **facts).person


def seated(body, **facts):
    """A school with a seat in the body, and its head."""
    school = SchoolFactory(**facts)
    SeatFactory(body=body, school=school)
    return head_of(school)


def call(meeting, by=None, now=NOW):
    return call_meeting(meeting=meeting, by=by or PersonFactory(), now=now)


def move(meeting, by=None, starts_at=NEW_DAY, now=LATER, **facts):
    facts = {"ends_at": starts_at + timedelta(minutes=90), "place": "Delph library", **facts}
    return move_meeting(
        meeting=meeting, starts_at=starts_at, by=by or PersonFactory(), now=now, **facts
    )


def asked(meeting):
    return {
        reply.person for reply in meeting.replies.filter(ended_at=None).select_related("person")
    }


def told(kind):
    notices = Notice.objects.filter(kind=f"meetings.{kind}").select_related("recipient")
    return [notice.recipient for notice in notices.order_by("recipient_id", "pk")]


def forget_notices():
    Notice.objects.all().delete()


def reply_of(person, meeting):
    return meeting.replies.get(person=person)


def test_calling_asks_and_tells_everybody_with_a_seat_and_nobody_else():
    body = BodyFactory(lead=PersonFactory())
    heads = [seated(body), seated(body)]
    own = SeatFactory(body=body, person=PersonFactory()).person
    seated(BodyFactory(alliance=body.alliance))
    SchoolPostFactory(school=SchoolFactory())

    meeting = call(MeetingFactory(body=body))

    assert (meeting.state, meeting.version) == (Meeting.State.CALLED, 2)
    assert asked(meeting) == {*heads, own, body.lead}
    assert told("called") == sorted([*heads, own, body.lead], key=lambda person: person.pk)


def test_whoever_calls_is_not_mailed_and_counts_as_coming():
    body = BodyFactory()
    caller, other = seated(body), seated(body)

    meeting = call(MeetingFactory(body=body), by=caller)

    assert told("called") == [other]
    assert reply_of(caller, meeting).answer == "yes"
    assert reply_of(caller, meeting).answered_at == NOW
    assert reply_of(other, meeting).answer == ""


def test_a_caller_without_a_seat_is_not_asked():
    body, caller = BodyFactory(), PersonFactory()
    head = seated(body)

    meeting = call(MeetingFactory(body=body), by=caller)

    assert asked(meeting) == {head}


def test_a_head_of_two_schools_answers_for_each_and_is_told_once():
    body, head = BodyFactory(), PersonFactory()
    schools = [SchoolFactory(), SchoolFactory()]
    for school in schools:
        SeatFactory(body=body, school=school)
        SchoolPostFactory(school=school, person=head, kind="executive_head")

    meeting = call(MeetingFactory(body=body))

    assert [reply.school for reply in meeting.replies.order_by("pk")] == schools
    assert told("called") == [head]


def test_a_school_with_two_heads_is_asked_once():
    body, school = BodyFactory(), SchoolFactory()
    SeatFactory(body=body, school=school)
    head_of(school, kind="interim_head")
    head = head_of(school, kind="head")
    head_of(school, kind="deputy")

    meeting = call(MeetingFactory(body=body))

    assert asked(meeting) == {head}


def test_a_person_who_fills_her_schools_seat_is_asked_in_place_of_its_head():
    body, school = BodyFactory(), SchoolFactory()
    head_of(school)
    deputy = PersonFactory()
    SeatFactory(body=body, school=school, person=deputy)

    meeting = call(MeetingFactory(body=body))

    assert asked(meeting) == {deputy}


def test_who_speaks_for_a_school_is_not_asked_again_for_herself():
    body = BodyFactory()
    head = seated(body)
    SeatFactory(body=body, person=head)
    edit_body(body=body, name=body.name, lead=head, by=head, now=NOW)
    body.refresh_from_db()

    meeting = call(MeetingFactory(body=body))

    assert [(reply.person, reply.school is None) for reply in meeting.replies.all()] == [
        (head, False)
    ]


def test_people_who_may_not_sign_in_are_not_asked():
    body = BodyFactory(lead=PersonFactory(invited_only=True))
    SeatFactory(body=body, person=PersonFactory(is_active=False))
    head = seated(body)

    meeting = call(MeetingFactory(body=body))

    assert asked(meeting) == {head}


def test_seats_and_headships_count_on_the_day_of_the_meeting():
    body = BodyFactory()
    school = SchoolFactory()
    SeatFactory(body=body, school=school)
    head_of(school, ends_on=date(2026, 12, 31))
    new_head = head_of(school, starts_on=date(2027, 1, 1))
    SeatFactory(body=body, person=PersonFactory(), ends_on=date(2027, 1, 11))
    until_that_day = SeatFactory(body=body, person=PersonFactory(), ends_on=date(2027, 1, 12))

    meeting = call(MeetingFactory(body=body))

    assert asked(meeting) == {new_head, until_that_day.person}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"called": True}, "called already"),
        ({"state": "cancelled"}, "called already"),
        ({"starts_at": NOW}, "begin in the past"),
        ({"place": ""}, "where you meet"),
    ],
)
def test_a_meeting_is_called_once_and_for_a_coming_day_somewhere(facts, words):
    body = BodyFactory()
    seated(body)
    meeting = MeetingFactory(body=body, **facts)

    with pytest.raises(NotNow, match=words):
        call(meeting)

    assert (told("called"), MeetingReply.objects.count()) == ([], 0)


def test_a_meeting_that_asks_nobody_is_not_called():
    meeting = MeetingFactory()

    with pytest.raises(NotNow, match="nobody to ask"):
        call(meeting)

    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.DRAFT


@pytest.mark.parametrize(
    ("wished", "kept"),
    [
        (None, datetime(2027, 1, 8, 17, tzinfo=UTC)),
        (datetime(2027, 1, 4, 17, tzinfo=UTC), datetime(2027, 1, 4, 17, tzinfo=UTC)),
        (NOW - timedelta(days=3), datetime(2027, 1, 8, 17, tzinfo=UTC)),
        (STARTS_AT + timedelta(hours=1), datetime(2027, 1, 8, 17, tzinfo=UTC)),
    ],
    ids=["none", "a good one", "passed while it was a draft", "after the meeting"],
)
def test_answers_are_wanted_before_the_meeting_and_not_in_the_past(wished, kept):
    body = BodyFactory()
    seated(body)

    meeting = call(MeetingFactory(body=body, answer_by=wished))

    assert meeting.answer_by == kept


def test_a_meeting_called_at_the_last_moment_still_gives_time_to_answer():
    starts_at = NOW + timedelta(hours=2)

    assert default_answer_by(NOW + timedelta(hours=30), now=NOW) == NOW + timedelta(hours=4)
    assert default_answer_by(starts_at, now=NOW) == starts_at


def test_moving_in_time_tells_all_who_were_asked_and_forgets_their_answers():
    body, mover = BodyFactory(), PersonFactory()
    coming, staying, silent = seated(body), seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    for person, answer in ((coming, "yes"), (staying, "no")):
        reply = reply_of(person, meeting)
        answer_meeting(reply=reply, answer=answer, apologies="Ill", by=person, now=NOW)
    forget_notices()

    meeting = move(meeting, by=mover)

    assert told("moved") == [coming, staying, silent]
    assert told("called") == []
    assert [
        (reply.answer, reply.answered_at, reply.apologies, reply.asking, reply.asked_at)
        for reply in meeting.replies.all()
    ] == [("", None, "", 2, LATER)] * 3
    assert (meeting.was_at, meeting.answer_by) == (
        STARTS_AT,
        datetime(2027, 1, 15, 17, tzinfo=UTC),
    )


def test_moving_in_place_only_tells_all_and_keeps_their_answers():
    body = BodyFactory()
    coming, silent = seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    answer_meeting(reply=reply_of(coming, meeting), answer="yes", by=coming, now=NOW)
    forget_notices()

    meeting = move(meeting, starts_at=STARTS_AT)

    assert told("moved") == [coming, silent]
    assert [(reply.answer, reply.asking) for reply in meeting.replies.order_by("pk")] == [
        ("yes", 1),
        ("", 1),
    ]
    assert meeting.was_at is None


def test_whoever_moves_is_not_told_and_comes():
    body = BodyFactory()
    chair, head = seated(body), seated(body)
    meeting = call(MeetingFactory(body=body), by=chair)
    forget_notices()

    meeting = move(meeting, by=chair)

    assert told("moved") == [head]
    assert (reply_of(chair, meeting).answer, reply_of(chair, meeting).asking) == ("yes", 2)


def test_a_move_past_a_handover_asks_the_new_head_and_lets_the_old_one_go():
    body, school = BodyFactory(), SchoolFactory()
    SeatFactory(body=body, school=school)
    old = head_of(school, ends_on=date(2027, 1, 15))
    new = head_of(school, starts_on=date(2027, 1, 16))
    meeting = call(MeetingFactory(body=body))
    forget_notices()

    move(meeting)

    assert asked(meeting) == {new}
    assert reply_of(old, meeting).ended_at == LATER
    assert (told("moved"), told("called")) == ([], [new])


def test_moving_to_where_it_is_already_changes_and_tells_nothing():
    body = BodyFactory()
    seated(body)
    meeting = call(MeetingFactory(body=body))
    forget_notices()

    again = move(meeting, starts_at=STARTS_AT, place=meeting.place)

    assert (told("moved"), again.version, again.sequence) == ([], meeting.version, 0)


def test_the_second_to_move_is_shown_the_first_move():
    body = BodyFactory()
    seated(body)
    meeting = call(MeetingFactory(body=body))
    seen = meeting.version
    moved = move(meeting, seen_version=seen)
    forget_notices()

    with pytest.raises(ChangedSince) as raised:
        move(meeting, starts_at=NEW_DAY + timedelta(days=7), seen_version=seen)

    assert raised.value.current.starts_at == moved.starts_at
    assert told("moved") == []


def test_cancelling_tells_everybody_asked_whatever_they_answered():
    body, chair = BodyFactory(), PersonFactory()
    coming, staying, silent = seated(body), seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    answer_meeting(reply=reply_of(coming, meeting), answer="yes", by=coming, now=NOW)
    answer_meeting(reply=reply_of(staying, meeting), answer="no", by=staying, now=NOW)
    forget_notices()

    meeting = cancel_meeting(meeting=meeting, because="Snow", by=chair, now=LATER)

    assert told("cancelled") == [coming, staying, silent]
    assert (meeting.state, meeting.cancelled_because, meeting.cancelled_at) == (
        Meeting.State.CANCELLED,
        "Snow",
        LATER,
    )


def test_those_who_have_left_hear_of_no_move_and_no_cancellation():
    body = BodyFactory()
    head, left = seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    leave_seat(
        seat=body.seats.get(school__posts__person=left),
        ends_on=date(2026, 12, 1),
        by=head,
        now=NOW,
    )
    forget_notices()

    meeting = move(meeting)
    cancel_meeting(meeting=meeting, because="", by=PersonFactory(), now=LATER)

    assert (told("moved"), told("cancelled")) == ([head], [head])


@pytest.mark.parametrize("state", ["draft", "held", "cancelled"])
def test_only_a_called_meeting_is_moved_cancelled_or_held(state):
    meeting = MeetingFactory(state=state)

    with pytest.raises(NotNow):
        move(meeting)
    with pytest.raises(NotNow):
        cancel_meeting(meeting=meeting, because="", by=PersonFactory(), now=NOW)
    with pytest.raises(NotNow):
        hold_meeting(meeting=meeting, by=PersonFactory(), now=STARTS_AT + timedelta(days=1))


def test_what_is_over_is_neither_moved_nor_cancelled_and_can_be_held():
    meeting = MeetingFactory(called=True)
    over = meeting.ends_at

    with pytest.raises(NotNow, match="over"):
        move(meeting, now=over)
    with pytest.raises(NotNow, match="over"):
        cancel_meeting(meeting=meeting, because="", by=PersonFactory(), now=over)
    with pytest.raises(NotNow, match="not over"):
        hold_meeting(meeting=meeting, by=PersonFactory(), now=over - timedelta(minutes=1))
    assert hold_meeting(meeting=meeting, by=PersonFactory(), now=over).state == "held"


def test_nothing_is_moved_into_the_past():
    body = BodyFactory()
    seated(body)
    meeting = call(MeetingFactory(body=body))

    with pytest.raises(NotNow, match="past"):
        move(meeting, starts_at=NOW - timedelta(days=1))


def test_a_newcomer_is_asked_and_told_of_what_is_called_already_once():
    body = BodyFactory()
    old = seated(body)
    meeting = call(MeetingFactory(body=body))
    MeetingFactory(body=body)
    MeetingFactory(body=body, called=True, starts_at=NOW - timedelta(days=1))
    forget_notices()
    school = SchoolFactory()
    new = head_of(school)

    take_seat(body=body, school=school, by=old, now=LATER)
    ask_newcomers(now=LATER + timedelta(days=1))

    assert asked(meeting) == {old, new}
    assert told("called") == [new]


def test_a_seat_is_taken_once():
    body, school = BodyFactory(), SchoolFactory()
    take_seat(body=body, school=school, by=PersonFactory(), now=NOW)

    with pytest.raises(SeatTaken):
        take_seat(body=body, school=school, by=PersonFactory(), now=NOW)


def test_a_new_head_is_asked_in_place_of_the_old_one_and_only_she_is_told():
    body, school = BodyFactory(), SchoolFactory()
    SeatFactory(body=body, school=school)
    old, other = SchoolPostFactory(school=school), seated(body)
    meeting = call(MeetingFactory(body=body))
    forget_notices()
    old.ends_on = date(2026, 12, 31)
    old.save()
    new = head_of(school, starts_on=date(2027, 1, 1))

    counts = [ask_newcomers(now=LATER), ask_newcomers(now=LATER)]

    assert counts == [1, 0]
    assert asked(meeting) == {new, other}
    assert told("called") == [new]


def test_a_new_lead_is_asked_and_the_former_one_let_go():
    former, lead = PersonFactory(), PersonFactory()
    body = BodyFactory(lead=former)
    head = seated(body)
    meeting = call(MeetingFactory(body=body))
    forget_notices()

    edit_body(body=body, name=body.name, lead=lead, by=former, now=LATER)

    assert asked(meeting) == {head, lead}
    assert told("called") == [lead]


def test_leaving_a_seat_ends_what_is_asked_after_its_last_day_alone():
    body = BodyFactory()
    head = seated(body)
    before = call(MeetingFactory(body=body))
    after = call(MeetingFactory(body=body, starts_at=NEW_DAY))
    forget_notices()

    leave_seat(seat=body.seats.get(), ends_on=date(2027, 1, 15), by=head, now=LATER)

    assert (asked(before), asked(after)) == ({head}, set())
    assert Notice.objects.count() == 0


def test_whoever_comes_back_is_asked_anew_told_again_and_old_links_stay_dead():
    body = BodyFactory()
    seated(body)
    own = PersonFactory()
    seat = SeatFactory(body=body, person=own)
    meeting = call(MeetingFactory(body=body))
    answer_meeting(reply=reply_of(own, meeting), answer="yes", by=own, now=NOW)
    leave_seat(seat=seat, ends_on=date(2026, 11, 30), by=own, now=NOW)

    take_seat(body=body, person=own, by=PersonFactory(), now=LATER)

    reply = reply_of(own, meeting)
    assert (reply.answer, reply.ended_at, reply.asking) == ("", None, 2)
    assert told("called").count(own) == 2


def test_answers_are_kept_changed_and_their_reason_goes_with_the_no():
    reply = MeetingReplyFactory()
    person = reply.person

    answer_meeting(reply=reply, answer="no", apologies="A funeral", by=person, now=NOW)
    reply.refresh_from_db()
    assert (reply.answer, reply.apologies, reply.answered_at) == ("no", "A funeral", NOW)
    answer_meeting(reply=reply, answer="no", by=person, now=LATER)
    reply.refresh_from_db()
    assert (reply.apologies, reply.answered_at) == ("A funeral", LATER)
    answer_meeting(reply=reply, answer="yes", by=person, now=LATER)
    reply.refresh_from_db()
    assert (reply.answer, reply.apologies) == ("yes", "")


def test_the_audit_holds_the_answer_and_never_the_reason():
    reply = MeetingReplyFactory()

    answer_meeting(reply=reply, answer="no", apologies="My operation", by=reply.person, now=NOW)

    event = Event.objects.of(reply.meeting).get()
    assert (event.action, event.actor_id, event.fields, event.values) == (
        "meeting answered",
        reply.person_id,
        ["answer"],
        {"answer": "no", "reply": reply.pk},
    )


def test_an_answer_by_mail_counts_for_every_school_she_speaks_for_and_for_nobody_else():
    meeting, head = MeetingFactory(called=True), PersonFactory()
    replies = [
        MeetingReplyFactory(
            meeting=meeting, person=head, school=SchoolPostFactory(person=head).school
        )
        for _ in range(2)
    ]
    left = SchoolPostFactory(person=head, ends_on=date(2026, 11, 1)).school
    MeetingReplyFactory(meeting=meeting, person=head, school=left)
    MeetingReplyFactory(meeting=meeting)

    answer_by_mail(reply=replies[1], asking=1, answer=MeetingReply.Answer.NO, now=NOW)

    answers = list(meeting.replies.order_by("pk").values_list("answer", flat=True))
    assert answers == ["no", "no", "", ""]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"meeting__state": "cancelled"}, "cancelled"),
        ({"meeting__state": "held"}, "over"),
        ({"meeting__state": "draft"}, "over"),
        ({"ended_at": NOW}, "no longer asked"),
        ({"person__is_active": False}, "no longer asked"),
        ({"asking": 2}, "has moved"),
    ],
)
def test_a_question_that_has_lapsed_takes_no_answer(facts, words):
    reply = MeetingReplyFactory(**facts)

    with pytest.raises(NoLongerAsked, match=words):
        answer_meeting(reply=reply, answer="yes", by=reply.person, now=NOW, asking=1)

    reply.refresh_from_db()
    assert (reply.answer, Event.objects.count()) == ("", 0)


def test_no_answer_is_taken_once_the_meeting_is_over():
    reply = MeetingReplyFactory()

    with pytest.raises(NoLongerAsked, match="over"):
        answer_meeting(reply=reply, answer="yes", by=reply.person, now=reply.meeting.ends_at)


def test_a_head_who_has_left_her_school_answers_no_more():
    post = SchoolPostFactory(ends_on=date(2026, 11, 22))
    reply = MeetingReplyFactory(person=post.person, school=post.school)

    with pytest.raises(NoLongerAsked, match="no longer asked"):
        answer_meeting(reply=reply, answer="yes", by=post.person, now=NOW)


def test_a_draft_is_prepared_edited_and_discarded_and_tells_nobody():
    body, chair = BodyFactory(), PersonFactory()
    seated(body)
    meeting = prepare_meeting(
        body=body,
        title="Spring",
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(hours=1),
        by=chair,
        now=NOW,
    )

    edited = edit_meeting(
        meeting=meeting, changes={"title": "Summer", "place": "Hall"}, by=chair, now=NOW
    )
    assert (edited.title, edited.search_title, edited.place, edited.version) == (
        "Summer",
        "summer",
        "Hall",
        2,
    )
    discard_draft(meeting=meeting, by=chair, now=NOW)

    assert (Meeting.objects.count(), Notice.objects.count()) == (0, 0)
    assert [event.action for event in Event.objects.order_by("pk")] == [
        "meeting prepared",
        "meeting edited",
        "draft discarded",
    ]


def test_a_called_meeting_is_moved_and_not_edited_in_time_and_never_discarded():
    meeting = MeetingFactory(called=True)

    with pytest.raises(NotNow, match="Move it"):
        edit_meeting(meeting=meeting, changes={"starts_at": NEW_DAY}, by=PersonFactory(), now=NOW)
    with pytest.raises(NotNow, match="Cancel it"):
        discard_draft(meeting=meeting, by=PersonFactory(), now=NOW)


def test_what_was_held_or_cancelled_stays_as_it_is():
    for state in ("held", "cancelled"):
        with pytest.raises(NotNow, match="stays as it is"):
            edit_meeting(
                meeting=MeetingFactory(state=state),
                changes={"title": "Other"},
                by=PersonFactory(),
                now=NOW,
            )


def test_the_second_editor_is_told():
    meeting = MeetingFactory()
    edit_meeting(
        meeting=meeting, changes={"title": "First"}, seen_version=1, by=PersonFactory(), now=NOW
    )

    with pytest.raises(ChangedSince) as raised:
        edit_meeting(
            meeting=meeting,
            changes={"title": "Second"},
            seen_version=1,
            by=PersonFactory(),
            now=NOW,
        )

    assert raised.value.current.title == "First"


def test_a_body_is_founded_renamed_and_closed_with_its_history():
    alliance, chair = AllianceFactory(), PersonFactory()
    body = found_body(alliance=alliance, name="Board", kind=Body.Kind.BOARD, by=chair, now=NOW)
    body = edit_body(body=body, name="Strategic board", lead=None, by=chair, now=NOW)

    body = close_body(body=body, last_day=date(2027, 7, 31), by=chair, now=NOW)

    assert (body.name, body.closed_on) == ("Strategic board", date(2027, 7, 31))
    assert [
        (event.action, event.actor_id, event.alliance_id) for event in Event.objects.order_by("pk")
    ] == [
        ("body founded", chair.pk, alliance.pk),
        ("body edited", chair.pk, alliance.pk),
        ("body closed", chair.pk, alliance.pk),
    ]
