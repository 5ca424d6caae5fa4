from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from support.progress.models import Held, NoteRelease, Placement, Visit, VisitNote
from support.progress.services.noting import give_note, keep_note, seen_of
from support.progress.services.releasing import release_note, withdraw_release
from tests.factories import MembershipFactory, PersonFactory, SchoolFactory, SchoolPostFactory
from tests.factories.progress import PlacementFactory, VisitFactory
from tests.support.progress.begun import NOW
from tests.support.progress.visiting import AFTER, make_running, planned

pytestmark = pytest.mark.django_db
SEEN = "Two lessons in Year 5, one of them modelled."


@pytest.fixture
def made(time_machine):
    time_machine.move_to(AFTER, tick=False)
    return make_running()


@pytest.fixture
def noted(made):
    made.visit = planned(made)
    words = {"with_whom": "English lead", "seen": SEEN, "agreed": ""}
    nothing = dict.fromkeys(words, seen_of(""))
    told = {"visit": made.visit, "by": made.practitioner, "now": AFTER}
    keep_note(words=words, seen=nothing, **told)
    made.note = give_note(**told)
    return made


def page(client, person, name, *args):
    client.force_login(person)
    return client.get(reverse(f"progress:{name}", args=args))


def sends(client, person, name, *args, **typed):
    client.force_login(person)
    return client.post(reverse(f"progress:{name}", args=args), typed)


def reads(client, person, made):
    return SEEN in page(client, person, "visit_detail", made.programme.pk, made.visit.pk).text


def typed_visit(made, **changes):
    return {
        "who": f"{made.lent_strand.pk}-{made.practitioner.pk}",
        "purpose": "Books of Year 5",
        "day": "2026-12-03",
        "starts": "09:00",
        "ends": "12:00",
        "days": "0.5",
    } | changes


def test_visit_is_planned_and_stands_in_the_list(client, made):
    answer = sends(client, made.head, "visit_plan", made.programme.pk, **typed_visit(made))

    assert answer.url == reverse("progress:visit_list", args=[made.programme.pk])
    visit = Visit.objects.get()
    assert (visit.visitor, visit.strand, visit.days) == (made.practitioner, made.lent_strand, 0.5)
    text = page(client, made.practitioner, "visit_list", made.programme.pk).text
    assert "Books of Year 5" in text


def test_closed_day_is_said_first_and_never_forbidden(client, made):
    weekend = typed_visit(made, day="2026-12-05")

    warned = sends(client, made.head, "visit_plan", made.programme.pk, **weekend)

    assert "5 December 2026 is a Saturday." in warned.text
    assert "Monday 7 December 2026" in warned.text
    assert not Visit.objects.exists()
    sends(client, made.head, "visit_plan", made.programme.pk, **weekend, despite="yes")
    assert Visit.objects.count() == 1


def test_visitor_who_is_elsewhere_is_said_without_the_school(client, made):
    starts = timezone.datetime(2026, 12, 3, 10, tzinfo=NOW.tzinfo)
    elsewhere = VisitFactory(
        visitor=made.practitioner, starts_at=starts, ends_at=starts + timedelta(hours=1)
    )

    warned = sends(client, made.head, "visit_plan", made.programme.pk, **typed_visit(made))

    assert "Priya Nair has another visit at that time." in warned.text
    assert str(elsewhere.programme.school) not in warned.text


def test_practitioner_plans_for_herself_alone(client, made):
    text = page(client, made.practitioner, "visit_plan", made.programme.pk).text

    assert "Priya Nair: " in text
    assert "Samuel Adeyemi: " not in text
    others = planned(made, visitor=made.own_practitioner, strand=made.own_strand)
    answer = page(client, made.practitioner, "visit_cancel", made.programme.pk, others.pk)
    assert answer.status_code == 403


def test_second_editor_is_shown_both_versions(client, made):
    visit = planned(made)
    Visit.objects.update(version=2, purpose="Plan of the term")
    typed = typed_visit(made, seen_version=visit.version, despite="yes")

    answer = sends(client, made.head, "visit_edit", made.programme.pk, visit.pk, **typed)

    assert "Plan of the term" in answer.text
    assert "Books of Year 5" in answer.text
    assert Visit.objects.get().purpose == "Plan of the term"


