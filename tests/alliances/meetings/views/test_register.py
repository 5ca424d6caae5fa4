from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine

from alliances.meetings.models import Meeting
from alliances.meetings.services import begin_meeting
from partnership.notices.models import Notice
from tests.alliances.meetings.acts import NOW, call, said, seated
from tests.factories import (
    AlliancePostFactory,
    BodyFactory,
    MeetingFactory,
    PersonFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db


def register(oldham):
    return f"{oldham.page}register/"


def lines(oldham):
    rows = oldham.meeting.attendances.order_by("pk")
    return list(rows.values_list("reply", "name", "state", "substitute"))


def line(oldham, state, **more):
    key = oldham.reply.pk
    return {f"line-{key}": state, f"shown-{key}": "", **more}


@contextmanager
def signed_in(client, person, moment):
    """Sessions that began weeks before would be over by then."""
    with time_machine.travel(moment, tick=False):
        client.force_login(person)
        yield


def at_the_start(oldham, client, person):
    return signed_in(client, person, oldham.meeting.starts_at)


def begun(oldham):
    return begin_meeting(meeting=oldham.meeting, by=oldham.lead, now=oldham.meeting.starts_at)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("lead", 200),
        ("director", 200),
        ("chair", 200),
        ("administrator", 200),
        ("head", 403),
        ("other_head", 403),
        ("partner", 404),
        ("stranger", 404),
        ("officer", 404),
    ],
)
def test_who_runs_it_takes_the_register(client, oldham, who, status):
    with at_the_start(oldham, client, getattr(oldham, who)):
        seen = client.get(register(oldham)).status_code
        client.post(register(oldham), line(oldham, "present", then="begin"))

    assert seen == status
    assert bool(lines(oldham)) is (status == 200)


@pytest.mark.parametrize("part", ["chair", "minute_taker"])
def test_the_meetings_chair_and_minute_taker_take_it_too(client, oldham, part):
    person = PersonFactory()
    Meeting.objects.filter(pk=oldham.meeting.pk).update(**{part: person})

    with at_the_start(oldham, client, person):
        client.post(register(oldham), line(oldham, "late", then="begin"))

    assert lines(oldham) == [(oldham.reply.pk, "", "late", "")]


def test_it_opens_half_an_hour_before(client, oldham):
    client.force_login(oldham.administrator)

    page = client.get(register(oldham)).content.decode()
    posted = client.post(register(oldham), line(oldham, "present", then="begin"))

    assert "The register opens at 3.30pm" in page
    assert "half an hour before" in said(posted)[0]
    assert lines(oldham) == []


def test_it_is_filled_in_by_what_people_answered(client, oldham):
    replies = {reply.person: reply for reply in oldham.meeting.replies.select_related("person")}
    for person, answer, substitute in (
        (oldham.head, "yes", ""),
        (oldham.other_head, "no", "Beth Lowe, deputy"),
        (oldham.lead, "maybe", ""),
    ):
        reply = replies[person]
        reply.answer, reply.substitute, reply.answered_at = answer, substitute, NOW
        reply.save()

    with at_the_start(oldham, client, oldham.administrator):
        page = client.get(register(oldham))

    shown = {each.reply.person: (each.state, each.substitute) for each in page.context["lines"]}
    assert shown[oldham.head] == ("present", "")
    assert shown[oldham.other_head] == ("substitute", "Beth Lowe, deputy")
    assert shown[oldham.lead] == ("", "")
    assert "said maybe" in page.content.decode()


def test_it_works_without_a_script_from_beginning_to_end(client, oldham):
    key = oldham.reply.pk

    with at_the_start(oldham, client, oldham.administrator):
        began = client.post(register(oldham), line(oldham, "present", then="begin"))
        saved = client.post(
            register(oldham),
            {f"line-{key}": "late", f"shown-{key}": "present", "guest": "Jo Bloggs"},
        )
        ended = client.post(register(oldham), {"then": "end"})
        page = client.get(oldham.page).content.decode()

    assert [said(one)[-1] for one in (began, saved, ended)] == [
        "The meeting has begun.",
        "Register saved.",
        "The meeting stands as held. Its minutes come next.",
    ]
    assert [one.url for one in (began, saved, ended)] == [
        register(oldham),
        register(oldham),
        oldham.page,
    ]
    assert lines(oldham) == [(key, "", "late", ""), (None, "Jo Bloggs", "present", "")]
    assert "Who was there" in page
    assert "Jo Bloggs" in page


def test_with_a_script_one_line_is_kept_at_a_time(client, oldham):
    begun(oldham)
    key = oldham.reply.pk

    with at_the_start(oldham, client, oldham.administrator):
        answer = client.post(
            register(oldham),
            {f"line-{key}": "present", f"shown-{key}": ""},
            headers={"HX-Request": "true"},
        ).content.decode()

    assert lines(oldham) == [(key, "", "present", "")]
    assert f'name="shown-{key}" value="present"' in answer
    assert 'hx-swap-oob="true"' in answer
    assert "One member is here." in answer
    assert "<html" not in answer


