from datetime import timedelta

import pytest
import time_machine

from alliances.meetings.links import answer_path
from alliances.meetings.models import MeetingReply
from alliances.meetings.services import (
    answer_meeting,
    begin_meeting,
    cancel_meeting,
    leave_seat,
)
from partnership.audit.models import Event
from tests.alliances.meetings.acts import LATER, NOW, move, said
from tests.factories import MeetingReplyFactory, PersonFactory, SchoolPostFactory, SeatFactory

pytestmark = pytest.mark.django_db


def answer_of(oldham):
    oldham.reply.refresh_from_db()
    return oldham.reply.answer


def link(oldham):
    return answer_path(oldham.reply.pk, 1)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("yes", "You have said yes to Spring term."),
        ("maybe", "You have said maybe to Spring term."),
        ("no", "You have sent your apologies to Spring term."),
    ],
)
def test_an_answer_on_the_page_is_one_click(client, oldham, answer, words):
    client.force_login(oldham.head)

    response = client.post(oldham.answer_page, {"answer": answer})

    assert (response.status_code, response.url, said(response)) == (302, oldham.page, [words])
    assert answer_of(oldham) == answer


def test_an_answer_on_the_desk_leads_back_to_the_desk(client, oldham):
    client.force_login(oldham.head)

    response = client.post(oldham.answer_page, {"answer": "yes", "next": "/desk/"})

    assert response.url == "/desk/"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "evil", "\\\\evil"])
def test_an_answer_never_leads_elsewhere(client, oldham, address):
    client.force_login(oldham.head)

    response = client.post(oldham.answer_page, {"answer": "yes", "next": address})

    assert response.url == oldham.page


def test_nonsense_is_no_answer(client, oldham):
    client.force_login(oldham.head)

    response = client.post(oldham.answer_page, {"answer": "perhaps"})

    assert said(response) == ["Choose yes, maybe or no."]
    assert answer_of(oldham) == ""


def test_the_desk_asks_and_is_answered_in_place(client, oldham):
    client.force_login(oldham.head)
    before = client.get("/desk/").content.decode()
    client.post(oldham.answer_page, {"answer": "yes", "next": "/desk/"})
    after = client.get("/desk/").content.decode()

    assert f'action="{oldham.answer_page}"' in before
    assert f'action="{oldham.answer_page}"' not in after


@pytest.mark.parametrize(
    ("who", "status"),
    [("other_head", 403), ("director", 403), ("lead", 403), ("stranger", 404), ("officer", 404)],
)
def test_nobody_answers_for_another(client, oldham, who, status):
    client.force_login(getattr(oldham, who))

    answered = client.post(oldham.answer_page, {"answer": "no"})
    excused = client.post(f"{oldham.answer_page}apologies/", {"apologies": "Lazy"})

    assert (answered.status_code, excused.status_code) == (status, status)
    assert answer_of(oldham) == ""


def test_answers_are_only_posted(client, oldham):
    client.force_login(oldham.head)

    assert client.get(oldham.answer_page, {"answer": "yes"}).status_code == 405
    assert answer_of(oldham) == ""


def test_apologies_come_with_a_reason_that_can_be_changed(client, oldham):
    client.force_login(oldham.head)

    response = client.post(f"{oldham.answer_page}apologies/", {"apologies": "A funeral"})
    again = client.get(f"{oldham.answer_page}apologies/")

    assert said(response) == ["You have sent your apologies to Spring term."]
    oldham.reply.refresh_from_db()
    assert (oldham.reply.answer, oldham.reply.apologies) == ("no", "A funeral")
    assert again.context["form"].initial["apologies"] == "A funeral"


def test_a_reason_too_long_is_refused_and_kept_on_the_page(client, oldham):
    client.force_login(oldham.head)

    response = client.post(f"{oldham.answer_page}apologies/", {"apologies": "x" * 301})

    assert response.status_code == 200
    assert "x" * 301 in response.content.decode()
    assert answer_of(oldham) == ""


def test_a_page_left_open_over_a_cancellation_answers_nothing(client, oldham):
    cancel_meeting(meeting=oldham.meeting, because="", by=oldham.chair, now=NOW)
    client.force_login(oldham.head)

    response = client.post(oldham.answer_page, {"answer": "yes"})

    assert said(response) == ["This meeting has been cancelled, so no answer is needed."]
    assert answer_of(oldham) == ""


def test_a_page_left_open_over_a_move_does_not_answer_for_the_new_day(client, oldham):
    client.force_login(oldham.head)
    shown = client.get(oldham.page).content.decode()
    move(oldham.meeting, by=oldham.director, now=NOW)

    response = client.post(
        oldham.answer_page, {"answer": "yes", "asked": f"{oldham.reply.pk}:{oldham.reply.asking}"}
    )

    assert 'name="asked"' in shown
    assert answer_of(oldham) == ""
    assert "has moved" in said(response)[0]


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_mails_link_shows_the_meeting_and_changes_nothing(client, oldham, method):
    events = Event.objects.count()

    response = getattr(client, method)(link(oldham))

    assert response.status_code == 200
    assert answer_of(oldham) == ""
    assert Event.objects.count() == events


