from datetime import timedelta

import pytest
from django.urls import resolve

from alliances.meetings.notices import NOTICES
from alliances.meetings.services import (
    NotNow,
    answer_meeting,
    cancel_meeting,
    leave_seat,
    note_not_held,
)
from partnership.notices.models import Notice
from partnership.toolkit.registers import DiaryWindow, Letter, Stale, diary
from tests.alliances.meetings.acts import (
    LATER,
    NOW,
    call,
    forget_notices,
    move,
    reply_of,
    seated,
)
from tests.factories import (
    AlliancePostFactory,
    BodyFactory,
    MeetingFactory,
    PersonFactory,
    SchoolPostFactory,
    SeatFactory,
)
from tests.factories.meetings import STARTS_AT

pytestmark = pytest.mark.django_db

SENT_AT = LATER + timedelta(minutes=1)


def heads_group(**facts):
    return BodyFactory(name="Heads’ group", alliance__name="Oldham Schools Alliance", **facts)


def letters(kind, now=SENT_AT):
    (spec,) = [notice_kind for notice_kind in NOTICES if notice_kind.key == f"meetings.{kind}"]
    notices = list(Notice.objects.filter(kind=spec.key).order_by("pk"))
    words = spec.letters(notices, now)
    return [words[notice.pk] for notice in notices]


def test_the_call_says_first_why_and_then_what_when_where_and_by_when():
    body = heads_group()
    seated(body, name="Delph Primary School")
    chair = AlliancePostFactory(
        alliance=body.alliance, person__name="Amina Hussain", kind="chair"
    ).person
    meeting = call(
        MeetingFactory(
            body=body,
            title="Spring term",
            link="https://meet.example/1",
            note="Bring your diary.",
        ),
        by=chair,
    )

    (letter,) = letters("called")

    reply = meeting.replies.get()
    assert letter == Letter(
        subject="Will you come? Spring term",
        heading="Spring term",
        why="You have this because Delph Primary School has a seat in Heads’ group, "
        "which is called to a meeting.",
        facts=(
            "Tuesday 12 January 2027, 4pm to 5.30pm",
            "Greenfield Primary School",
            "You can also join by a link, which the meeting’s page shows.",
        ),
        button_label="Answer: yes, no or maybe",
        button_url=letter.button_url,
        after=(
            "Please answer by Friday 8 January 2027, 5pm. One click is enough; you need not sign in.",
            "Bring your diary.",
        ),
        signature="Amina Hussain, chair",
        sender_name="Oldham Schools Alliance",
        thread=f"meeting-{meeting.pk}",
        dated=letter.dated,
    )
    path = letter.button_url.removeprefix("http://testserver")
    assert resolve(path).view_name == "meetings:meeting_answer_by_mail"
    assert str(reply.person) not in letter.button_url


def test_a_member_of_her_own_is_told_that_she_belongs():
    body = heads_group()
    SeatFactory(body=body, person=PersonFactory())
    call(MeetingFactory(body=body))

    (letter,) = letters("called")

    assert letter.why == (
        "You have this because you belong to Heads’ group, which is called to a meeting."
    )


def test_a_head_of_two_schools_has_one_letter_for_both():
    body = heads_group()
    head = seated(body, name="Delph Primary School")
    second = SchoolPostFactory(person=head, school__name="Austerlands School").school
    SeatFactory(body=body, school=second)
    call(MeetingFactory(body=body))

    (letter,) = letters("called")

    assert letter.why == (
        "You have this because Austerlands School and Delph Primary School have seats in "
        "Heads’ group, which is called to a meeting."
    )
    assert "One click is enough, for all your schools" in letter.after[0]


