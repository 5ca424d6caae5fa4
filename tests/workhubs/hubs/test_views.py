from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.messages import get_messages

from alliances.meetings.models import Seat
from alliances.membership.models import AlliancePost
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    MeetingFactory,
    MeetingReplyFactory,
    MembershipFactory,
    ObjectiveFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    SeatFactory,
    WorkhubFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)
from workhubs.hubs.models import Workhub, WorkhubSchool, WorkhubYear
from workhubs.hubs.services import edit_workhub

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


class Oldham:
    """One alliance with a workhub, and people in every part."""

    def __init__(self):
        self.workhub = WorkhubFactory(name="Transition", slug="transition")
        self.alliance = self.workhub.alliance
        self.lead = self.head_of(self.member("Mills Hill Primary School"))
        self.year = WorkhubYearFactory(
            workhub=self.workhub, lead=self.lead, priority="the move to Year 7", aims="One form."
        )
        self.director = self.office("director")
        self.administrator = self.office("administrator")
        self.partner = self.office("partner")
        self.school = self.member("Delph Primary School")
        self.head = self.head_of(self.school)
        self.deputy = SchoolPostFactory(school=self.school, kind="deputy").person
        self.stranger = self.head_of(SchoolFactory())
        self.staff = PersonFactory(staff=True)

    def office(self, kind):
        return AlliancePostFactory(alliance=self.alliance, kind=kind).person

    def member(self, name):
        school = SchoolFactory(name=name)
        MembershipFactory(alliance=self.alliance, school=school)
        return school

    def head_of(self, school):
        return SchoolPostFactory(school=school).person

    def place(self, **facts):
        facts = {"workhub_year": self.year, "school": self.school, **facts}
        return WorkhubSchoolFactory(
            invited_at=datetime(2026, 11, 16, 9, tzinfo=UTC),
            answer_by=datetime(2026, 11, 30, 17, tzinfo=UTC),
            **facts,
        )


@pytest.fixture
def oldham():
    return Oldham()


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


YEAR_PAGE = "/workhubs/transition/2026-to-2027/"


@pytest.mark.parametrize(
    ("who", "detail", "edit", "invite"),
    [
        ("director", 200, 200, 200),
        ("administrator", 200, 200, 200),
        ("lead", 200, 200, 200),
        ("head", 200, 403, 403),
        ("deputy", 200, 403, 403),
        ("partner", 200, 403, 403),
        ("staff", 200, 403, 403),
        ("stranger", 404, 404, 404),
    ],
)
def test_pages_open_to_those_who_may(client, oldham, who, detail, edit, invite):
    client.force_login(getattr(oldham, who))

    answers = [
        client.get(address).status_code
        for address in (
            YEAR_PAGE,
            "/workhubs/transition/",
            f"{YEAR_PAGE}edit/",
            f"{YEAR_PAGE}invite/",
        )
    ]

    assert answers == [detail, detail, edit, invite]


@pytest.mark.parametrize(
    ("who", "status"), [("director", 200), ("administrator", 200), ("lead", 403), ("head", 403)]
)
def test_the_office_creates_workhubs(client, oldham, who, status):
    client.force_login(getattr(oldham, who))

    assert client.get("/workhubs/new/").status_code == status


@pytest.mark.parametrize(("who", "is_led"), [("director", True), ("partner", False)])
def test_who_runs_its_meetings_is_led_to_its_calendar(client, oldham, who, is_led):
    client.force_login(getattr(oldham, who))

    page = client.get(YEAR_PAGE).content.decode()

    assert (f"/diary/feeds/#group-{oldham.workhub.body_id}" in page) == is_led


def test_a_past_post_opens_nothing(client, oldham):
    AlliancePost.objects.filter(person=oldham.director).update(ends_on=date(2026, 11, 22))
    client.force_login(oldham.director)

    assert client.get(YEAR_PAGE).status_code == 404


