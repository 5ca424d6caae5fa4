from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from support.progress.models import Objective, TermView
from support.progress.services import close_review, write_talk
from tests.factories import DelegationFactory, PersonFactory, SchoolPostFactory
from tests.factories.progress import TermReviewFactory
from tests.factories.support import ProgrammePersonFactory
from tests.support.progress.begun import TERMS
from tests.support.progress.reviewed import (
    BEFORE_END,
    SIDES,
    give,
    give_all,
    make_planned,
    make_reviewed,
    people_of,
)

pytestmark = pytest.mark.django_db
LIST_QUERIES, DETAIL_QUERIES = 4, 6
SECRET = "Xylophones in assembly."


@pytest.fixture(autouse=True)
def _at_the_end_of_term():
    with time_machine.travel(BEFORE_END, tick=False):
        yield


@pytest.fixture
def reviewed():
    return make_reviewed()


def readers_of(made):
    """Everybody who has a part in the programme, and a member of portal staff."""
    programme = made.programme
    named = ProgrammePersonFactory(programme=programme, side="director", person=PersonFactory())
    acting = SchoolPostFactory(school=programme.school, kind="business_manager").person
    DelegationFactory(school=programme.school, deputy=acting, given_by=made.head, kind="support")
    return {
        **people_of(made),
        "practitioner": made.practitioner,
        "home_head": made.home_head,
        "named": named.person,
        "acting": acting,
        "officer": PersonFactory(is_staff=True),
    }


def addresses(made):
    pk = made.programme.pk
    return [
        f"/support/{pk}/",
        f"/support/{pk}/reviews/",
        f"/support/{pk}/reviews/1/",
        f"/support/{pk}/reviews/1/view/",
        f"/support/{pk}/reviews/1/close/",
        f"/support/{pk}/history/",
        f"/support/overview/{made.alliance.slug}/",
        "/search/?q=Xylophones",
        "/desk/",
    ]


def reads(client, person, made):
    client.force_login(person)
    found = set()
    for address in addresses(made):
        page = client.get(address)
        body = b"".join(page).decode()
        if SECRET in body or "knows of stuck" in body:
            found.add(address)
    return found


@pytest.mark.parametrize("side", SIDES)
def test_nobody_reads_a_view_before_all_three_are_given(client, reviewed, side):
    give(reviewed, side, "stuck", "stuck", words=SECRET)
    for other in set(SIDES) - {side, "supporter" if side != "supporter" else "school"}:
        give(reviewed, other)

    found = {name: reads(client, person, reviewed) for name, person in readers_of(reviewed).items()}

    assert not any(found.values()), found


@pytest.mark.parametrize("side", SIDES)
def test_draft_is_read_by_its_own_side_alone(client, reviewed, side):
    give(reviewed, side, "stuck", "stuck", is_given=False, words=SECRET)
    own = {
        "school": {"school", "acting"},
        "supporter": {"supporter", "practitioner"},
        "director": {"director", "named"},
    }

    found = {name: reads(client, person, reviewed) for name, person in readers_of(reviewed).items()}

    form = f"/support/{reviewed.programme.pk}/reviews/1/view/"
    assert {name for name, pages in found.items() if pages} == own[side]
    assert set.union(*found.values()) == {form}


def test_all_who_see_the_course_read_all_three_side_by_side(client, reviewed):
    give_all(reviewed, school=("stuck", "on_course"))

    for person in (*people_of(reviewed).values(), reviewed.practitioner):
        client.force_login(person)
        page = client.get(f"/support/{reviewed.programme.pk}/reviews/1/").text
        assert "school knows of stuck" in page
        assert "Views differ on" in page
        assert "What director sees." in page
    client.force_login(reviewed.home_head)
    assert client.get(f"/support/{reviewed.programme.pk}/reviews/1/").status_code == 403


def test_objective_dropped_since_stays_in_the_views_and_leaves_the_plan(client, reviewed):
    first = reviewed.objectives[0]
    Objective.objects.filter(pk=first.pk).update(words="Model writing")
    give_all(reviewed, school=("stuck", "on_course"))
    client.force_login(reviewed.head)
    page = f"/support/{reviewed.programme.pk}/"

    def times(moment):
        Objective.objects.filter(pk=first.pk).update(dropped_at=moment)
        return client.get(page).text.count("Model writing</th>")

    before, since = BEFORE_END - timedelta(days=1), BEFORE_END + timedelta(seconds=1)
    assert [times(None), times(since), times(before)] == [2, 1, 0]


def test_head_keeps_a_draft_and_gives_her_view(client, reviewed):
    client.force_login(reviewed.head)
    address = f"/support/{reviewed.programme.pk}/reviews/1/view/"
    first, second = reviewed.objectives
    typed = {f"course_{first.pk}": "slower", f"words_{second.pk}": "Books.", "seen_version": ""}

    kept = client.post(address, {**typed, "then": "draft"})
    refused = client.post(address, {**typed, "then": "give"})
    again = client.get(address).context["form"]
    whole = {
        **{field.html_name: field.value() or "" for field in again},
        f"course_{second.pk}": "on_course",
        "overall": "slower",
        "then": "give",
    }
    given = client.post(address, whole)

    assert (kept.status_code, refused.status_code, given.status_code) == (302, 200, 302)
    assert refused.context["form"].errors.keys() == {f"course_{second.pk}", "overall"}
    view = TermView.objects.get()
    assert (view.given_at, view.written_by) == (BEFORE_END, reviewed.head)
    assert [(r.course, r.words) for r in view.ratings.order_by("objective__position")] == [
        ("slower", ""),
        ("on_course", "Books."),
    ]
    assert client.get(address).status_code == 302


