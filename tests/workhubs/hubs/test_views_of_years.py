from datetime import UTC, date, datetime

import pytest

from alliances.meetings.models import Body, Seat
from tests.factories import (
    AreaFactory,
    DelegationFactory,
    JoinRequestFactory,
    MeetingFactory,
    ObjectiveFactory,
    PersonFactory,
    WorkhubFactory,
    WorkhubPersonFactory,
    WorkhubYearFactory,
)
from tests.workhubs.hubs.test_views import YEAR_PAGE, Oldham, said
from workhubs.hubs.models import (
    JoinRequest,
    Objective,
    ProgressNote,
    Workhub,
    WorkhubPerson,
    WorkhubSchool,
    WorkhubYear,
)
from workhubs.hubs.services import edit_objective

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SPRING = datetime(2027, 3, 1, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def oldham():
    return Oldham()


def rows(response):
    return [row.workhub__name for row in response.context["page"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_with_all_that_belongs_to_it_costs_nine_queries(
    client, oldham, count, django_assert_max_num_queries
):
    for number in range(count):
        oldham.place(school=oldham.member(f"Joined {number}"), joined=True)
        oldham.place(school=oldham.member(f"Asked {number}"))
        JoinRequestFactory(workhub_year=oldham.year, school=oldham.member(f"Asks {number}"))
        WorkhubPersonFactory(workhub_year=oldham.year)
        ObjectiveFactory(workhub_year=oldham.year, progress="behind")
        MeetingFactory(body=oldham.workhub.body, called=True)
    Body.objects.update(lead=oldham.lead)
    for who in ("director", "lead", "head"):
        client.force_login(getattr(oldham, who))
        client.get("/workhubs/")

        with django_assert_max_num_queries(9):
            page = client.get(YEAR_PAGE)

        assert len(page.context["objectives"]) == len(page.context["people"]) == count
        assert len(page.context["requests"]) == (0 if who == "head" else count)


def test_the_list_shows_how_objectives_stand(client, oldham):
    for progress in ("met", "behind", "behind"):
        ObjectiveFactory(workhub_year=oldham.year, progress=progress)
    client.force_login(oldham.head)

    response = client.get("/workhubs/")

    assert [tally.words for _row, _year, tally in response.context["rows"]] == ["1 met, 2 behind"]


def test_the_list_is_narrowed_by_area_and_by_lead(client, oldham):
    area = AreaFactory(alliance=oldham.alliance)
    deputy = PersonFactory(name="Siân O’Neill")
    finance = WorkhubFactory(name="Finance", body__alliance=oldham.alliance)
    WorkhubYearFactory(workhub=finance, area=area, lead=PersonFactory(), deputy=deputy)
    client.force_login(oldham.head)

    assert rows(client.get(f"/workhubs/?area={area.pk}")) == ["Finance"]
    assert rows(client.get("/workhubs/?lead=sian")) == ["Finance"]
    assert rows(client.get("/workhubs/?order=area")) == ["Finance", "Transition"]
    assert client.get("/workhubs/?area=999999").status_code == 200


def test_objectives_are_taken_as_a_file_by_those_who_see_them(client, oldham):
    ObjectiveFactory(workhub_year=oldham.year, words="One form", seen="=1+1")
    ObjectiveFactory(words="Elsewhere")
    client.force_login(oldham.head)

    response = client.get("/workhubs/objectives.csv")
    file = b"".join(response.streaming_content).decode()

    assert "One form" in file
    assert "'=1+1" in file
    assert "Elsewhere" not in file


def test_an_objective_is_added_noted_moved_changed_and_removed(client, oldham):
    client.force_login(oldham.lead)
    for words in ("First", "Second"):
        client.post(f"{YEAR_PAGE}objectives/new/", {"words": words, "measure": "", "due_on": ""})
    first, second = Objective.objects.order_by("position")

    client.post(f"/workhubs/objectives/{second.pk}/move/", {"to": "up"})
    noted = client.post(
        f"/workhubs/objectives/{first.pk}/progress/",
        {"progress": "on_track", "seen": "Four of ten.", "seen_version": "1"},
    )
    page = client.get(noted["Location"])
    client.post(
        f"/workhubs/objectives/{first.pk}/edit/",
        {"words": "First of all", "measure": "Ten", "due_on": "2027-07-01", "seen_version": "2"},
    )
    client.post(f"/workhubs/objectives/{second.pk}/remove/")

    left = Objective.objects.get()
    assert (left.words, left.measure, left.progress) == ("First of all", "Ten", "on_track")
    assert "Four of ten." in page.content.decode()
    assert ProgressNote.objects.get().noted_by == oldham.lead


def test_progress_without_a_sentence_is_not_noted(client, oldham):
    objective = ObjectiveFactory(workhub_year=oldham.year)
    client.force_login(oldham.lead)

    response = client.post(
        f"/workhubs/objectives/{objective.pk}/progress/",
        {"progress": "met", "seen": " ", "seen_version": "1"},
    )

    assert list(response.context["form"].errors) == ["seen"]
    assert ProgressNote.objects.count() == 0


def test_two_editors_of_an_objective_are_shown_both(client, oldham):
    objective = ObjectiveFactory(workhub_year=oldham.year, words="One form")
    edit_objective(objective=objective, changes={"words": "Theirs"}, by=oldham.director, now=NOW)
    client.force_login(oldham.lead)

    response = client.post(
        f"/workhubs/objectives/{objective.pk}/edit/",
        {"words": "Mine", "measure": "", "due_on": "", "seen_version": "1"},
    )

    form = response.context["form"]
    assert [(both.yours, both.theirs) for both in form.both] == [("Mine", "Theirs")]
    assert form["words"].value() == "Mine"


def test_a_head_asks_takes_it_back_and_asks_again(client, oldham):
    client.force_login(oldham.head)
    page = client.get(YEAR_PAGE)
    asked = client.post(f"{YEAR_PAGE}ask/", {"school": oldham.school.pk, "why": "To compare."})
    again = client.get(f"{YEAR_PAGE}ask/")
    back = client.post(f"/workhubs/requests/{JoinRequest.objects.get().pk}/withdraw/")

    assert [line.name for line in page.context["may_ask_for"]] == ["Delph Primary School"]
    assert said(asked) == ["Delph Primary School has asked to join. You hear by mail."]
    assert again.status_code == 403
    assert said(back)[-1:] == ["Delph Primary School no longer asks to join."]
    assert client.get(f"{YEAR_PAGE}ask/").status_code == 200


def test_who_answers_for_a_head_asks_for_the_school_too(client, oldham):
    DelegationFactory(
        school=oldham.school, deputy=oldham.deputy, given_by=oldham.head, kind="replies"
    )
    client.force_login(oldham.deputy)

    client.post(f"{YEAR_PAGE}ask/", {"school": oldham.school.pk, "why": "To compare."})

    assert JoinRequest.objects.get().requested_by == oldham.deputy


@pytest.mark.parametrize(
    ("who", "status"), [("lead", 302), ("director", 302), ("head", 403), ("stranger", 404)]
)
def test_who_answers_a_request(client, oldham, who, status):
    request = JoinRequestFactory(workhub_year=oldham.year, school=oldham.school)
    client.force_login(getattr(oldham, who))

    response = client.post(
        f"/workhubs/requests/{request.pk}/answer/", {"answer": "yes", "then": "desk"}
    )

    request.refresh_from_db()
    assert (response.status_code, request.is_accepted) == (status, status == 302)


def test_words_go_with_an_answer_and_a_late_click_is_explained(client, oldham):
    request = JoinRequestFactory(workhub_year=oldham.year, school=oldham.school)
    client.force_login(oldham.lead)
    address = f"/workhubs/requests/{request.pk}/answer/"

    page = client.get(address)
    client.post(address, {"answer": "no", "words": "Ask in summer."})
    late = client.post(address, {"answer": "yes"})

    request.refresh_from_db()
    assert "May Delph Primary School join?" in page.content.decode()
    assert (request.is_accepted, request.answer) == (False, "Ask in summer.")
    assert said(late)[-1:] == ["This was settled meanwhile: what stands below is so."]


def test_a_workhub_by_invitation_only_offers_no_request(client, oldham):
    WorkhubYear.objects.update(takes_requests=False)
    client.force_login(oldham.head)

    assert client.get(YEAR_PAGE).context["may_ask_for"] == []
    assert client.get(f"{YEAR_PAGE}ask/").status_code == 403


def test_a_school_that_leaves_may_stay_after_all(client, oldham):
    place = oldham.place(joined=True, left_on=date(2026, 12, 18))
    client.force_login(oldham.head)

    response = client.post(f"/workhubs/places/{place.pk}/stay/")

    place.refresh_from_db()
    assert place.left_on is None
    assert said(response) == ["Delph Primary School stays in Transition."]


def test_somebody_is_added_by_name_or_by_address(client, oldham):
    elsewhere = PersonFactory(email="tutor@university.example")
    client.force_login(oldham.lead)
    typed = {"brings": "tutor", "starts_on": "2026-11-23", "ends_on": ""}

    for who in (oldham.deputy.name, "TUTOR@university.example", "nobody@x.example", "Nobody"):
        response = client.post(f"{YEAR_PAGE}people/new/", {**typed, "person": who})

    assert set(WorkhubPerson.objects.values_list("person", flat=True)) == {
        oldham.deputy.pk,
        elsewhere.pk,
    }
    assert "Nobody in the alliance is called “Nobody”." in str(response.context["form"].errors)
    client.force_login(elsewhere)
    assert client.get(YEAR_PAGE).status_code == 200


def test_a_members_last_day_is_set_on_her_page(client, oldham):
    member = WorkhubPersonFactory(workhub_year=oldham.year)
    client.force_login(oldham.lead)

    client.post(
        f"/workhubs/people/{member.pk}/",
        {"brings": "x", "starts_on": "2026-09-01", "ends_on": "2026-12-18", "seen_version": "1"},
    )

    member.refresh_from_db()
    assert member.ends_on == date(2026, 12, 18)


@pytest.mark.parametrize(("close", "reopen"), [("close/", "reopen/")])
def test_the_office_closes_a_year_and_opens_it_again(client, oldham, close, reopen):
    oldham.place(joined=True)
    client.force_login(oldham.director)

    question = client.get(f"{YEAR_PAGE}{close}")
    client.post(f"{YEAR_PAGE}{close}", {"last_day": "2026-12-18"})
    closed = WorkhubYear.objects.get().closed_on
    banner = client.get(YEAR_PAGE).content.decode()
    client.post(f"{YEAR_PAGE}{reopen}")

    assert "Close this year?" in question.content.decode()
    assert closed == date(2026, 12, 18)
    assert "This year was closed" in banner
    assert WorkhubYear.objects.get().closed_on is None


def test_the_office_closes_the_workhub_and_a_past_day_is_refused(client, oldham):
    client.force_login(oldham.director)

    refused = client.post("/workhubs/transition/close/", {"last_day": "2026-11-01"})
    client.post("/workhubs/transition/close/", {"last_day": "2026-12-18"})
    closed = Workhub.objects.get().closed_on
    client.post("/workhubs/transition/reopen/")
    again = client.post("/workhubs/transition/reopen/")

    assert list(refused.context["form"].errors) == ["last_day"]
    assert (closed, Workhub.objects.get().closed_on) == (date(2026, 12, 18), None)
    assert said(again)[-1:] == ["It is open, or can’t be opened: its year is over."]


def test_rolling_over_is_offered_from_spring_on_and_while_a_year_is_empty(
    client, oldham, time_machine
):
    offers = []
    for moment in (NOW, SPRING, datetime(2027, 9, 2, 10, tzinfo=UTC)):
        time_machine.move_to(moment, tick=False)
        client.force_login(oldham.director)
        (office,) = client.get("/workhubs/").context["offices"]
        offers.append([str(year) for _address, year in office.offers])

    assert offers == [[], ["2027 to 2028"], ["2027 to 2028"]]


def test_who_looks_ahead_or_back_is_offered_to_roll_over_what_has_not_gone_on(
    client, oldham, time_machine
):
    time_machine.move_to(NOW, tick=False)
    client.force_login(oldham.director)
    WorkhubYearFactory(workhub=oldham.workhub, year=2025)

    def offers(year):
        (office,) = client.get(f"/workhubs/?year={year}").context["offices"]
        return [str(year) for _address, year in office.offers]

    went_on = offers("2025-to-2026")
    WorkhubYearFactory(workhub=WorkhubFactory(body__alliance=oldham.alliance), year=2025)

    assert went_on == []
    assert offers("2025-to-2026") == ["2026 to 2027"]
    assert offers("2027-to-2028") == ["2027 to 2028"]


def test_what_is_left_out_is_named_before_anything_happens(client, oldham, time_machine):
    finance = WorkhubYearFactory(
        workhub=WorkhubFactory(name="Finance", body__alliance=oldham.alliance)
    )
    time_machine.move_to(SPRING, tick=False)
    client.force_login(oldham.director)

    look = client.post(ROLL.format(oldham.alliance.slug), {"hub": [oldham.year.pk]})

    assert [row.before for row in look.context["roll_over"].left_out] == [finance]
    assert "Finance. Nothing changes there before the year ends" in look.content.decode()


ROLL = "/workhubs/roll-over/{}/2027-to-2028/"


def test_a_director_looks_changes_something_and_rolls_over(client, oldham, time_machine):
    place = oldham.place(joined=True)
    objective = ObjectiveFactory(workhub_year=oldham.year)
    time_machine.move_to(SPRING, tick=False)
    client.force_login(oldham.director)
    address = ROLL.format(oldham.alliance.slug)
    key = oldham.year.pk
    typed = {
        "hub": [key],
        f"lead-{key}": oldham.lead.name,
        f"deputy-{key}": oldham.head.name.upper(),
        "place": [place.pk],
        "objective": [objective.pk],
    }

    screen = client.get(address)
    look = client.post(address, typed)
    hidden = dict(look.context["roll_over"].hidden())
    changed = client.post(address, {**typed, "step": "change"})
    done = client.post(address, {**typed, "step": "do"})
    again = client.post(address, {**typed, "step": "do"})

    (row,) = screen.context["roll_over"].rows
    assert (row.is_chosen, row.lead, len(row.places), len(row.carried)) == (
        True,
        oldham.lead.name,
        1,
        1,
    )
    assert hidden["place"] == str(place.pk)
    assert changed.context["roll_over"].rows[0].deputy == oldham.head.name.upper()
    year = WorkhubYear.objects.get(year=2027)
    assert (year.lead, year.deputy, year.schools.count()) == (oldham.lead, oldham.head, 1)
    assert said(done)[0].startswith("1 workhub goes on in 2027 to 2028; 1 place")
    assert again.context["roll_over"].error == "Tick the workhubs that go on."


def test_a_stranger_as_lead_and_nothing_ticked_are_said(client, oldham):
    client.force_login(oldham.director)
    address = ROLL.format(oldham.alliance.slug)
    key = oldham.year.pk

    wrong = client.post(
        address,
        {"hub": [key], f"lead-{key}": oldham.stranger.name, f"deputy-{key}": "", "step": "do"},
    )
    same = client.post(
        address,
        {"hub": [key], f"lead-{key}": oldham.lead.name, f"deputy-{key}": oldham.lead.name},
    )
    nothing = client.post(address, {"step": "do"})

    assert "Nobody in the alliance is called" in wrong.context["roll_over"].rows[0].errors["lead"]
    assert same.context["roll_over"].rows[0].errors == {"deputy": "Choose somebody else as deputy."}
    assert nothing.context["roll_over"].error == "Tick the workhubs that go on."
    assert WorkhubYear.objects.count() == 1


def test_only_this_year_and_the_next_are_rolled_into_and_only_by_the_office(client, oldham):
    for who, year, status in (
        ("director", "2026-to-2027", 200),
        ("director", "2028-to-2029", 404),
        ("head", "2027-to-2028", 403),
        ("stranger", "2027-to-2028", 404),
    ):
        client.force_login(getattr(oldham, who))
        page = client.get(f"/workhubs/roll-over/{oldham.alliance.slug}/{year}/")
        assert page.status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_costs_the_same_for_one_workhub_or_three(
    client, oldham, count, django_assert_num_queries
):
    for number in range(count):
        year = oldham.year
        if number:
            workhub = WorkhubFactory(body__alliance=oldham.alliance)
            year = WorkhubYearFactory(workhub=workhub, lead=oldham.lead)
        oldham.place(workhub_year=year, school=oldham.member(f"School {number}"), joined=True)
        ObjectiveFactory(workhub_year=year)
        WorkhubPersonFactory(workhub_year=year)
    client.force_login(oldham.director)
    client.get("/workhubs/")

    with django_assert_num_queries(8):
        page = client.get(ROLL.format(oldham.alliance.slug))

    assert len(page.context["roll_over"].rows) == count


def test_a_deputy_without_a_lead_is_refused_at_the_field(client, oldham):
    client.force_login(oldham.director)
    typed = {"name": "Finance", "year": "2026-to-2027", "lead": "", "deputy": oldham.head.name}

    response = client.post("/workhubs/new/", typed)

    assert response.context["form"].errors == {"deputy": ["Choose a lead first."]}


def test_kept_schools_have_their_place_and_seat_before_the_year_begins(client, oldham):
    year = WorkhubYearFactory(workhub=oldham.workhub, year=2027, lead=oldham.lead)
    oldham.place(workhub_year=year, joined=True, joined_on=date(2027, 9, 1), way="kept")
    client.force_login(oldham.director)

    page = client.get("/workhubs/transition/2027-to-2028/")

    assert page.context["schools_phrase"] == "One school"
    assert "This year begins on" in page.content.decode()
    assert WorkhubSchool.objects.count() == 1
    assert Seat.objects.count() == 0
