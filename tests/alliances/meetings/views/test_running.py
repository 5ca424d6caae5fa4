from datetime import timedelta

import pytest
import time_machine

from alliances.meetings.models import Meeting
from alliances.meetings.services import cancel_meeting, edit_meeting, hold_meeting
from partnership.notices.models import Notice
from tests.alliances.meetings.acts import NOW, call, move, said, told
from tests.factories import (
    BodyFactory,
    MeetingFactory,
    PersonFactory,
    SchoolPostFactory,
    SeatFactory,
)
from tests.factories.meetings import STARTS_AT

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "Summer term",
    "day": "2027-05-04",
    "starts": "13:30",
    "ends": "15:00",
    "place": "Town hall",
    "link": "",
    "note": "",
    "answer_on": "",
}
MOVED = {
    "day": "2027-01-19",
    "starts": "16:00",
    "ends": "17:30",
    "place": "Delph library",
    "link": "",
}


def form_errors(response):
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def new(oldham):
    return f"/meetings/new/?body={oldham.body.pk}"


@pytest.mark.parametrize(
    ("who", "status"),
    [("director", 200), ("lead", 200), ("head", 403), ("partner", 403), ("officer", 403)],
)
def test_the_office_and_leads_prepare_meetings(client, oldham, who, status):
    client.force_login(getattr(oldham, who))

    assert client.get("/meetings/new/").status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("director", 200), ("head", 403), ("stranger", 404), ("officer", 404)]
)
def test_a_meeting_is_prepared_of_a_body_that_she_runs(client, oldham, who, status):
    client.force_login(getattr(oldham, who))

    assert client.get(new(oldham)).status_code == status
    assert client.get("/meetings/new/?body=nonsense").status_code in {403, 404}
    if status != 200:
        assert client.post(new(oldham), TYPED).status_code == status
        assert not Meeting.objects.filter(title="Summer term").exists()


def test_a_draft_is_kept_and_nobody_is_told(client, oldham):
    client.force_login(oldham.director)

    response = client.post(new(oldham), TYPED)

    meeting = Meeting.objects.get(title="Summer term")
    assert response.url == meeting.get_absolute_url()
    assert said(response) == ["Draft kept. Add the agenda, then call the meeting."]
    assert (meeting.state, f"{meeting.starts_at:%d %H:%M}", meeting.prepared_by) == (
        "draft",
        "04 12:30",
        oldham.director,
    )
    assert Notice.objects.count() == 0