def test_the_mails_link_shows_title_time_and_place_and_nothing_else(client, oldham):
    oldham.meeting.note = "Between ourselves"
    oldham.meeting.link = "https://meet.example/secret"
    oldham.meeting.save()

    page = client.get(link(oldham)).content.decode()

    for shown in ("Spring term", "Tuesday 12 January 2027, 4pm", "Greenfield Primary School"):
        assert shown in page
    for hidden in (
        "Between ourselves",
        "meet.example",
        "Attendance",
        "Delph Primary School",
        "Diggle School",
        oldham.head.name,
        oldham.head.email,
        oldham.other_head.name,
    ):
        assert hidden not in page


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_the_link_is_kept_by_no_cache_told_to_no_site_and_found_by_no_search(
    client, oldham, method
):
    response = getattr(client, method)(link(oldham))

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]


def test_the_link_answers_without_signing_in_and_changes_her_mind(client, oldham):
    first = client.post(link(oldham), {"answer": "yes"})
    answers = [answer_of(oldham)]
    client.post(link(oldham), {"answer": "no"})
    answers.append(answer_of(oldham))

    assert answers == ["yes", "no"]
    assert "You have said yes" in first.content.decode()
    assert "_auth_user_id" not in client.session
    assert (
        list(Event.objects.filter(action="meeting answered").values_list("actor_id"))
        == [(oldham.head.pk,)] * 2
    )


def test_the_link_answers_for_its_own_person_whoever_is_signed_in(client, oldham):
    client.force_login(oldham.other_head)

    client.post(link(oldham), {"answer": "no"})

    assert answer_of(oldham) == "no"
    assert MeetingReply.objects.get(person=oldham.other_head).answer == ""


def test_the_link_counts_for_all_her_schools(client, oldham):
    second = SchoolPostFactory(person=oldham.head).school
    SeatFactory(body=oldham.body, school=second)
    other = MeetingReplyFactory(meeting=oldham.meeting, person=oldham.head, school=second)

    client.post(link(oldham), {"answer": "yes"})

    other.refresh_from_db()
    assert (answer_of(oldham), other.answer) == ("yes", "yes")


def test_nonsense_by_the_link_is_no_answer(client, oldham):
    response = client.post(link(oldham), {"answer": "perhaps"})

    assert (response.status_code, answer_of(oldham)) == (200, "")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_the_link_takes_no_other_method(client, oldham, method):
    assert getattr(client, method)(link(oldham)).status_code == 405


def moved(oldham):
    move(oldham.meeting, by=oldham.director, now=NOW)


def cancelled(oldham):
    cancel_meeting(meeting=oldham.meeting, because="", by=oldham.chair, now=NOW)


def left_seat(oldham):
    seat = oldham.body.seats.get(school=oldham.reply.school)
    leave_seat(seat=seat, ends_on=NOW.date(), by=oldham.chair, now=NOW)


def left_headship(oldham):
    oldham.head.school_posts.update(ends_on=NOW.date() - timedelta(days=1))


def deactivated(oldham):
    oldham.head.is_active = False
    oldham.head.save()


@pytest.mark.parametrize("what", [moved, cancelled, left_seat, left_headship, deactivated])
def test_the_link_is_dead_after(client, oldham, what):
    what(oldham)

    opened = client.get(link(oldham))
    posted = client.post(link(oldham), {"answer": "yes"})

    assert (opened.status_code, posted.status_code) == (410, 410)
    assert "Spring term" not in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    assert answer_of(oldham) == ""


def test_the_link_is_dead_once_the_meeting_is_over(client, oldham):
    with time_machine.travel(oldham.meeting.ends_at, tick=False):
        posted = client.post(link(oldham), {"answer": "yes"})

    assert posted.status_code == 410
    assert answer_of(oldham) == ""


def test_the_link_of_the_newer_mail_lives_after_a_move(client, oldham):
    move(oldham.meeting, by=oldham.director, now=NOW)

    client.post(answer_path(oldham.reply.pk, 2), {"answer": "maybe"})

    assert answer_of(oldham) == "maybe"


def test_a_link_of_a_later_asking_than_there_was_is_dead(client, oldham):
    assert client.post(answer_path(oldham.reply.pk, 9), {"answer": "yes"}).status_code == 410


@pytest.mark.parametrize("token", ["nonsense", "WzEsMV0:1tqQ:sig", "a" * 500])
def test_a_token_that_is_not_ours_is_not_found(client, oldham, token):
    response = client.get(f"/meetings/answer/{token}/")

    assert response.status_code == 404
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_link_to_a_reply_that_is_gone_is_not_found(client, oldham):
    assert client.get(answer_path(oldham.reply.pk + 1_000, 1)).status_code == 404


