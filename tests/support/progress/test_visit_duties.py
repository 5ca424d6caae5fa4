from datetime import timedelta

import pytest

from partnership.toolkit.registers import (
    DiaryWindow,
    Duty,
    DutyWindow,
    all_duties,
    diary,
    own_duties,
)
from support.programmes.models import Programme
from support.progress.models import Held, Visit
from support.progress.services.noting import check_note, give_note, keep_note, seen_of
from support.progress.services.placing import agree_to_placement, say_learnt
from support.progress.services.visiting import cancel_visit, move_visit
from tests.factories import (
    DelegationFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)
from tests.factories.progress import PlacementFactory
from tests.support.progress.begun import NOW, TODAY
from tests.support.progress.visiting import (
    AFTER,
    ENDS,
    STARTS,
    facts_of_visit,
    make_running,
    planned,
)

pytestmark = pytest.mark.django_db
KINDS = [
    f"progress.{kind}" for kind in ("say_held", "note", "check_note", "agree", "host", "learnt")
]
LATER = AFTER + timedelta(days=10)


@pytest.fixture
def made():
    made = make_running()
    made.host = SchoolFactory(name="Example Fold Primary School")
    made.host_head = PersonFactory(name="Grace Fold")
    SchoolPostFactory(school=made.host, person=made.host_head, kind="head")
    return made


def owed(now=AFTER):
    rows = all_duties(DutyWindow(kinds=KINDS, now=now)).order_by("duty_kind", "duty_person_id")
    duties = [Duty(*row) for row in rows]
    return {(duty.kind.partition(".")[2], duty.person_id, duty.goes_up_to_id) for duty in duties}


def gives(made, visit):
    words = {"with_whom": "English lead", "seen": "Two lessons.", "agreed": ""}
    told = {"visit": visit, "by": made.practitioner, "now": AFTER}
    keep_note(words=words, seen=dict.fromkeys(words, seen_of("")), **told)
    return give_note(**told)


def test_visit_asks_first_to_be_held_then_for_its_note_then_to_be_checked(made):
    up = made.director.pk
    visit = planned(made)

    assert owed(STARTS) == set()
    assert owed() == {("say_held", made.practitioner.pk, up)}
    Visit.objects.update(state=Held.HELD, held_at=AFTER, note_by=LATER)
    assert owed() == {("note", made.practitioner.pk, up)}
    Visit.objects.update(state=Held.PLANNED, held_at=None, note_by=None)
    note = gives(made, visit)
    assert owed() == {("check_note", made.head.pk, up)}
    check_note(note=note, accuracy="accurate", disputed="", by=made.head, now=AFTER)
    assert owed() == set()


def test_nothing_is_owed_while_the_support_rests(made):
    planned(made)
    PlacementFactory(programme=made.programme, host=made.host)
    Programme.objects.update(state="paused")

    assert owed() == set()


def test_placement_asks_both_heads_and_then_what_was_learnt(made):
    up = made.director.pk
    placement = PlacementFactory(
        programme=made.programme, host=made.host, ends_at=ENDS, starts_at=STARTS, learnt_by=LATER
    )

    assert owed() == {("agree", made.head.pk, up), ("host", made.host_head.pk, up)}
    for side, head in (("school", made.head), ("host", made.host_head)):
        agree_to_placement(placement=placement, agrees_for=[side], by=head, now=NOW)
    assert owed() == {("learnt", made.head.pk, up)}
    say_learnt(placement=placement, learnt="To model aloud.", by=made.head, now=AFTER)
    assert owed() == set()


def test_host_finds_it_on_her_desk_without_any_programme(made):
    placement = PlacementFactory(programme=made.programme, host=made.host)

    window = {"due_from": NOW - timedelta(days=30), "due_until": NOW + timedelta(days=30)}
    (duty,) = own_duties(made.host_head, **window, now=NOW, limit=5, panels=[])

    assert duty.url == f"/support/placements/{placement.pk}/"
    assert "support" not in (duty.title + duty.line).lower()


def entries(person, *, with_cancelled=False):
    window = DiaryWindow(
        person,
        NOW - timedelta(days=1),
        NOW + timedelta(days=60),
        on=TODAY,
        with_cancelled=with_cancelled,
    )
    return diary(window, limit=9)


def test_visit_stands_in_the_diaries_of_visitor_and_supported_school_alone(made):
    visit = planned(made)
    deputy = SchoolPostFactory(school=made.programme.school, kind="clerk").person
    DelegationFactory(
        school=made.programme.school,
        deputy=deputy,
        kind="support",
        given_by=made.head,
    )

    for person in (made.practitioner, made.head, deputy):
        (entry,) = entries(person)
        assert (entry.title, entry.place) == ("Support visit", "")
        assert entry.url == visit.get_absolute_url()
    for person in (made.host_head, PersonFactory(), made.own_practitioner):
        assert entries(person) == []


def test_calendars_follow_a_move_and_a_cancellation(made):
    visit = planned(made)
    later = STARTS + timedelta(days=1)
    facts = facts_of_visit(made, starts_at=later, ends_at=later + timedelta(hours=2))

    move_visit(visit=visit, facts=facts, by=made.head, now=NOW + timedelta(hours=1))
    (moved,) = entries(made.head)
    cancel_visit(visit=visit, because="Ill", by=made.head, now=NOW + timedelta(hours=2))

    assert (moved.sequence, moved.changed_at) == (1, NOW + timedelta(hours=1))
    assert entries(made.head) == []
    (gone,) = entries(made.head, with_cancelled=True)
    assert (gone.state, gone.changed_at) == ("cancelled", NOW + timedelta(hours=2))
    assert gone.version > moved.version


def test_placement_stands_in_both_heads_diaries_once_the_host_agrees(made):
    placement = PlacementFactory(programme=made.programme, host=made.host)
    people = (made.head, made.host_head, made.supporting_head)

    asked = {person.name: len(entries(person)) for person in people}
    agree_to_placement(placement=placement, agrees_for=["host"], by=made.host_head, now=NOW)
    titles = {person.name: [entry.title for entry in entries(person)] for person in people}

    named = ["Placement of a colleague"]
    assert asked == {"Yusuf Iqbal": 1, "Grace Fold": 0, "Helen Brierley": 0}
    assert titles == {"Yusuf Iqbal": named, "Grace Fold": named, "Helen Brierley": []}