def test_the_list_is_of_this_year_and_of_her_alliances(client, oldham):
    WorkhubYearFactory(workhub__name="Elsewhere")
    WorkhubYearFactory(workhub=WorkhubFactory(body__alliance=oldham.alliance), year=2025)
    client.force_login(oldham.head)

    response = client.get("/workhubs/")

    assert [row.workhub__name for row in response.context["page"]] == ["Transition"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Finance", "Transition"]),
        ("text=TRANSITION", ["Transition"]),
        ("text=year+7", ["Transition"]),
        ("text=nothing", []),
        ("year=any", ["Finance", "Transition", "Transition"]),
        ("year=2025-to-2026", ["Transition"]),
        ("year=2027-to-2028", []),
        ("year=nonsense", ["Finance", "Transition"]),
        ("mine=on", ["Transition"]),
        ("order=-name", ["Transition", "Finance"]),
        ("order=schools", ["Finance", "Transition"]),
        ("order=-schools", ["Transition", "Finance"]),
        ("order=meeting", ["Transition", "Finance"]),
        ("order=-meeting", ["Transition", "Finance"]),
        ("order=progress", ["Transition", "Finance"]),
        ("order=-progress", ["Finance", "Transition"]),
        ("order=nonsense", ["Finance", "Transition"]),
    ],
)
def test_the_list_is_searched_filtered_and_ordered(client, oldham, query, names):
    WorkhubYearFactory(workhub=oldham.workhub, year=2025)
    finance = WorkhubYearFactory(
        workhub=WorkhubFactory(name="Finance", body__alliance=oldham.alliance)
    )
    WorkhubYearFactory(workhub__name="Nothing")
    ObjectiveFactory(workhub_year=finance, progress="met")
    ObjectiveFactory(workhub_year=oldham.year, progress="on_track")
    ObjectiveFactory(workhub_year=oldham.year, progress="behind")
    oldham.place(joined=True)
    MeetingFactory(body=oldham.workhub.body, called=True)
    client.force_login(oldham.head)

    response = client.get(f"/workhubs/?{query}")

    assert [row.workhub__name for row in response.context["page"]] == names


