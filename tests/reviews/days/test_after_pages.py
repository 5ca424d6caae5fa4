from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnership.audit.models import Event
from reviews.days.models import CheckBack, CheckBackAnswer, ReviewAction, Workshop
from tests.factories.alliances import AlliancePostFactory
from tests.factories.days import (
    CheckBackAnswerFactory,
    CheckBackFactory,
    ReportConsentFactory,
    ReportFactory,
    ReportPartFactory,
    ReviewActionFactory,
    ReviewFactory,
    WorkshopFactory,
)
from tests.factories.meetings import BodyFactory, SeatFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ReviewDayFactory
from tests.reviews.days.followed import released_lately

pytestmark = pytest.mark.django_db
ANSWER = {"extent": "much", "changed": "Pupils answer feedback at once.", "seen_version": "0"}


@pytest.fixture
def made():
    return released_lately()


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def address(made, name="after", *more):
    return reverse(f"days:{name}", args=[made.day.pk, *more])


def read(made, person, name="after", *more):
    return signed_in(person).get(address(made, name, *more))


def post(made, person, name, *more, **data):
    return signed_in(person).post(address(made, name, *more), data, follow=True)


def test_where_nobody_could_lead_the_workshop_the_host_is_told_whom_to_ask(made):
    made.cycle.reviewers.update(left_at=timezone.now())

    asked = signed_in(made.head).get(address(made, "champion_ask"), follow=True)

    assert "Ask whoever organises the cycle to add a reviewer" in asked.text
    assert asked.request["PATH_INFO"] == address(made)


def test_host_lives_the_time_after_its_report_through(made):
    head, today = made.head, timezone.localdate()
    first = read(made, head).text
    assert "Ask a champion" in first
    assert "No action yet" in first
    assert "2 areas without an answer" in first

    asked = post(made, head, "champion_ask", champion=made.people["cem"].pk)
    assert "Cem is asked to lead the workshop." in asked.text
    when = {"day": today - timedelta(days=1), "starts": "15:30", "ends": "17:00"}
    version = Workshop.objects.get().version
    arranged = post(made, head, "workshop_arrange", **when, place="", seen_version=version)
    assert "The workshop is arranged" in arranged.text
    assert "<h1>Move the workshop</h1>" in read(made, head, "workshop_arrange").text
    version = Workshop.objects.get().version
    held = post(
        made, made.people["cem"], "workshop_held", agreed="Feedback in class.", seen_version=version
    )
    assert "Feedback in class." in held.text
    added = post(
        made,
        head,
        "action_add",
        words="Agree how feedback is given",
        part=made.parts[0].pk,
        owner="outside",
        owner_words="Leader of English",
        due_on=today + timedelta(days=20),
    )
    assert "Leader of English" in added.text
    action = ReviewAction.objects.get()
    done = post(made, head, "action_done", action.pk, words="Written down for all.")
    assert "Written down for all." in done.text

    for part in made.parts:
        post(made, head, "area_answer", part.pk, **ANSWER)
    given = post(made, head, "check_back_give", next_steps="Year 6 next.", seen_version="1")
    assert "The lead and the champion are told." in given.text
    assert "Much has changed" in read(made, made.people["cem"]).text


def test_page_shows_to_each_what_is_hers(made):
    WorkshopFactory(review=made.review, champion=made.people["cem"], agreed="Feedback in class.")
    ReviewActionFactory(review=made.review, words="Agree how feedback is given")
    back = CheckBackFactory(review=made.review)
    CheckBackAnswerFactory(check_back=back, part=made.parts[0], changed="Used at once.")
    people = {**made.people, "head": made.head, "named": made.named}
    people |= {"director": made.director, "officer": PersonFactory(is_staff=True)}

    found = {name: read(made, person).status_code for name, person in people.items()}

    assert found == {
        **dict.fromkeys(("head", "named", "ada", "cem"), 200),
        "ben": 403,
        **dict.fromkeys(("dora", "director", "officer"), 404),
    }
    for name in ("head", "ada", "cem"):
        assert "Agree how feedback is given" in read(made, people[name]).text
    assert "Used at once." in read(made, made.head).text
    for name in ("ada", "cem"):
        assert "Used at once." not in read(made, people[name]).text


def test_lead_of_old_reads_the_check_back_and_nothing_more_of_the_report(made):
    made.review.released_at = timezone.now() - timedelta(days=120)
    made.review.save()
    WorkshopFactory(review=made.review, agreed="Feedback in class.")
    ReviewActionFactory(review=made.review, words="Agree how feedback is given")
    back = CheckBackFactory(review=made.review, given_at=timezone.now(), given_by=made.head)
    CheckBackAnswerFactory(check_back=back, part=made.parts[0], changed="Used at once.")
    ada = made.people["ada"]

    page = read(made, ada).text

    assert "Used at once." in page
    for hidden in ("says the team", "Feedback in class.", "Agree how feedback"):
        assert hidden not in page
    assert read(made, ada, "report_detail").status_code == 404


