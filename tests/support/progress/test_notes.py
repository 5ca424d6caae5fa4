from datetime import timedelta

import pytest

from partnership.notices.models import Notice
from support.progress.models import Held, NoteRelease, Visit, VisitNote
from support.progress.services.holding import NoteGiven, NotOverYet, undo_held
from support.progress.services.noting import (
    CheckedAlready,
    NotComplete,
    NotGiven,
    WrittenElsewhere,
    check_note,
    give_note,
    keep_note,
    seen_of,
)
from support.progress.services.releasing import (
    ReleasedAlready,
    WithdrawnAlready,
    release_note,
    withdraw_release,
)
from tests.support.progress.visiting import AFTER, STARTS, delivered, make_running, planned

pytestmark = pytest.mark.django_db
WORDS = {"with_whom": "English lead", "seen": "Two lessons.", "agreed": "Model on Mondays."}
NOTHING = dict.fromkeys(WORDS, seen_of(""))


@pytest.fixture
def made():
    made = make_running()
    made.visit = planned(made)
    return made


def keeps(made, words=WORDS, seen=NOTHING, now=AFTER):
    return keep_note(visit=made.visit, words=words, seen=seen, by=made.practitioner, now=now)


def gives(made, now=AFTER):
    keeps(made, now=now)
    return give_note(visit=made.visit, by=made.practitioner, now=now)


def checks(made, note, accuracy="accurate", disputed=""):
    return check_note(note=note, accuracy=accuracy, disputed=disputed, by=made.head, now=AFTER)


def releases(made, note, layer="director", words=""):
    return release_note(note=note, layer=layer, board_words=words, by=made.head, now=AFTER)


def test_part_that_was_written_on_elsewhere_is_not_overwritten(made):
    keeps(made)

    with pytest.raises(WrittenElsewhere) as refused:
        keeps(made, words={"seen": "Three lessons."}, seen={"seen": seen_of("")})

    assert refused.value.current == {"seen": "Two lessons."}
    assert VisitNote.objects.get().seen == "Two lessons."
    keeps(made, words={"seen": "Three."}, seen={"seen": seen_of("Two lessons.")})
    assert VisitNote.objects.get().seen == "Three."


def test_giving_a_note_says_that_the_visit_was_held_and_asks_the_head_to_check_it(made):
    since = list(Notice.objects.values_list("pk", flat=True))

    gives(made)

    visit, note = Visit.objects.get(), VisitNote.objects.get()
    assert (visit.state, visit.noted_at, delivered(made.lent_strand)) == (Held.HELD, AFTER, 1)
    assert f"{note.check_by:%d %B %H}" == "03 December 17"
    asked = Notice.objects.exclude(pk__in=since)
    assert [(each.recipient, each.kind) for each in asked] == [(made.head, "programmes.your_turn")]


def test_note_says_with_whom_and_what_was_seen(made):
    keeps(made, words={"seen": "Two lessons."})

    with pytest.raises(NotComplete):
        give_note(visit=made.visit, by=made.practitioner, now=AFTER)

    assert Visit.objects.get().state == Held.PLANNED


def test_note_is_not_given_before_the_visit_is_over(made):
    with pytest.raises(NotOverYet):
        gives(made, now=STARTS)


def test_given_note_is_changed_by_nobody_and_its_visit_was_held(made):
    gives(made)

    with pytest.raises(NoteGiven):
        keeps(made, words={"seen": "Other."})
    with pytest.raises(NoteGiven):
        undo_held(visit=made.visit, because="", by=made.practitioner, now=AFTER)


def test_what_is_not_accurate_stands_beside_the_note_for_good(made):
    note = gives(made)
    since = list(Notice.objects.values_list("pk", flat=True))

    checks(made, note, "disputed", "It was one lesson.")

    with pytest.raises(CheckedAlready):
        checks(made, note)
    kept = VisitNote.objects.get()
    assert (kept.seen, kept.accuracy, kept.disputed) == (
        "Two lessons.",
        "disputed",
        "It was one lesson.",
    )
    told = Notice.objects.exclude(pk__in=since).values_list("recipient", flat=True)
    assert set(told) == {made.practitioner.pk, made.supporting_head.pk}


def test_draft_is_neither_checked_nor_released(made):
    note = keeps(made)

    with pytest.raises(NotGiven):
        checks(made, note)
    with pytest.raises(NotGiven):
        releases(made, note)


def test_consent_is_given_once_at_a_time_and_taken_back_once(made):
    note = gives(made)

    release = releases(made, note)
    with pytest.raises(ReleasedAlready):
        releases(made, note)
    withdraw_release(release=release, by=made.head, now=AFTER + timedelta(hours=1))
    with pytest.raises(WithdrawnAlready):
        withdraw_release(release=release, by=made.head, now=AFTER)
    releases(made, note)

    assert NoteRelease.objects.count() == 2


def test_board_reads_the_schools_own_words(made):
    release = releases(made, gives(made), "board", "Writing is modelled each day.")

    assert release.board_words == "Writing is modelled each day."