def test_mine_are_those_i_lead_and_those_of_my_school(client, oldham):
    oldham.place(joined=True)
    led = WorkhubFactory(name="Led", body__alliance=oldham.alliance)
    WorkhubYearFactory(workhub=led, lead=oldham.deputy)
    other = WorkhubFactory(name="Other", body__alliance=oldham.alliance)
    WorkhubYearFactory(workhub=other)
    client.force_login(oldham.deputy)

    response = client.get("/workhubs/?mine=on")

    assert [row.workhub__name for row in response.context["page"]] == ["Led", "Transition"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_or_three(
    client, oldham, count, django_assert_max_num_queries
):
    for _number in range(count - 1):
        workhub = WorkhubFactory(body__alliance=oldham.alliance)
        WorkhubYearFactory(workhub=workhub, lead=PersonFactory())
    client.force_login(oldham.director)
    client.get("/workhubs/")

    with django_assert_max_num_queries(6):
        response = client.get("/workhubs/")

    assert len(response.context["page"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_school_or_three(
    client, oldham, count, django_assert_max_num_queries
):
    for number in range(count):
        for facts in ({"joined": True}, {}):
            school = oldham.member(f"School {number}")
            oldham.head_of(school)
            oldham.place(school=school, **facts)
        meeting = MeetingFactory(body=oldham.workhub.body, called=True)
        MeetingReplyFactory(meeting=meeting)
    WorkhubYearFactory(workhub=oldham.workhub, year=2025)
    client.force_login(oldham.director)
    client.get("/workhubs/")

    with django_assert_max_num_queries(9):
        response = client.get(YEAR_PAGE)

    assert len(response.context["joined"]) == len(response.context["asked"]) == count


@pytest.mark.parametrize("count", [3, 100])
def test_inviting_costs_the_same_for_three_schools_or_a_hundred(
    client, oldham, count, django_assert_num_queries
):
    for number in range(count - 2):
        oldham.member(f"School {number}")
    client.force_login(oldham.director)
    client.get("/workhubs/")

    with django_assert_num_queries(4):
        response = client.get(f"{YEAR_PAGE}invite/")

    assert len(response.context["schools"]) == count


def test_without_a_year_the_address_shows_this_year_or_the_latest(client, oldham):
    WorkhubYearFactory(workhub=oldham.workhub, year=2025)
    WorkhubYearFactory(workhub=oldham.workhub, year=2027)
    old = WorkhubFactory(slug="old", body__alliance=oldham.alliance)
    WorkhubYearFactory(workhub=old, year=2023)
    WorkhubYearFactory(workhub=old, year=2024)
    WorkhubFactory(slug="never", body__alliance=oldham.alliance)
    client.force_login(oldham.head)

    assert client.get("/workhubs/transition/").context["workhub_year"].year == 2026
    assert client.get("/workhubs/old/").context["workhub_year"].year == 2024
    assert client.get("/workhubs/never/").status_code == 404


@pytest.mark.parametrize("year", ["2024-to-2025", "2026-to-2028", "2026", "0000-to-0001"])
def test_a_year_that_is_not_there_has_no_page(client, oldham, year):
    client.force_login(oldham.head)

    assert client.get(f"/workhubs/transition/{year}/").status_code == 404


def test_who_is_asked_and_who_declined_is_for_those_who_invite(client, oldham):
    oldham.place()
    declined = oldham.place(
        school=oldham.member("Diggle School"), answered_at=datetime(2026, 11, 17, 9, tzinfo=UTC)
    )

    shown = {}
    for who in ("director", "lead", "staff", "partner", "head"):
        client.force_login(getattr(oldham, who))
        context = client.get(YEAR_PAGE).context
        shown[who] = (len(context["asked"]), len(context["declined"]), len(context["to_answer"]))

    assert declined.is_declined
    assert shown == {
        "director": (1, 1, 0),
        "lead": (1, 1, 0),
        "staff": (1, 1, 0),
        "partner": (0, 0, 0),
        "head": (0, 0, 1),
    }


def test_meetings_are_shown_to_those_who_may_see_them(client, oldham):
    oldham.place(joined=True)
    SeatFactory(body=oldham.workhub.body, school=oldham.school)
    meeting = MeetingFactory(body=oldham.workhub.body, called=True)
    MeetingReplyFactory(meeting=meeting, person=oldham.head, answer="yes")
    MeetingFactory(body=oldham.workhub.body)

    shown = {}
    for who in ("director", "head", "partner"):
        client.force_login(getattr(oldham, who))
        rows = client.get(YEAR_PAGE).context["meetings"]
        shown[who] = [(row.meeting.state, row.coming) for row in rows]

    assert shown == {
        "director": [("called", "1 of 1"), ("draft", "–")],
        "head": [("called", "1 of 1")],
        "partner": [],
    }


def test_a_director_creates_a_workhub(client, oldham):
    client.force_login(oldham.director)

    response = client.post(
        "/workhubs/new/",
        {
            "name": "The  Oldham Leader",
            "year": "2026-to-2027",
            "lead": oldham.head.name,
            "priority": "middle leaders",
            "aims": "",
        },
    )

    created = WorkhubYear.objects.get(workhub__slug="the-oldham-leader")
    assert response["Location"] == "/workhubs/the-oldham-leader/2026-to-2027/"
    assert said(response) == ["The Oldham Leader created. Now invite its schools."]
    assert (created.workhub.name, created.lead) == ("The Oldham Leader", oldham.head)


def test_a_taken_name_and_a_strange_lead_are_said_at_the_field(client, oldham):
    client.force_login(oldham.director)

    response = client.post(
        "/workhubs/new/",
        {"name": "TRANSITION", "year": "2026-to-2027", "lead": oldham.stranger.name},
    )

    errors = response.context["form"].errors
    assert set(errors) == {"name", "lead"}
    assert errors["name"] == [
        f"{oldham.alliance} has a workhub called “TRANSITION” already. Choose another name."
    ]
    assert Workhub.objects.count() == 1


def test_a_director_of_two_alliances_chooses_one(client, oldham):
    second = AlliancePostFactory(person=oldham.director).alliance
    foreign = AllianceFactory()
    client.force_login(oldham.director)

    asked = client.get("/workhubs/new/")
    chosen = client.get(f"/workhubs/new/?alliance={second.slug}")

    assert asked.context["alliances"] == sorted([oldham.alliance, second], key=str)
    assert chosen.context["alliance"] == second
    assert client.get(f"/workhubs/new/?alliance={foreign.slug}").status_code == 404


def test_editing_saves_and_says_so(client, oldham):
    client.force_login(oldham.lead)
    form = client.get(f"{YEAR_PAGE}edit/").context["form"]

    response = client.post(f"{YEAR_PAGE}edit/", {**form.initial, "aims": "Two forms."})

    oldham.year.refresh_from_db()
    assert (response["Location"], oldham.year.aims) == (YEAR_PAGE, "Two forms.")
    assert said(response) == ["Workhub saved."]


def test_the_second_editor_is_shown_both_and_loses_nothing(client, oldham):
    client.force_login(oldham.lead)
    typed = {**client.get(f"{YEAR_PAGE}edit/").context["form"].initial, "aims": "Mine."}
    edit_workhub(workhub_year=oldham.year, changes={"aims": "Theirs."}, by=oldham.director, now=NOW)

    shown = client.post(f"{YEAR_PAGE}edit/", typed)
    form = shown.context["form"]
    saved = client.post(
        f"{YEAR_PAGE}edit/", {**typed, "seen_version": form["seen_version"].value()}
    )

    oldham.year.refresh_from_db()
    assert [(both.label, both.yours, both.theirs) for both in form.both] == [
        ("Aims for the year", "Mine.", "Theirs.")
    ]
    assert form["aims"].value() == "Mine."
    assert "<title>Error: Edit Transition" in shown.content.decode()
    assert (saved.status_code, oldham.year.aims) == (302, "Mine.")


def test_several_schools_are_searched_ticked_and_invited(client, oldham):
    diggle, hodge = oldham.member("Diggle School"), oldham.member("Hodge Clough")
    client.force_login(oldham.director)

    found = client.post(
        f"{YEAR_PAGE}invite/", {"text": "diggle", "schools": [hodge.pk], "find": "1"}
    )
    invited = client.post(f"{YEAR_PAGE}invite/", {"text": "", "schools": [hodge.pk, diggle.pk]})

    offered = [(school.name, school.is_ticked) for school in found.context["schools"]]
    assert offered == [("Hodge Clough", True), ("Diggle School", False)]
    assert said(invited) == [
        "2 schools are invited. Their heads are told by mail in the next minutes."
    ]
    assert set(oldham.year.schools.values_list("school", flat=True)) == {hodge.pk, diggle.pk}


@pytest.mark.parametrize("schools", [[], ["x"], ["999999"]])
def test_nothing_ticked_or_nonsense_invites_nobody(client, oldham, schools):
    client.force_login(oldham.director)

    response = client.post(f"{YEAR_PAGE}invite/", {"schools": schools})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["schools"]
    assert WorkhubSchool.objects.count() == 0


def test_a_head_accepts_on_the_page(client, oldham):
    place = oldham.place()
    client.force_login(oldham.head)

    response = client.post(f"/workhubs/places/{place.pk}/answer/", {"answer": "accept"})

    assert (response["Location"], said(response)) == (
        YEAR_PAGE,
        ["Delph Primary School has joined Transition."],
    )
    assert Seat.objects.get().school == oldham.school


def test_a_head_declines_on_the_desk(client, oldham):
    place = oldham.place()
    client.force_login(oldham.head)

    response = client.post(
        f"/workhubs/places/{place.pk}/answer/", {"answer": "decline", "then": "desk"}
    )

    place.refresh_from_db()
    assert (response["Location"], place.is_declined) == ("/desk/", True)


def test_an_answer_that_is_none_changes_nothing(client, oldham):
    place = oldham.place()
    client.force_login(oldham.head)

    client.post(f"/workhubs/places/{place.pk}/answer/", {"answer": "perhaps"})

    place.refresh_from_db()
    assert place.is_unanswered


@pytest.mark.parametrize(
    ("who", "answer", "withdraw", "remove"),
    [
        ("director", 403, 302, 200),
        ("lead", 403, 302, 200),
        ("head", 302, 403, 403),
        ("deputy", 404, 404, 404),
        ("staff", 403, 403, 403),
        ("stranger", 404, 404, 404),
    ],
)
def test_only_the_head_answers_and_only_who_invites_withdraws(
    client, oldham, who, answer, withdraw, remove
):
    place = oldham.place()
    client.force_login(getattr(oldham, who))

    answers = [
        client.post(f"/workhubs/places/{place.pk}/answer/", {"answer": "x"}).status_code,
        client.get(f"/workhubs/places/{place.pk}/remove/").status_code,
        client.post(f"/workhubs/places/{place.pk}/withdraw/").status_code,
    ]

    assert answers == [answer, remove, withdraw]


def test_a_head_leaves_after_a_question(client, oldham):
    place = oldham.place(joined=True)
    client.force_login(oldham.head)

    question = client.get(f"/workhubs/places/{place.pk}/leave/")
    place.refresh_from_db()
    asked_first = place.left_on
    response = client.post(f"/workhubs/places/{place.pk}/leave/", {"last_day": "2026-11-23"})

    place.refresh_from_db()
    assert "Leave Transition with Delph Primary School?" in question.content.decode()
    assert (asked_first, place.left_on) == (None, date(2026, 11, 23))
    assert said(response) == [
        "Delph Primary School’s last day in Transition is Monday 23 November 2026."
    ]


def test_the_lead_removes_a_school_and_a_second_time_hears_that_it_is_done(client, oldham):
    place = oldham.place(joined=True)
    client.force_login(oldham.lead)

    last_day = {"last_day": "2026-11-23"}
    client.post(f"/workhubs/places/{place.pk}/remove/", last_day)
    again = client.post(f"/workhubs/places/{place.pk}/remove/", last_day)

    place.refresh_from_db()
    assert place.left_on == date(2026, 11, 23)
    assert said(again)[-1] == "This was settled meanwhile: what stands below is so."


def test_a_late_click_on_a_withdrawn_invitation_is_explained(client, oldham):
    place = oldham.place()
    client.force_login(oldham.director)
    client.post(f"/workhubs/places/{place.pk}/withdraw/")
    client.force_login(oldham.head)

    response = client.post(f"/workhubs/places/{place.pk}/answer/", {"answer": "accept"})

    place.refresh_from_db()
    assert place.joined_on is None
    assert said(response)[-1:] == ["This was settled meanwhile: what stands below is so."]


@pytest.mark.parametrize("page", ["answer", "withdraw"])
def test_a_get_never_answers(client, oldham, page):
    place = oldham.place()
    client.force_login(oldham.head)

    assert client.get(f"/workhubs/places/{place.pk}/{page}/").status_code == 405