def test_a_draft_may_be_called_at_once(client, oldham):
    client.force_login(oldham.director)

    response = client.post(new(oldham), TYPED | {"call": "yes"})

    meeting = Meeting.objects.get(title="Summer term")
    assert response.url == f"{meeting.get_absolute_url()}call/"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"day": "2026-11-22"}, "day"),
        ({"day": "2037-05-04"}, "day"),
        ({"day": "31 June"}, "day"),
        ({"ends": "13:30"}, "ends"),
        ({"place": ""}, "place"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"answer_on": "2027-05-04"}, "answer_on"),
        ({"answer_on": "2026-11-20"}, "answer_on"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_is_kept(
    client, oldham, change, field
):
    client.force_login(oldham.director)

    response = client.post(new(oldham), TYPED | {"note": "Kept words"} | change)

    assert field in form_errors(response)
    page = response.content.decode()
    assert "<title>Error: " in page
    assert "Kept words" in page
    assert not Meeting.objects.filter(title="Summer term").exists()


def test_calling_asks_first_and_then_tells_everybody(client, oldham):
    client.force_login(oldham.chair)
    asked_first = client.get(f"{oldham.draft_page}call/").content.decode()
    before = told("called")

    response = client.post(f"{oldham.draft_page}call/")

    assert "3 people are asked" in asked_first
    assert before == []
    assert said(response) == ["Meeting called. 3 people are asked."]
    assert told("called") == sorted(
        [oldham.head, oldham.other_head, oldham.lead], key=lambda person: person.pk
    )


def test_a_head_of_two_schools_is_counted_once(client, oldham):
    second = SchoolPostFactory(person=oldham.head).school
    SeatFactory(body=oldham.body, school=second)
    client.force_login(oldham.chair)

    response = client.post(f"{oldham.draft_page}call/")

    assert said(response) == ["Meeting called. 3 people are asked."]


def test_what_cannot_be_called_says_why_on_its_page(client, oldham):
    Meeting.objects.filter(pk=oldham.draft.pk).update(place="")
    client.force_login(oldham.chair)

    response = client.post(f"{oldham.draft_page}call/")

    assert response.url == oldham.draft_page
    assert said(response) == ["Say first where you meet: a place, or a link to join."]


def test_a_closed_day_and_a_clash_are_warned_of_and_not_forbidden(client, oldham):
    Meeting.objects.filter(pk=oldham.draft.pk).update(
        starts_at=STARTS_AT - timedelta(days=3), ends_at=STARTS_AT - timedelta(days=3, hours=-1)
    )
    client.force_login(oldham.chair)
    closed = client.get(f"{oldham.draft_page}call/").context["look"].warnings
    Meeting.objects.filter(pk=oldham.draft.pk).update(
        starts_at=STARTS_AT, ends_at=STARTS_AT + timedelta(hours=1)
    )
    clash = client.get(f"{oldham.draft_page}call/").context["look"].warnings

    assert closed == ["9 January 2027 is a Saturday."]
    assert clash == ["3 of those asked are called to “Spring term” at 4pm that day."]
    assert client.post(f"{oldham.draft_page}call/").status_code == 302


def test_a_clash_names_no_meeting_that_the_reader_may_not_see(client, oldham):
    elsewhere = BodyFactory(lead=oldham.head)
    call(MeetingFactory(body=elsewhere, title="Secret"), by=oldham.stranger)
    cancel_meeting(meeting=oldham.meeting, because="", by=oldham.chair, now=NOW)
    client.force_login(oldham.chair)

    warnings = client.get(f"{oldham.draft_page}call/").context["look"].warnings

    assert warnings == ["One of those asked is called to another meeting at 4pm that day."]


def test_moving_in_time_says_the_new_day_and_tells_everybody(client, oldham):
    client.force_login(oldham.director)

    response = client.post(f"{oldham.page}move/", MOVED | {"seen_version": oldham.meeting.version})

    assert said(response) == [
        "Meeting moved to Tuesday 19 January 2027, 4pm. Everybody is asked afresh."
    ]
    assert told("moved") == sorted(
        [oldham.head, oldham.other_head, oldham.lead], key=lambda person: person.pk
    )


def test_moving_in_place_only_says_that_answers_stand(client, oldham):
    client.force_login(oldham.director)

    response = client.post(
        f"{oldham.page}move/",
        MOVED | {"day": "2027-01-12", "seen_version": oldham.meeting.version},
    )

    assert "another place" in said(response)[0]
    oldham.reply.refresh_from_db()
    assert oldham.reply.asking == 1


def test_a_move_onto_a_closed_day_is_warned_of_once_and_then_done(client, oldham):
    client.force_login(oldham.director)
    typed = MOVED | {"day": "2027-01-16", "seen_version": oldham.meeting.version}

    warned = client.post(f"{oldham.page}move/", typed)
    oldham.meeting.refresh_from_db()
    unmoved = oldham.meeting.starts_at
    done = client.post(
        f"{oldham.page}move/",
        typed | {"warned": warned.context["form"].starts_at.isoformat()},
    )

    assert warned.context["look"].warnings == ["16 January 2027 is a Saturday."]
    assert unmoved == STARTS_AT
    assert done.status_code == 302


def test_the_second_to_edit_is_shown_both_versions_and_may_then_save(client, oldham):
    client.force_login(oldham.chair)
    typed = TYPED | {"title": "Mine", "seen_version": 1}
    edit_meeting(
        meeting=oldham.draft,
        changes={"title": "Theirs", "place": "Their hall"},
        by=oldham.director,
        now=NOW,
    )

    both = client.post(f"{oldham.draft_page}edit/", typed)
    page = both.content.decode()
    oldham.draft.refresh_from_db()
    untouched = oldham.draft.title
    saved = client.post(
        f"{oldham.draft_page}edit/",
        typed | {"seen_version": both.context["form"].data["seen_version"]},
    )

    assert ("Mine" in page, "Theirs" in page, "Their hall" in page) == (True, True, True)
    assert "Somebody else saved this meanwhile." in page
    assert untouched == "Theirs"
    assert said(saved) == ["Meeting saved."]
    oldham.draft.refresh_from_db()
    assert oldham.draft.title == "Mine"


def test_the_second_to_edit_a_called_meeting_is_shown_both_versions(client, oldham):
    seen = oldham.meeting.version
    edit_meeting(
        meeting=oldham.meeting, changes={"note": "Their note"}, by=oldham.director, now=NOW
    )
    client.force_login(oldham.chair)

    response = client.post(
        f"{oldham.page}edit/",
        {
            "title": "Spring term",
            "link": "",
            "note": "My note",
            "answer_on": "2027-01-08",
            "seen_version": seen,
        },
    )

    page = response.content.decode()
    assert ("My note" in page, "Their note" in page) == (True, True)


def test_the_second_to_move_is_shown_both_versions(client, oldham):
    seen = oldham.meeting.version
    move(oldham.meeting, by=oldham.chair, place="Their hall", now=NOW)
    client.force_login(oldham.director)

    response = client.post(
        f"{oldham.page}move/", MOVED | {"day": "2027-01-26", "seen_version": seen}
    )

    page = response.content.decode()
    assert "Somebody else saved this meanwhile." in page
    assert ("Their hall" in page, "Tuesday 19 January 2027" in page) == (True, True)
    assert "Delph library" in page


def test_editing_a_called_meeting_leaves_its_time_and_place(client, oldham):
    client.force_login(oldham.chair)

    response = client.post(
        f"{oldham.page}edit/",
        TYPED | {"answer_on": "2027-01-07", "seen_version": oldham.meeting.version},
    )

    assert said(response) == ["Meeting saved."]
    oldham.meeting.refresh_from_db()
    assert (oldham.meeting.title, oldham.meeting.starts_at, oldham.meeting.place) == (
        "Summer term",
        STARTS_AT,
        "Greenfield Primary School",
    )


def test_a_draft_whose_day_to_answer_has_passed_asks_for_another(client, oldham):
    Meeting.objects.filter(pk=oldham.draft.pk).update(answer_by=NOW - timedelta(days=2))
    client.force_login(oldham.chair)

    response = client.post(
        f"{oldham.draft_page}edit/", TYPED | {"answer_on": "2026-11-21", "seen_version": 1}
    )

    assert list(form_errors(response)) == ["answer_on"]


def test_cancelling_asks_first_tells_everybody_and_gives_the_reason(client, oldham):
    client.force_login(oldham.chair)
    assert client.get(f"{oldham.page}cancel/").status_code == 200
    assert told("cancelled") == []

    response = client.post(f"{oldham.page}cancel/", {"because": "Snow"})

    assert said(response) == [
        "Meeting of Tuesday 12 January 2027 cancelled. Everybody asked is told."
    ]
    assert len(told("cancelled")) == 3
    assert "Snow" in client.get(oldham.page).content.decode()


def test_cancelling_twice_says_that_it_is_done_already(client, oldham):
    client.force_login(oldham.chair)
    client.post(f"{oldham.page}cancel/", {"because": ""})

    response = client.post(f"{oldham.page}cancel/", {"because": ""})

    assert said(response)[-1] == "Only a called meeting can be cancelled."
    assert len(told("cancelled")) == 3


def test_a_meeting_is_held_once_it_is_over(client, oldham):
    client.force_login(oldham.chair)
    early = client.post(f"{oldham.page}hold/")
    with time_machine.travel(oldham.meeting.ends_at, tick=False):
        client.force_login(oldham.chair)
        page = client.get(oldham.page).content.decode()
        late = client.post(f"{oldham.page}hold/")

    assert said(early) == ["This meeting is not over yet."]
    assert "It was held" in page
    assert said(late)[-1] == "The meeting stands as held."


def test_a_draft_is_discarded_for_good_and_a_called_meeting_never(client, oldham):
    client.force_login(oldham.chair)
    client.get(f"{oldham.draft_page}discard/")
    kept = Meeting.objects.filter(pk=oldham.draft.pk).exists()

    gone = client.post(f"{oldham.draft_page}discard/")
    client.post(f"{oldham.page}discard/")

    assert (kept, said(gone)[0], gone.url) == (True, "The draft is gone.", "/meetings/")
    assert list(Meeting.objects.all()) == [oldham.meeting]


@pytest.mark.parametrize("end", ["edit/", "move/", "items/new/"])
def test_what_was_held_or_cancelled_is_not_changed_by_a_page_left_open(client, oldham, end):
    meeting = oldham.meeting
    hold_meeting(meeting=meeting, by=oldham.chair, now=meeting.ends_at)
    client.force_login(oldham.chair)
    typed = TYPED | {"answer_on": "2027-01-07", "purpose": "discussion", "minutes": "5"}

    response = client.post(oldham.page + end, typed)

    meeting.refresh_from_db()
    assert response.status_code in {302, 403}
    assert (meeting.title, meeting.starts_at, meeting.items.count()) == (
        "Spring term",
        STARTS_AT,
        1,
    )


def test_a_new_meeting_begins_as_the_group_usually_meets(client, oldham):
    taker = PersonFactory(name="Mo Taker")
    oldham.body.usual_place, oldham.body.usual_minutes = "Delph library", 75
    oldham.body.minute_taker = taker
    oldham.body.save()
    client.force_login(oldham.director)

    form = client.get(new(oldham)).context["form"]
    client.post(new(oldham), TYPED | {"ends": "", "chair": "", "minute_taker": "mo taker"})

    assert [form[name].value() for name in ("place", "chair", "minute_taker")] == [
        "Delph library",
        oldham.lead.name,
        "Mo Taker",
    ]
    meeting = Meeting.objects.get(title="Summer term")
    assert (meeting.minutes, meeting.chair, meeting.minute_taker) == (75, oldham.lead, taker)


def test_without_a_lead_the_alliances_chair_chairs_it(client, oldham):
    oldham.body.lead = None
    oldham.body.save()
    client.force_login(oldham.director)

    client.post(new(oldham), TYPED | {"chair": "", "minute_taker": oldham.administrator.email})

    meeting = Meeting.objects.get(title="Summer term")
    assert (meeting.chair, meeting.minute_taker) == (oldham.chair, oldham.administrator)


def test_the_day_is_checked_before_it_is_kept_and_a_free_one_fills_the_form(client, oldham):
    client.force_login(oldham.director)
    typed = TYPED | {"day": "2027-01-16", "title": "Kept words"}

    checked = client.post(new(oldham), typed | {"look": "yes"})
    look = checked.context["look"]
    chosen = client.post(new(oldham), typed | {"on_day": look.free[0].isoformat()})

    assert look.warnings == ["16 January 2027 is a Saturday."]
    assert look.free[0].isoformat() == "2027-01-18"
    assert [chosen.context["form"][name].value() for name in ("day", "title")] == [
        "2027-01-18",
        "Kept words",
    ]
    assert chosen.context["look"].warnings == []
    assert "Nothing speaks against" in chosen.content.decode()
    assert not Meeting.objects.filter(title="Kept words").exists()
    nonsense = client.post(new(oldham), typed | {"look": "yes", "day": "soon"})
    assert nonsense.context["look"] is None


def test_a_free_day_on_the_calling_page_leads_to_the_draft_filled_with_it(client, oldham):
    Meeting.objects.filter(pk=oldham.draft.pk).update(
        starts_at=STARTS_AT - timedelta(days=3), ends_at=STARTS_AT - timedelta(days=3, hours=-1)
    )
    client.force_login(oldham.chair)

    page = client.get(f"{oldham.draft_page}call/").content.decode()
    form = client.get(f"{oldham.draft_page}edit/?day=2027-01-11").context["form"]
    look = client.get(f"{oldham.draft_page}edit/?look=yes").context["look"]

    assert f"{oldham.draft_page}edit/?day=2027-01-11" in page
    assert str(form["day"].value()) == "2027-01-11"
    assert look.warnings == ["9 January 2027 is a Saturday."]


def test_a_move_looks_for_free_days_without_moving(client, oldham):
    client.force_login(oldham.director)
    typed = MOVED | {"seen_version": oldham.meeting.version}

    page = client.post(f"{oldham.page}move/", typed | {"look": "yes"})

    oldham.meeting.refresh_from_db()
    assert oldham.meeting.starts_at == STARTS_AT
    assert len(page.context["look"].free) == 5
    assert client.post(f"{oldham.page}move/", typed | {"day": "soon"}).context["look"] is None


@pytest.mark.parametrize("act", ["call", "move", "cancel"])
def test_who_may_prepare_and_not_call_is_told_who_does(client, oldham, act):
    oldham.body.calling_posts = ["director"]
    oldham.body.save()
    client.force_login(oldham.administrator)
    page = oldham.draft_page if act == "call" else oldham.page

    response = client.get(f"{page}{act}/")

    assert response.status_code == 403
    assert "by its chair or lead, and by the alliance’s director." in response.content.decode()
    assert client.get(f"{oldham.draft_page}edit/").status_code == 200
    assert "Go on to calling it" not in client.get(new(oldham)).content.decode()


def test_once_its_time_is_over_the_office_says_that_it_did_not_take_place(client, oldham):
    oldham.body.calling_posts = []
    oldham.body.save()
    client.force_login(oldham.administrator)

    with time_machine.travel(STARTS_AT + timedelta(days=1), tick=False):
        client.force_login(oldham.administrator)
        assert "It did not take place" in client.get(oldham.page).content.decode()
        question = client.get(f"{oldham.page}cancel/").content.decode()
        response = client.post(f"{oldham.page}cancel/", {"because": "Snow"})
        page = client.get(oldham.page).content.decode()

    assert "Did Spring term not take place?" in question
    assert said(response) == [
        "Meeting of Tuesday 12 January 2027 did not take place. Everybody asked is told."
    ]
    assert "This meeting did not take place." in page
    assert len(told("missed")) == 3
