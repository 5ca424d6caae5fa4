import pytest

from partnership.audit.models import Event
from partnership.toolkit.versions import ChangedSince
from reviews.days.models import Priority
from reviews.days.services.evaluating import (
    BegunAlready,
    TeamReadsIt,
    begin_evaluation,
    change_evaluation,
)
from reviews.days.services.prioritising import (
    add_priority,
    change_priority,
    move_priority,
    remove_priority,
)
from reviews.days.services.sharing import (
    NotComplete,
    ReleasedAlready,
    SharedAlready,
    share_evaluation,
    take_back_evaluation,
)
from tests.factories.days import PriorityFactory, SelfEvaluationFactory
from tests.reviews.days.own_school import NOW, SECRET, make_host

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return make_host()


def titles(evaluation):
    return list(evaluation.priorities.order_by("place", "pk").values_list("title", flat=True))


def shared(host):
    told = {"review": host.review, "evaluation": host.evaluation, "by": host.head}
    return share_evaluation(**told, now=NOW)


def test_next_years_begins_with_the_words_and_priorities_of_the_year_before(host):
    PriorityFactory(evaluation=host.evaluation, title="Attendance on Mondays", area="attendance")
    host.evaluation.matching_since = NOW
    host.evaluation.save()

    begun = begin_evaluation(
        school=host.school, year=2027, by=host.head, now=NOW, like=host.evaluation
    )
    change_evaluation(evaluation=begun, changes={"to_improve": "New"}, by=host.head, now=NOW)

    host.evaluation.refresh_from_db()
    assert host.evaluation.to_improve == SECRET
    assert titles(begun) == titles(host.evaluation)
    assert begun.going_well == host.evaluation.going_well
    assert begun.matching_since is None
    with pytest.raises(BegunAlready):
        begin_evaluation(school=host.school, year=2027, by=host.head, now=NOW)


def test_of_two_who_change_it_at_once_the_second_is_told(host):
    told = {"evaluation": host.evaluation, "by": host.head, "now": NOW}
    change_evaluation(**told, changes={"context": "Two forms"}, seen_version=1)

    with pytest.raises(ChangedSince):
        change_evaluation(**told, changes={"context": "Three forms"}, seen_version=1)


def test_priorities_are_added_worded_moved_and_removed(host):
    told = {"by": host.head, "now": NOW}
    first = host.evaluation.priorities.get()
    second = add_priority(evaluation=host.evaluation, area="reading", title="Phonics", **told)

    change_priority(priority=second, changes={"title": "Phonics first"}, seen_version=1, **told)
    move_priority(priority=second, up=True, **told)
    move_priority(priority=second, up=True, **told)

    assert titles(host.evaluation) == ["Phonics first", first.title]

    remove_priority(priority=first, **told)

    assert titles(host.evaluation) == ["Phonics first"]
    with pytest.raises(Priority.DoesNotExist):
        move_priority(priority=first, up=True, **told)


def test_what_a_team_reads_stays_written_until_it_is_taken_back(host):
    shared(host)
    emptied = {"evaluation": host.evaluation, "changes": {"going_well": " "}, "by": host.head}
    removed = {"priority": host.evaluation.priorities.get(), "by": host.head, "now": NOW}

    with pytest.raises(TeamReadsIt):
        change_evaluation(**emptied, now=NOW)
    with pytest.raises(TeamReadsIt):
        remove_priority(**removed)

    take_back_evaluation(review=host.review, by=host.head, now=NOW)
    remove_priority(**removed)
    change_evaluation(**emptied, now=NOW)

    assert titles(host.evaluation) == []


def test_only_what_is_complete_is_shared_and_only_once(host):
    empty = SelfEvaluationFactory(school=host.school, year=2027)
    with pytest.raises(NotComplete):
        share_evaluation(review=host.review, evaluation=empty, by=host.head, now=NOW)

    review = shared(host)

    assert (review.evaluation_id, review.shared_at) == (host.evaluation.pk, NOW)
    with pytest.raises(SharedAlready):
        shared(host)


def test_nothing_is_taken_back_once_the_report_is_released(host):
    review = shared(host)
    review.moderated_at = review.released_at = NOW
    review.save()

    with pytest.raises(ReleasedAlready):
        take_back_evaluation(review=host.review, by=host.head, now=NOW)


def test_the_audit_keeps_that_it_was_written_and_shared_but_no_word_nor_the_school(host):
    shared(host)
    change_evaluation(
        evaluation=host.evaluation, changes={"context": "A word"}, by=host.head, now=NOW
    )
    take_back_evaluation(review=host.review, by=host.head, now=NOW)
    take_back_evaluation(review=host.review, by=host.head, now=NOW)

    kept = list(Event.objects.order_by("pk").values_list("action", "title", "school_id", "values"))

    assert kept == [
        ("self-evaluation shared", "A review", None, {}),
        ("self-evaluation worded", "A self-evaluation", None, {}),
        ("self-evaluation taken back", "A review", None, {}),
    ]
