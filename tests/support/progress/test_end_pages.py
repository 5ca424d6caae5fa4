from datetime import UTC, datetime

import pytest
import time_machine

from partnership.toolkit.registers import BridgeKind, handing
from support.programmes.models import Programme
from support.progress.models import Ending, FinalView, SustainCheck
from support.progress.services import keep_final_view, open_ending
from tests.support.progress.begun import make_begun

pytestmark = pytest.mark.django_db
LAST_TERM = datetime(2028, 6, 20, 9, tzinfo=UTC)
SECRET = "Trumpets in every corridor."
DETAIL_QUERIES = 8
PARTS = ("", "plan/", "visits/", "measures/")


@pytest.fixture(autouse=True)
def _in_the_last_term():
    with time_machine.travel(LAST_TERM, tick=False):
        yield


@pytest.fixture
def begun():
    made = make_begun()
    open_ending(programme=made.programme, by=made.director, now=LAST_TERM)
    made.page = f"/support/{made.programme.pk}/end/"
    return made


def final(begun, side, *, is_given=True, changed=SECRET):
    by = begun.head if side == "school" else begun.supporting_head
    changes = {"overall": "reached", "changed": changed, "thanks": f"Thank you from {by}."}
    told = {"programme": begun.programme, "by": by, "now": LAST_TERM}
    return keep_final_view(side=side, changes=changes, is_given=is_given, **told)


def end(begun):
    final(begun, "school")
    final(begun, "supporter", changed="Books.")


def read(client, person, address):
    client.force_login(person)
    return b"".join(client.get(address)).decode()


@pytest.mark.parametrize("side", ["school", "supporter"])
def test_final_view_is_hidden_until_both_are_given(client, begun, side):
    final(begun, side)
    others = [begun.head, begun.supporting_head, begun.director, begun.practitioner]
    addresses = [
        begun.page,
        f"{begun.page}view/",
        f"/support/{begun.programme.pk}/",
        f"/support/{begun.programme.pk}/history/",
    ]

    assert not any(SECRET in read(client, who, at) for who in others for at in addresses)

    final(begun, "supporter" if side == "school" else "school", changed="Books.")
    assert all(SECRET in read(client, who, begun.page) for who in others)


def test_draft_is_read_by_its_own_school_alone(client, begun):
    final(begun, "supporter", is_given=False)

    form = f"{begun.page}view/"
    assert SECRET in read(client, begun.supporting_head, form)
    assert SECRET not in read(client, begun.head, form)
    assert client.get(begun.page).status_code == 200


def test_both_heads_look_back_and_thank_each_other(client, begun):
    for person in (begun.head, begun.supporting_head):
        client.force_login(person)
        empty = client.post(f"{begun.page}view/", {"then": "give", "seen_version": ""})
        assert empty.context["form"].errors.keys() == {"overall", "changed"}
        typed = {"overall": "reached", "changed": "Writing.", "thanks": f"From {person}."}
        client.post(f"{begun.page}view/", {**typed, "then": "give", "seen_version": ""})

    page = read(client, begun.head, begun.page)
    assert f"From {begun.supporting_head}." in page
    assert Programme.objects.get().is_followed()
    assert "One term after" in page


def test_school_checks_twice_looks_back_and_support_is_finished(client, begun):
    end(begun)
    client.force_login(begun.head)
    for number in (1, 2):
        said = {"stands": "on_course", "words": f"It stands, {number}."}
        too_early = client.post(f"{begun.page}checks/{number}/", said).text
        assert "This is asked towards the end of the term." in too_early
        assert f"checks/{number}/" not in client.get(begun.page).text
        with time_machine.travel(SustainCheck.objects.get(number=number).due_at, tick=False):
            client.force_login(begun.head)
            assert f"checks/{number}/" in client.get(begun.page).text
            client.post(f"{begun.page}checks/{number}/", said)
        client.force_login(begun.head)
    said = {"changed": "Writing.", "for_whom": "Years 5 and 6", "evidence": "Books."}
    page = client.post(f"{begun.page}impact/", said, follow=True).text

    assert Programme.objects.get().state == "finished"
    assert "It stands, 2." in page
    assert "Years 5 and 6" in page


def test_stopped_programme_says_why(client, begun):
    Programme.objects.update(
        state="stopped", ended_because="The school closes.", ended_at=LAST_TERM
    )

    page = read(client, begun.head, begun.page)

    assert "Why it ended early" in page
    assert "The school closes." in page


def test_director_ends_without_the_silent_school_only_when_its_time_is_over(client, begun):
    final(begun, "supporter")
    client.force_login(begun.director)
    early = client.post(f"{begun.page}close/", follow=True).text
    Ending.objects.update(due_at=datetime(2028, 5, 1, 17, tzinfo=UTC))
    page = client.post(f"{begun.page}close/", follow=True).text

    assert "still has time" in early
    assert "Supported school: no final view was given." in page
    assert FinalView.objects.count() == 1


def test_case_study_is_named_agreed_and_taken_back(client, begun):
    end(begun)
    client.force_login(begun.supporting_head)
    client.post(f"{begun.page}story/", {"because": "Writing each day."})
    asked = read(client, begun.head, begun.page)
    assert read(client, begun.practitioner, begun.page).count("Writing each day.") == 0
    client.force_login(begun.head)
    agreed = client.post(f"{begun.page}story/answer/", {"answer": "yes"}, follow=True).text
    client.post(f"{begun.page}story/answer/", {"answer": "no"})

    assert "Writing each day." in asked
    assert "agreed on" in agreed
    ending = Ending.objects.get()
    assert (ending.story_agreed_at, ending.story_refused_at) == (None, LAST_TERM)


def test_button_to_write_the_story_stands_only_where_a_room_offers_it(client, begun, monkeypatch):
    end(begun)
    Ending.objects.update(
        story_named_at=LAST_TERM,
        story_named_by=begun.director,
        story_agreed_at=LAST_TERM,
        story_agreed_by=begun.head,
    )
    assert "Write the case study" not in read(client, begun.director, begun.page)
    offered = BridgeKind(
        key="library.case_study",
        words="Write the case study",
        may=lambda person: person == begun.director,
        url=lambda finding: f"/library/new/?of={finding['case_study']}",
    )
    monkeypatch.setattr(handing, "gather", lambda *_names: (offered,))

    page = read(client, begun.director, begun.page)

    assert f'href="/library/new/?of={begun.programme.pk}"' in page
    assert "Write the case study" not in read(client, begun.supporting_head, begun.page)


@pytest.mark.parametrize("who", ["head", "director", "practitioner"])
def test_end_is_read_in_few_queries(client, begun, who, django_assert_max_num_queries):
    end(begun)
    SustainCheck.objects.filter(number=1).update(given_at=LAST_TERM, given_by=begun.head)
    person = getattr(begun, who)
    read(client, person, begun.page)

    with django_assert_max_num_queries(DETAIL_QUERIES):
        client.get(begun.page)


def test_page_of_support_that_is_over_asks_for_no_beginning(client, begun):
    asks = ["yet", "Begin the plan", "The first one", "Plan the first", "choose one", "Begin with"]
    addresses = [f"/support/{begun.programme.pk}/{part}" for part in PARTS]
    running = [read(client, begun.head, at).split("<h1>")[1] for at in addresses]
    Programme.objects.update(state="stopped", ended_because="It closes.", ended_at=LAST_TERM)

    over = [read(client, begun.head, at).split("<h1>")[1] for at in addresses]

    assert all(any(words in page for page in running) for words in asks)
    assert not [words for words in asks if any(words in page for page in over)]