def test_each_mail_tells_her_calendar_the_same_as_her_diary():
    body = BodyFactory()
    head = seated(body)
    window = DiaryWindow(head, NOW, NOW + timedelta(days=200), with_cancelled=True)
    meeting = call(MeetingFactory(body=body))
    told = []

    for kind, act in (
        ("called", lambda: meeting),
        ("moved", lambda: move(meeting)),
        ("cancelled", lambda: cancelled(meeting)),
    ):
        act()
        (letter,) = letters(kind)
        (entry,) = diary(window, limit=5)
        assert letter.dated == entry.dated
        told.append((letter.dated.state, letter.dated.sequence, letter.dated.thing_id))

    assert told == [
        ("called", 0, meeting.pk),
        ("called", 1, meeting.pk),
        ("cancelled", 2, meeting.pk),
    ]


def cancelled(meeting):
    return cancel_meeting(meeting=meeting, because="", by=PersonFactory(), now=LATER)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"place": "Greenfield Primary School", "link": "https://x.example"},
            "its link to join has",
        ),
        ({"place": "Hall", "link": "https://x.example"}, "its place and its link has changed: it"),
        ({"place": "", "link": "https://x.example"}, "it has no place any more, but another link"),
    ],
)
def test_another_link_or_no_place_is_told_as_such(facts, words):
    body = heads_group()
    seated(body)
    move(call(MeetingFactory(body=body)), starts_at=STARTS_AT, **facts)

    (letter,) = letters("moved")

    assert words in letter.why


def test_a_meeting_that_never_took_place_is_told_once_and_mildly():
    body = heads_group()
    head, by = seated(body), PersonFactory()
    meeting = call(MeetingFactory(body=body, title="Spring term"))
    over = STARTS_AT + timedelta(days=1)
    with pytest.raises(NotNow, match="Cancel it instead"):
        note_not_held(meeting=meeting, because="", by=by, now=NOW)

    note_not_held(meeting=meeting, because="Snow", by=by, now=over)

    notice = Notice.objects.get(kind="meetings.missed")
    (kind,) = [kind for kind in NOTICES if kind.key == "meetings.missed"]
    letter = kind.letters([notice], over)[notice.pk]
    assert notice.recipient == head
    assert letter.subject == "Did not take place: Spring term"
    assert letter.why.startswith("You were asked to this meeting. It did not take place")
    assert letter.after == ("Reason: Snow",)
    with pytest.raises(NotNow):
        note_not_held(meeting=meeting, because="", by=by, now=over)
    assert Notice.objects.filter(kind="meetings.missed").count() == 1


def test_a_move_says_first_what_changed_and_from_when():
    body = heads_group()
    seated(body)
    move(call(MeetingFactory(body=body, title="Spring term")))

    (letter,) = letters("moved")

    assert letter.subject == "Moved: Spring term"
    assert letter.why == (
        "You are asked to this meeting, and it has moved: it was to be on Tuesday 12 January 2027, "
        "4pm to 5.30pm, at Greenfield Primary School. Answers given before no longer count."
    )
    assert letter.facts == ("Tuesday 19 January 2027, 4pm to 5.30pm", "Delph library")
    assert letter.after == (
        "Please answer by Friday 15 January 2027, 5pm. One click is enough; you need not sign in.",
    )


def test_another_place_is_told_without_asking_again():
    body = heads_group()
    seated(body)
    meeting = move(call(MeetingFactory(body=body, title="Spring term")), starts_at=STARTS_AT)

    (letter,) = letters("moved")

    assert letter.subject == "Another place: Spring term"
    assert letter.why == (
        "You are asked to this meeting, and its place has changed: it was to be at Greenfield "
        "Primary School. Its time and your answer stand."
    )
    assert letter.facts == ("Tuesday 12 January 2027, 4pm to 5.30pm", "Delph library")
    assert letter.button_url == f"http://testserver/meetings/{meeting.pk}/"


@pytest.mark.parametrize(("because", "after"), [("Snow", ("Reason: Snow",)), ("", ())])
def test_a_cancellation_says_so_first_and_why(because, after):
    body = heads_group()
    seated(body)
    meeting = call(MeetingFactory(body=body, title="Spring term"))
    cancel_meeting(meeting=meeting, because=because, by=PersonFactory(), now=LATER)

    (letter,) = letters("cancelled")

    assert (letter.subject, letter.after) == ("Cancelled: Spring term", after)
    assert letter.why == (
        "You were asked to this meeting, and it is cancelled. There is nothing you need to do."
    )
    assert letter.facts == ("Tuesday 12 January 2027, 4pm to 5.30pm",)