def test_too_few_days_say_how_many_are_left(client, made):
    visit = planned(made)
    visit.days = 5
    visit.save()
    sends(client, made.practitioner, "visit_held", made.programme.pk, visit.pk, days="5")
    second = planned(made)

    answer = sends(client, made.practitioner, "visit_held", made.programme.pk, second.pk, days="2")

    assert "Only 1 day is left of what was promised" in answer.text
    assert "The director can promise more." in answer.text
    sends(
        client,
        made.director,
        "days_promise",
        made.programme.pk,
        made.lent_strand.pk,
        year="2026",
        days="1",
        seen="6.0",
    )
    sends(client, made.practitioner, "visit_held", made.programme.pk, second.pk, days="2")
    assert Visit.objects.filter(state=Held.HELD).count() == 2


def test_note_is_kept_while_one_types_and_nobody_else_reads_it(client, made):
    made.visit = planned(made)
    args = (made.programme.pk, made.visit.pk)

    answer = sends(
        client,
        made.practitioner,
        "note_draft",
        *args,
        part="seen",
        text=SEEN,
        seen_version=str(seen_of("")),
    )
    stale = sends(
        client,
        made.practitioner,
        "note_draft",
        *args,
        part="seen",
        text="Other",
        seen_version=str(seen_of("")),
    )

    assert answer.json() == {"saved": "4pm", "seen": seen_of(SEEN)}
    assert stale.status_code == 409
    assert VisitNote.objects.get().seen == SEEN
    assert SEEN in page(client, made.practitioner, "note_write", *args).text
    assert not reads(client, made.head, made)
    assert sends(client, made.head, "note_draft", *args, part="seen").status_code == 403


def test_note_is_written_given_and_disputed(client, made):
    made.visit = planned(made)
    args = (made.programme.pk, made.visit.pk)
    typed = {"with_whom-text": "English lead", "seen-text": SEEN, "agreed-text": ""}

    to_give = sends(client, made.practitioner, "note_write", *args, **typed, give="yes")
    assert to_give.url == reverse("progress:note_give", args=args)
    sends(client, made.practitioner, "note_give", *args)
    sends(
        client,
        made.head,
        "note_check",
        *args,
        accuracy="disputed",
        disputed="It was one lesson.",
    )
    again = sends(client, made.head, "note_check", *args, accuracy="accurate")

    assert "Somebody of your school has said already" in again.text
    text = page(client, made.practitioner, "visit_detail", *args).text
    assert SEEN in text
    assert "It was one lesson." in text


def test_note_stays_between_the_two_schools_until_the_school_releases_it(client, noted):
    readers = {
        person.name: reads(client, person, noted)
        for person in (
            noted.practitioner,
            noted.head,
            noted.supporting_head,
            noted.director,
            noted.own_practitioner,
        )
    }

    assert readers == {
        "Priya Nair": True,
        "Yusuf Iqbal": True,
        "Helen Brierley": True,
        "Amina Hussain": False,
        "Samuel Adeyemi": False,
    }


def test_consent_counts_at_once_and_so_does_its_withdrawal(client, noted):
    args = (noted.programme.pk, noted.visit.pk)
    sends(client, noted.head, "note_release", *args, layer="director")
    assert reads(client, noted.director, noted)
    assert not reads(client, noted.own_practitioner, noted)

    release = NoteRelease.objects.get()
    sends(client, noted.head, "note_withdraw", *args, release.pk)

    assert not reads(client, noted.director, noted)
    assert "taken back by Yusuf Iqbal" in page(client, noted.director, "visit_detail", *args).text


def test_words_for_the_board_let_nobody_read_the_note(client, noted):
    release_note(
        note=noted.note, layer="board", board_words="Writing is modelled.", by=noted.head, now=AFTER
    )

    text = page(client, noted.director, "visit_detail", noted.programme.pk, noted.visit.pk).text
    assert SEEN not in text
    assert "Writing is modelled." not in text


def test_consent_is_taken_back_while_the_support_rests(noted):
    release = release_note(
        note=noted.note, layer="director", board_words="", by=noted.head, now=AFTER
    )
    noted.programme.state = "paused"
    noted.programme.save()

    withdraw_release(release=release, by=noted.head, now=AFTER)

    assert not NoteRelease.objects.filter(withdrawn_at=None).exists()