def test_champion_arranges_nothing_and_may_give_it_up(made):
    WorkshopFactory(review=made.review, champion=made.people["cem"])
    cem = made.people["cem"]

    assert read(made, cem, "workshop_arrange").status_code == 403
    assert read(made, cem, "action_add").status_code == 403
    assert "Can’t you lead the workshop?" in read(made, cem, "champion_end").text
    gone = post(made, cem, "champion_end")

    assert "You no longer lead the workshop." in gone.text
    assert read(made, cem).status_code == 404


def test_second_of_two_who_change_an_action_is_shown_both_versions(made):
    action = ReviewActionFactory(
        review=made.review, words="Theirs", owner=made.named, due_at=timezone.now(), version=2
    )

    sent = {"words": "Mine", "owner": made.head.pk, "part": "", "due_on": timezone.localdate()}
    page = post(made, made.head, "action_edit", action.pk, **sent, seen_version="1").text

    assert "Somebody saved this page after you opened it" in page
    assert "Mine" in page
    assert "Theirs" in page


def test_check_back_is_not_given_while_an_area_has_no_answer(made):
    page = post(made, made.head, "check_back_give", next_steps="", seen_version="1").text

    assert "An area for development has no answer yet. Answer it first." in page
    assert not CheckBackAnswer.objects.exists()


def test_acts_that_cannot_be_undone_ask_first(made):
    action = ReviewActionFactory(review=made.review)
    WorkshopFactory(review=made.review, held_at=timezone.now())
    CheckBackFactory(review=made.review, given_at=timezone.now())

    for name, *more in (
        ("action_remove", action.pk),
        ("workshop_not_held",),
        ("check_back_reopen",),
    ):
        assert "?" in read(made, made.head, name, *more).text
        post(made, made.head, name, *more)

    assert not ReviewAction.objects.exists()
    assert Workshop.objects.get().held_at is None
    assert CheckBack.objects.get().given_at is None


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_action_and_for_three(made, number, django_assert_num_queries):
    WorkshopFactory(review=made.review, champion=made.people["cem"])
    back = CheckBackFactory(review=made.review, given_at=timezone.now(), given_by=made.head)
    for _each in range(number):
        ReviewActionFactory(review=made.review, owner=made.named, part=made.parts[0])
        part = ReportPartFactory(report=made.review.report)
        CheckBackAnswerFactory(check_back=back, part=part)
    client = signed_in(made.head)
    client.get(address(made))

    with django_assert_num_queries(6):
        client.get(address(made))


@pytest.mark.parametrize(
    ("name", "most"), [("champion_ask", 6), ("workshop_arrange", 6), ("action_add", 6)]
)
def test_forms_cost_little(made, name, most, django_assert_max_num_queries):
    client = signed_in(made.head)
    client.get(address(made, name))

    with django_assert_max_num_queries(most):
        client.get(address(made, name))


def count_five(made):
    """The reports of five more schools count, each with a development of the first theme."""
    theme = made.framework_theme
    for _each in range(5):
        review = ReviewFactory(day=ReviewDayFactory(cycle=made.cycle), released=True)
        report = ReportFactory(review=review, sent=True)
        ReportPartFactory(report=report, theme=theme, words="Hidden words.")
        ReportConsentFactory(review=review, audience="themes")
    return [review.school.name for review in made.cycle.reviews.select_related("school")]


def test_board_and_director_read_themes_and_nobody_else(made):
    made.cycle.framework = made.parts[0].theme.framework
    made.cycle.save()
    made.framework_theme = made.parts[0].theme
    board = BodyFactory(alliance=made.alliance, kind="board")
    sits = SeatFactory(body=board, school=None, person=PersonFactory()).person
    other = AlliancePostFactory(kind="director").person
    url = reverse("days:themes", args=[made.cycle.pk])
    few = signed_in(made.director).get(url).text
    names = count_five(made)

    readers = {person: signed_in(person).get(url) for person in (made.director, sits)}

    assert "There is nothing to show yet." in few
    for page in readers.values():
        assert "5 schools count." in page.text
        assert "Most schools" in page.text
        assert not [name for name in (*names, "Hidden words") if name in page.text]
    for person in (made.head, made.people["ada"], other, PersonFactory(is_staff=True)):
        assert signed_in(person).get(url).status_code == 404
    assert made.cycle.name in signed_in(sits).get(reverse("days:theme_list")).text


def test_themes_as_a_file_name_no_school_and_are_audited(made):
    made.cycle.framework = made.parts[0].theme.framework
    made.cycle.save()
    made.framework_theme = made.parts[0].theme
    names = count_five(made)

    response = signed_in(made.director).get(
        reverse("days:themes_export", args=[made.cycle.pk, "csv"])
    )
    said = b"".join(response).decode()

    assert "Feedback,Half of the schools or fewer,Most schools" in said.replace('"', "")
    assert not [name for name in names if name in said]
    assert Event.objects.filter(title="Themes of review reports").exists()


def test_themes_are_found_by_the_director_from_the_alliance_and_by_the_board_from_reports(made):
    link = f'href="{reverse("days:theme_list")}"'
    sits = SeatFactory(
        body=BodyFactory(alliance=made.alliance, kind="board"), school=None, person=PersonFactory()
    ).person

    assert link in signed_in(made.director).get(made.alliance.get_absolute_url()).text
    assert link not in signed_in(made.head).get(made.alliance.get_absolute_url()).text
    assert link in signed_in(sits).get(reverse("days:report_list")).text