def test_an_answer_given_after_all_by_page_stands_beside_the_link(client, oldham):
    answer_meeting(reply=oldham.reply, answer="no", by=oldham.head, now=LATER)
    SchoolPostFactory(person=PersonFactory())

    page = client.get(link(oldham)).content.decode()

    assert page.count('name="answer"') == 3


def test_a_no_says_who_comes_instead_and_everybody_asked_reads_it(client, oldham):
    client.force_login(oldham.head)
    client.post(
        f"{oldham.answer_page}apologies/",
        {"apologies": "A funeral", "substitute": "Beth Lowe, deputy head"},
    )
    mine = client.get(oldham.page).content.decode()
    client.force_login(oldham.other_head)
    theirs = client.get(oldham.page).content.decode()

    oldham.reply.refresh_from_db()
    assert (oldham.reply.answer, oldham.reply.substitute) == ("no", "Beth Lowe, deputy head")
    assert "Beth Lowe, deputy head comes instead." in mine
    assert "sends Beth Lowe, deputy head" in theirs
    assert "1 substitute" in theirs
    assert "A funeral" not in theirs


@pytest.mark.parametrize("answer", ["yes", "maybe"])
def test_whoever_comes_after_all_sends_nobody(client, oldham, answer):
    client.force_login(oldham.head)
    client.post(f"{oldham.answer_page}apologies/", {"apologies": "Ill", "substitute": "Beth Lowe"})

    client.post(oldham.answer_page, {"answer": answer})

    oldham.reply.refresh_from_db()
    assert (oldham.reply.apologies, oldham.reply.substitute) == ("", "")


def test_saying_no_again_keeps_reason_and_substitute(client, oldham):
    client.force_login(oldham.head)
    client.post(f"{oldham.answer_page}apologies/", {"apologies": "Ill", "substitute": "Beth Lowe"})

    client.post(link(oldham), {"answer": "no"})

    oldham.reply.refresh_from_db()
    assert (oldham.reply.apologies, oldham.reply.substitute) == ("Ill", "Beth Lowe")


def test_a_move_forgets_the_substitute(client, oldham):
    client.force_login(oldham.head)
    client.post(f"{oldham.answer_page}apologies/", {"apologies": "Ill", "substitute": "Beth Lowe"})

    move(oldham.meeting, by=oldham.director, now=NOW)

    oldham.reply.refresh_from_db()
    assert (oldham.reply.answer, oldham.reply.apologies, oldham.reply.substitute) == ("", "", "")


def test_no_reason_and_no_substitute_is_taken_without_signing_in(client, oldham):
    client.post(link(oldham), {"answer": "no", "apologies": "A funeral", "substitute": "Beth Lowe"})
    form = client.get(f"{oldham.answer_page}apologies/")

    oldham.reply.refresh_from_db()
    assert (oldham.reply.answer, oldham.reply.apologies, oldham.reply.substitute) == ("no", "", "")
    assert form.status_code == 302
    assert form.url.startswith("/accounts/login/")


def test_after_a_no_the_mails_page_leads_to_reason_and_substitute(client, oldham):
    asked = client.get(link(oldham)).content.decode()
    yes = client.post(link(oldham), {"answer": "yes"}).content.decode()
    no = client.post(link(oldham), {"answer": "no"}).content.decode()

    apologies = f"{oldham.answer_page}apologies/"
    assert [apologies in page for page in (asked, yes, no)] == [False, False, True]


def test_the_mails_page_never_shows_a_reason_or_a_substitute(client, oldham):
    answer_meeting(
        reply=oldham.reply,
        answer="no",
        apologies="A funeral",
        substitute="Beth Lowe",
        by=oldham.head,
        now=NOW,
    )

    page = client.get(link(oldham)).content.decode()

    assert "A funeral" not in page
    assert "Beth Lowe" not in page


def test_the_link_is_dead_once_the_meeting_has_begun(client, oldham):
    begin_meeting(meeting=oldham.meeting, by=oldham.lead, now=oldham.meeting.starts_at)

    with time_machine.travel(oldham.meeting.starts_at, tick=False):
        posted = client.post(link(oldham), {"answer": "yes"})

    assert posted.status_code == 410
    assert "has begun" in posted.content.decode()
    assert answer_of(oldham) == ""


def test_the_audit_keeps_no_substitute(oldham):
    answer_meeting(
        reply=oldham.reply,
        answer="no",
        apologies="A funeral",
        substitute="Beth Lowe",
        by=oldham.head,
        now=NOW,
    )

    event = Event.objects.get(action="meeting answered")
    assert event.fields == ["answer", "substitute"]
    assert "Beth" not in str(event.values)