def test_list_asks_as_often_for_three_visits_as_for_one(client, made, django_assert_num_queries):
    planned(made)
    PlacementFactory(programme=made.programme)
    page(client, made.head, "visit_list", made.programme.pk)
    address = reverse("progress:visit_list", args=[made.programme.pk])
    for _more in range(2):
        with django_assert_num_queries(4):
            client.get(address)
        planned(made)
        planned(made, visitor=made.own_practitioner, strand=made.own_strand)
        PlacementFactory(programme=made.programme)


def test_days_left_run_down_visit_by_visit(client, made):
    VisitFactory(
        programme=made.programme,
        strand=made.lent_strand,
        days=2,
        state="held",
        note_by=AFTER,
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=2),
    )
    VisitFactory(
        programme=made.programme,
        strand=made.own_strand,
        days=1.5,
        state="held",
        note_by=AFTER,
        starts_at=NOW + timedelta(days=1),
        ends_at=NOW + timedelta(days=2),
    )

    text = page(client, made.head, "visit_list", made.programme.pk).text

    assert "12 days agreed, 3.5 given, 8.5 left" in text
    own = page(client, made.practitioner, "visit_list", made.programme.pk).text
    assert "6 days agreed, 2 given, 4 left" in own


def test_list_as_a_file_has_no_words_of_a_note(client, noted):
    client.force_login(noted.director)
    address = reverse("progress:visit_export", args=[noted.programme.pk, "csv"])

    text = b"".join(client.get(address).streaming_content).decode()

    assert "Books of Year 5" in text
    assert "To be checked" in text
    assert SEEN not in text


@pytest.fixture
def hosting(made):
    made.host = SchoolFactory(name="Example Fold Primary School")
    MembershipFactory(alliance=made.alliance, school=made.host)
    made.host_head = PersonFactory(name="Grace Fold")
    SchoolPostFactory(school=made.host, person=made.host_head, kind="head")
    return made


def test_both_heads_agree_to_a_placement(client, hosting):
    made = hosting
    typed = {
        "who": "Teacher of Year 4",
        "host": "Example Fold Primary School",
        "focus": "Modelling",
        "starts_on": "2026-12-07",
        "ends_on": "2026-12-08",
        "days": "2",
    }
    sends(client, made.head, "placement_plan", made.programme.pk, **typed)
    placement = Placement.objects.get()
    assert (placement.school_agreed_by, placement.is_agreed) == (made.head, False)

    sends(client, made.host_head, "placement_agree", placement.pk)

    assert Placement.objects.get().is_agreed
    assert "Teacher of Year 4" in page(client, made.director, "placement_detail", placement.pk).text


def test_who_hosts_sees_the_placement_and_nothing_else(client, hosting):
    made = hosting
    placement = PlacementFactory(programme=made.programme, host=made.host)

    seen = page(client, made.host_head, "placement_detail", placement.pk)

    assert seen.status_code == 200
    assert str(made.programme.area) not in seen.text
    assert f"/support/{made.programme.pk}/" not in seen.text
    for name in ("visit_list", "visit_plan"):
        assert page(client, made.host_head, name, made.programme.pk).status_code == 404
    stranger = PersonFactory()
    assert page(client, stranger, "placement_detail", placement.pk).status_code == 404
    assert page(client, made.home_head, "placement_detail", placement.pk).status_code == 403


def test_page_of_a_visit_asks_as_often_for_many_consents_as_for_one(
    client, noted, django_assert_num_queries
):
    args = (noted.programme.pk, noted.visit.pk)
    told = {"note": noted.note, "layer": "director", "board_words": "", "by": noted.head}
    withdraw_release(release=release_note(**told, now=AFTER), by=noted.head, now=AFTER)
    page(client, noted.head, "visit_detail", *args)
    for _more in range(2):
        with django_assert_num_queries(4):
            client.get(reverse("progress:visit_detail", args=args))
        for _time in range(2):
            withdraw_release(release=release_note(**told, now=AFTER), by=noted.head, now=AFTER)
