from datetime import UTC, date, datetime

import pytest

from partnership.audit.models import Event
from partnership.toolkit.versions import ChangedSince
from tests.factories import ObjectiveFactory, PersonFactory, WorkhubYearFactory
from workhubs.hubs.models import Objective, ProgressNote, Tally
from workhubs.hubs.services import (
    ObjectiveCarried,
    add_objective,
    edit_objective,
    move_objective,
    note_progress,
    remove_objective,
)

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def add(year, words):
    return add_objective(workhub_year=year, words=words, by=PersonFactory(), now=NOW)


def in_order(year):
    return [
        objective.words
        for objective in Objective.objects.filter(workhub_year=year).order_by("position", "pk")
    ]


def test_objectives_stand_in_an_order_that_can_be_changed():
    year, by = WorkhubYearFactory(), PersonFactory()
    first, second, third = (add(year, words) for words in ("First", "Second", "Third"))

    move_objective(objective=third, up=True, by=by, now=NOW)
    move_objective(objective=first, up=False, by=by, now=NOW)
    move_objective(objective=Objective.objects.get(words="Second"), up=False, by=by, now=NOW)
    at_the_end = in_order(year)
    move_objective(objective=second, up=False, by=by, now=NOW)

    assert at_the_end == in_order(year) == ["Third", "First", "Second"]


def test_noting_progress_keeps_what_was_noted_before():
    objective, lead = ObjectiveFactory(), PersonFactory()

    for progress, seen in (("behind", "Four of ten."), ("on_track", "Seven of ten.")):
        objective = note_progress(
            objective=objective, progress=progress, seen=seen, by=lead, now=NOW
        )

    objective.refresh_from_db()
    assert (objective.progress, objective.seen, objective.noted_on) == (
        "on_track",
        "Seven of ten.",
        date(2026, 11, 23),
    )
    notes = ProgressNote.objects.order_by("pk").values_list("progress", "seen", "noted_by")
    assert list(notes) == [
        ("behind", "Four of ten.", lead.pk),
        ("on_track", "Seven of ten.", lead.pk),
    ]


@pytest.mark.parametrize(
    ("service", "typed"),
    [
        (edit_objective, {"changes": {"measure": "All ten."}}),
        (note_progress, {"progress": "met", "seen": "All."}),
    ],
)
def test_the_second_of_two_editors_is_stopped(service, typed):
    objective, by = ObjectiveFactory(), PersonFactory()
    told = {"objective": objective, "by": by, "now": NOW, "seen_version": 1}
    edit_objective(**told, changes={"measure": "Nine of ten."})

    with pytest.raises(ChangedSince):
        service(**told, **typed)

    assert ProgressNote.objects.count() == 0


def test_an_objective_goes_with_its_notes_unless_a_later_year_goes_on_with_it():
    by = PersonFactory()
    kept = ObjectiveFactory()
    ObjectiveFactory(carried_from=kept)
    gone = ObjectiveFactory()
    note_progress(objective=gone, progress="behind", seen="Two.", by=by, now=NOW)

    with pytest.raises(ObjectiveCarried):
        remove_objective(objective=kept, by=by, now=NOW)
    remove_objective(objective=gone, by=by, now=NOW)

    assert not Objective.objects.filter(pk=gone.pk).exists()
    assert ProgressNote.objects.count() == 0
    assert Event.objects.filter(action="objective removed").count() == 1


def test_the_tally_says_in_words_and_shares_what_the_picture_shows():
    tally = Tally({"met": 2, "behind": 1, "not_started": 1})

    assert (tally.total, tally.going_well, tally.words) == (4, 2, "2 met, 1 behind, 1 not started")
    assert [(share.start, share.count, share.fill) for share in tally.shares] == [
        (0, 2, "yes"),
        (2, 1, "soon"),
    ]


def test_equal_tallies_are_one_to_the_page_that_draws_them():
    assert len({Tally({"met": 2, "behind": 1}), Tally({"behind": 1, "met": 2})}) == 1
    assert len({Tally({"met": 2}), Tally({"met": 1})}) == 2


def test_tallies_of_many_years_cost_one_query(django_assert_num_queries):
    first, second, none = (WorkhubYearFactory() for _number in range(3))
    ObjectiveFactory(workhub_year=first, progress="met")
    ObjectiveFactory(workhub_year=first)
    ObjectiveFactory(workhub_year=second, progress="behind")

    with django_assert_num_queries(1):
        tallies = Objective.objects.tallies([first.pk, second.pk, none.pk])

    assert {pk: tally.words for pk, tally in tallies.items()} == {
        first.pk: "1 met, 1 not started",
        second.pk: "1 behind",
    }