def test_second_editor_sees_both_versions_and_loses_nothing(client, reviewed):
    draft = give(reviewed, "supporter", "stuck", "stuck", is_given=False)
    client.force_login(reviewed.practitioner)
    first, second = reviewed.objectives
    typed = {
        f"course_{first.pk}": "reached",
        f"course_{second.pk}": "stuck",
        "overall": "on_course",
        "words": "Mine.",
        "seen_version": draft.version - 1,
        "then": "draft",
    }

    page = client.post(f"/support/{reviewed.programme.pk}/reviews/1/view/", typed)

    form = page.context["form"]
    assert [(both.yours, both.theirs) for both in form.both][:2] == [
        ("Mine.", "What supporter sees."),
        ("Reached", "Stuck"),
    ]
    assert form["seen_version"].value() == str(draft.version)


def test_three_talk_and_the_director_closes(client, reviewed):
    give_all(reviewed, school=("stuck", "on_course"))
    base = f"/support/{reviewed.programme.pk}/reviews/1/"
    client.force_login(reviewed.director)
    closing = {"overall": "slower", "next_on": "2027-07-16"}
    refused = client.post(f"{base}close/", closing)
    client.force_login(reviewed.head)
    assert "Views differ on:" in client.get(f"{base}talk/").text
    client.post(f"{base}talk/", {"words": "We look at books together."})
    client.force_login(reviewed.director)
    closed = client.post(f"{base}close/", closing)

    assert (refused.status_code, closed.status_code) == (200, 302)
    page = client.get(base).text
    assert "We look at books together." in page
    assert "Friday 16 July 2027" in page


def test_director_opens_the_review_of_the_term(client):
    made = make_planned()
    client.force_login(made.director)

    opened = client.post(f"/support/{made.programme.pk}/reviews/open/", follow=True)
    again = client.post(f"/support/{made.programme.pk}/reviews/open/", follow=True)

    assert opened.redirect_chain[0][0] == f"/support/{made.programme.pk}/reviews/1/"
    assert "is open already" in again.text


def test_director_shows_without_the_silent_side_once_its_time_is_over(client, reviewed):
    give(reviewed, "school")
    give(reviewed, "director")
    client.force_login(reviewed.director)
    base = f"/support/{reviewed.programme.pk}/reviews/1/"
    early = client.post(f"{base}show/", follow=True).text
    with time_machine.travel(datetime(2027, 4, 13, 9, tzinfo=UTC), tick=False):
        client.force_login(reviewed.director)
        offered = client.get(base).text
        late = client.post(f"{base}show/", follow=True).text

    assert "still has time" in early
    assert "Show the views without the silent side" in offered
    assert "Supporter: no view was given." in late


def test_paused_programme_is_read_and_takes_no_view(client, reviewed):
    reviewed.programme.state = "paused"
    reviewed.programme.save()
    client.force_login(reviewed.head)

    base = f"/support/{reviewed.programme.pk}/reviews/1/"
    assert client.get(base).status_code == 200
    assert client.get(f"{base}view/").status_code == 403


def test_list_costs_the_same_for_one_review_and_for_three(
    client, reviewed, django_assert_num_queries
):
    client.force_login(reviewed.director)
    address = f"/support/{reviewed.programme.pk}/reviews/"
    client.get(address)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(address)
    for term in (2, 3):
        TermReviewFactory(programme=reviewed.programme, term=term)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(address)


def test_detail_costs_the_same_for_one_objective_and_for_three(client, django_assert_num_queries):
    made = make_reviewed(objectives=3)
    give_all(made, school=("stuck", "on_course", "on_course"))
    write_talk(review=made.review, words="More time.", by=made.head, now=BEFORE_END)
    close_review(
        review=made.review,
        overall="slower",
        next_on=TERMS[1][1],
        by=made.director,
        now=BEFORE_END + timedelta(hours=1),
    )
    client.force_login(made.practitioner)
    address = f"/support/{made.programme.pk}/reviews/1/"
    client.get(address)
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(address)
    made.programme.objectives.exclude(pk=made.objectives[0].pk).update(
        dropped_at=BEFORE_END - timedelta(days=1)
    )
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(address)


def test_whoever_gives_the_last_view_is_told_that_all_are_shown(client, reviewed):
    give(reviewed, "school")
    give(reviewed, "director")
    client.force_login(reviewed.supporting_head)
    typed = {f"course_{each.pk}": "on_course" for each in reviewed.objectives}
    address = f"/support/{reviewed.programme.pk}/reviews/1/view/"

    answered = client.post(address, {**typed, "overall": "on_course", "then": "give"}, follow=True)

    assert "All three are there now" in answered.text