def test_a_call_that_waits_is_stale_once_the_meeting_has_moved_in_time():
    body = heads_group()
    seated(body)
    move(call(MeetingFactory(body=body)))

    assert letters("called") == [Stale("The meeting has moved since.")]


def test_a_call_that_waits_is_sent_with_the_place_that_it_has_by_now():
    body = heads_group()
    seated(body)
    move(call(MeetingFactory(body=body)), starts_at=STARTS_AT)

    (letter,) = letters("called")

    assert letter.facts == ("Tuesday 12 January 2027, 4pm to 5.30pm", "Delph library")


def test_of_two_moves_in_place_the_last_is_told():
    body = heads_group()
    seated(body)
    meeting = move(call(MeetingFactory(body=body)), starts_at=STARTS_AT)
    move(meeting, starts_at=STARTS_AT, place="Parish hall", now=LATER + timedelta(minutes=1))

    stale, letter = letters("moved")

    assert stale == Stale("The meeting has moved since.")
    assert letter.facts[1] == "Parish hall"


def test_a_move_in_time_is_told_even_when_the_place_changes_before_it_is_sent():
    body = heads_group()
    seated(body)
    meeting = move(call(MeetingFactory(body=body)))
    move(meeting, starts_at=meeting.starts_at, place="Parish hall")

    first, second = letters("moved")

    assert (first.subject, second.subject) == (
        f"Moved: {meeting.title}",
        f"Another place: {meeting.title}",
    )


def test_nothing_is_told_of_what_was_cancelled_is_over_or_asks_her_no_longer():
    body = heads_group()
    head = seated(body)
    meeting = call(MeetingFactory(body=body))
    over = letters("called", now=meeting.ends_at)
    leave_seat(seat=body.seats.get(), ends_on=NOW.date(), by=head, now=NOW)
    left = letters("called")
    forget_notices()
    seated(body)
    cancelled = call(MeetingFactory(body=body))
    cancel_meeting(meeting=cancelled, because="", by=head, now=LATER)

    assert over == [Stale("The meeting is over.")]
    assert left == [Stale("No longer asked to this meeting.")]
    assert letters("called") == [Stale("The meeting is cancelled by now.")]


def test_a_head_who_left_her_school_before_the_mail_went_is_not_written_to():
    body = heads_group()
    head = seated(body)
    call(MeetingFactory(body=body))
    head.school_posts.update(ends_on=NOW.date())

    assert letters("called") == [Stale("No longer asked to this meeting.")]


def test_whoever_has_answered_still_hears_of_a_move():
    body = heads_group()
    head = seated(body)
    meeting = call(MeetingFactory(body=body))
    answer_meeting(reply=reply_of(head, meeting), answer="no", by=head, now=NOW)
    move(meeting)

    assert [letter.subject for letter in letters("moved")] == [f"Moved: {meeting.title}"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", ["called", "moved", "cancelled"])
def test_letters_cost_the_same_for_one_and_for_three(kind, count, django_assert_num_queries):
    for _ in range(count):
        body = heads_group(alliance__slug=f"oldham-{_}")
        for _ in range(count):
            seated(body)
        meeting = call(MeetingFactory(body=body))
        if kind == "moved":
            move(meeting)
        if kind == "cancelled":
            cancel_meeting(meeting=meeting, because="", by=PersonFactory(), now=LATER)
    spec = next(notice_kind for notice_kind in NOTICES if notice_kind.key == f"meetings.{kind}")
    notices = list(Notice.objects.filter(kind=spec.key))

    with django_assert_num_queries(2):
        words = spec.letters(notices, SENT_AT)

    assert [type(letter) for letter in words.values()] == [Letter] * count * count