def test_a_line_left_open_does_not_undo_what_somebody_else_said(client, oldham):
    begun(oldham)
    key = oldham.reply.pk

    with at_the_start(oldham, client, oldham.administrator):
        client.post(register(oldham), {f"line-{key}": "late", f"shown-{key}": "present"})
        client.post(register(oldham), {f"line-{key}": "present", f"shown-{key}": "present"})

    assert lines(oldham) == [(key, "", "late", "")]


@pytest.mark.parametrize(
    "typed", [{"line": "dancing"}, {"instead": "x" * 151}, {"instead": "a\x00b"}]
)
def test_nonsense_is_refused_and_nothing_is_kept(client, oldham, typed):
    begun(oldham)
    key = oldham.reply.pk
    facts = {"line": "substitute", "instead": "", **typed}

    with at_the_start(oldham, client, oldham.administrator):
        response = client.post(
            register(oldham), {f"{name}-{key}": value for name, value in facts.items()}
        )

    assert response.status_code == 200
    assert lines(oldham) == []


def test_a_guest_is_taken_off_again(client, oldham):
    begun(oldham)
    with at_the_start(oldham, client, oldham.administrator):
        client.post(register(oldham), {"guest": "Jo Bloggs"})
        client.post(register(oldham), {"gone": oldham.meeting.attendances.get().pk})

    assert lines(oldham) == []


def test_a_meeting_that_is_over_is_said_to_be_held_with_its_register(client, oldham):
    after = oldham.meeting.ends_at + timedelta(hours=1)

    with signed_in(client, oldham.administrator, after):
        page = client.get(register(oldham)).content.decode()
        client.post(register(oldham), line(oldham, "absent", then="hold"))

    oldham.meeting.refresh_from_db()
    assert "It was held with these people" in page
    assert oldham.meeting.state == "held"
    assert lines(oldham) == [(oldham.reply.pk, "", "absent", "")]


def test_the_meetings_page_says_whether_it_was_quorate(client, oldham):
    oldham.body.quorum_number = 2
    oldham.body.save()
    begun(oldham)

    with at_the_start(oldham, client, oldham.head):
        before = client.get(oldham.page).content.decode()
        client.force_login(oldham.administrator)
        client.post(register(oldham), line(oldham, "present"))
        client.force_login(oldham.head)
        after = client.get(oldham.page).content.decode()

    assert "This meeting is in session." in before
    assert "Who is there" in after
    assert "One member is here; 2 are needed: one more is missing." in after


def test_the_forecast_says_whom_to_chase_to_who_runs_it_alone(client, oldham):
    oldham.body.quorum_number = 2
    oldham.body.save()
    client.force_login(oldham.director)
    hers = client.get(oldham.page).content.decode()
    client.force_login(oldham.head)
    heads = client.get(oldham.page).content.decode()

    assert "0 of the 2 needed are coming; 2 more are missing." in hers
    assert f"Chase {oldham.head.name}" in hers or f"and {oldham.head.name}." in hers
    assert f"{oldham.page}chase/" in hers
    assert "2 more are missing" in heads
    assert f"{oldham.page}chase/" not in heads


def test_chasing_reminds_once_a_day_and_says_so(client, oldham):
    client.force_login(oldham.director)

    first, second = (client.post(f"{oldham.page}chase/") for _ in range(2))

    assert said(first)[-1] == "3 people are reminded."
    assert said(second)[-1] == "Everybody who owes an answer was reminded today already."
    assert Notice.objects.filter(kind="meetings.chased").count() == 3


@pytest.mark.parametrize("who", ["head", "other_head"])
def test_a_member_chases_nobody(client, oldham, who):
    client.force_login(getattr(oldham, who))

    assert client.post(f"{oldham.page}chase/").status_code == 403
    assert not Notice.objects.exists()


def full(count):
    body = BodyFactory(quorum_fraction="1/2")
    heads = [seated(body) for _ in range(count)]
    SeatFactory(body=body, person=PersonFactory())
    meeting = call(MeetingFactory(body=body))
    office = AlliancePostFactory(alliance=body.alliance, kind="administrator").person
    begin_meeting(meeting=meeting, by=office, now=meeting.starts_at)
    for head in heads:
        meeting.attendances.create(
            reply=meeting.replies.get(person=head),
            state="present",
            recorded_by=office,
            recorded_at=NOW,
        )
    return meeting, office


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_the_same_for_one_line_and_for_three(
    client, django_assert_num_queries, count
):
    meeting, office = full(count)
    address = f"{meeting.get_absolute_url()}register/"
    with signed_in(client, office, meeting.starts_at):
        client.get(address)
        with django_assert_num_queries(5):
            client.get(address)
