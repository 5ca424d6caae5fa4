from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from partnership.calendar.days import UK
from partnership.notices.models import Notice
from support.directory.models import CapacityAccount, LedgerEntry
from support.directory.services import offer_days, promise_days
from support.programmes.permissions import rights_in
from support.progress.models import Ending, FinalView, SustainCheck
from support.progress.rows.visits import totals_of
from support.progress.services import (
    CheckGiven,
    FinalReviewOpen,
    FinalViewGiven,
    LookedBackAlready,
    MoreTimeToAnswer,
    NamedAlready,
    NoFinalReview,
    NotNamed,
    NotTheLastTerm,
    TooEarlyToCheck,
    answer_story,
    end_without,
    give_back_rest,
    give_sustain_check,
    keep_final_view,
    look_back,
    name_story,
    open_days,
    open_due_endings,
    open_ending,
)
from support.progress.services.going_on import NotGoingOn
from tests.factories.progress import TermReviewFactory
from tests.support.progress.begun import NOW, TODAY, make_begun

pytestmark = pytest.mark.django_db
LAST_TERM = datetime(2028, 6, 20, 9, tzinfo=UTC)
OVER = datetime(2028, 7, 24, 7, 20, tzinfo=UTC)
SAID = {"overall": "reached", "changed": "Much.", "remains": "Less.", "thanks": "Thank you."}


@pytest.fixture
def begun():
    return make_begun()


def end(begun, *, now=LAST_TERM):
    open_ending(programme=begun.programme, by=begun.director, now=now)
    for side, by in (("school", begun.head), ("supporter", begun.supporting_head)):
        final(begun, side, by, now=now)
    begun.programme.refresh_from_db()


def final(begun, side, by, *, is_given=True, now=LAST_TERM, **told):
    return keep_final_view(
        programme=begun.programme,
        side=side,
        changes=SAID,
        is_given=is_given,
        by=by,
        now=now,
        **told,
    )


def check(begun, number, *, now=None):
    due_at = SustainCheck.objects.get(programme=begun.programme, number=number).due_at
    told = {"stands": "on_course", "words": "It stands.", "by": begun.head, "now": now or due_at}
    return give_sustain_check(programme=begun.programme, number=number, **told)


def looks_back(begun, *, now=LAST_TERM):
    said = {"changed": "Writing.", "for_whom": "Years 5 and 6", "evidence": "Books."}
    return look_back(programme=begun.programme, **said, by=begun.head, now=now)


def test_final_review_opens_when_the_terms_are_over_and_once(begun):
    assert [open_due_endings(now=now) for now in (LAST_TERM, OVER, OVER)] == [0, 1, 0]
    told = Notice.objects.filter(kind="programmes.your_turn").values_list("recipient", flat=True)
    assert set(told) == {begun.head.pk, begun.supporting_head.pk}


def test_final_review_opens_once_every_term_is_reviewed(begun):
    for term in range(1, 6):
        TermReviewFactory(programme=begun.programme, term=term, closed_at=NOW)

    assert open_due_endings(now=LAST_TERM) == 1


def test_director_opens_the_final_review_in_the_last_term_and_not_before(begun):
    told = {"programme": begun.programme, "by": begun.director}
    with pytest.raises(NotTheLastTerm):
        open_ending(now=NOW, **told)
    open_ending(now=LAST_TERM, **told)
    with pytest.raises(FinalReviewOpen):
        open_ending(now=LAST_TERM, **told)


def test_terms_end_with_the_second_final_view(begun):
    open_ending(programme=begun.programme, by=begun.director, now=LAST_TERM)
    final(begun, "school", begun.head, is_given=False)
    final(begun, "supporter", begun.supporting_head)
    with pytest.raises(FinalViewGiven):
        final(begun, "supporter", begun.supporting_head)
    begun.programme.refresh_from_db()
    assert begun.programme.is_running()

    final(begun, "school", begun.head)

    begun.programme.refresh_from_db()
    assert begun.programme.is_followed()
    ending = Ending.objects.get()
    assert (ending.closed_at, ending.checkback_by) == (
        LAST_TERM,
        datetime(2028, 9, 18, 17, tzinfo=UK),
    )
    assert list(SustainCheck.objects.order_by("number").values_list("number", "due_at")) == [
        (1, datetime(2028, 12, 22, 17, tzinfo=UK)),
        (2, datetime(2029, 3, 29, 17, tzinfo=UK)),
    ]


def test_no_final_view_before_the_final_review(begun):
    with pytest.raises(NoFinalReview):
        final(begun, "school", begun.head)


def test_director_ends_the_terms_without_a_silent_school_after_ten_school_days(begun):
    ending = open_ending(programme=begun.programme, by=begun.director, now=LAST_TERM)
    final(begun, "supporter", begun.supporting_head)
    told = {"programme": begun.programme, "by": begun.director}
    with pytest.raises(MoreTimeToAnswer):
        end_without(now=ending.due_at + timedelta(days=1), **told)

    end_without(now=ending.due_at + timedelta(days=30), **told)

    begun.programme.refresh_from_db()
    assert begun.programme.is_followed()
    assert [view.side for view in FinalView.objects.all()] == ["supporter"]


@pytest.mark.parametrize("last", ["check", "look_back"])
def test_support_is_finished_when_both_checks_and_the_look_back_are_there(begun, last):
    end(begun)
    steps = [lambda: check(begun, 1), lambda: check(begun, 2), lambda: looks_back(begun)]
    if last == "check":
        steps.reverse()
    states = []
    for step in steps:
        step()
        begun.programme.refresh_from_db()
        states.append(begun.programme.state)

    assert states == ["followed", "followed", "finished"]
    latest = begun.programme.sustain_checks.get(number=1).due_at
    assert begun.programme.ended_at == (latest if last == "check" else LAST_TERM)


def test_check_waits_for_the_end_of_its_term(begun):
    end(begun)
    opens_at = begun.programme.sustain_checks.get(number=2).due_at - timedelta(days=28)

    with pytest.raises(TooEarlyToCheck):
        check(begun, 2, now=opens_at - timedelta(minutes=1))

    assert check(begun, 2, now=opens_at).given_at == opens_at


def test_each_check_and_the_look_back_are_given_once(begun):
    end(begun)
    check(begun, 1)
    looks_back(begun)

    with pytest.raises(CheckGiven):
        check(begun, 1)
    with pytest.raises(LookedBackAlready):
        looks_back(begun)


def test_days_that_are_left_go_back_at_once_or_with_the_end(begun):
    strand = begun.programme.strands.order_by("pk").first()
    practitioner = strand.practitioner
    told = {"practitioner": practitioner, "year": 2026, "by": begun.director, "now": NOW}
    offer_days(**told)
    promise_days(days=Decimal(4), strand_id=strand.pk, **told)
    end(begun)

    assert [(row.strand, row.year, row.days) for row in open_days(begun.programme)] == [
        (strand.pk, 2026, Decimal(4))
    ]
    rest = {"programme": begun.programme, "by": begun.director, "now": LAST_TERM}
    rights = rights_in(begun.director, begun.programme, TODAY)
    left = totals_of(rights).left
    assert give_back_rest(**rest) == Decimal(4)
    assert give_back_rest(**rest) == 0
    assert totals_of(rights).left == left - 4
    assert CapacityAccount.objects.get().promised == 0


def test_finished_support_frees_what_was_kept_for_follow_up(begun):
    strand = begun.programme.strands.order_by("pk").first()
    told = {"practitioner": strand.practitioner, "by": begun.director, "now": NOW}
    offer_days(year=2026, **told)
    promise_days(year=2026, days=Decimal("1.5"), strand_id=strand.pk, **told)
    end(begun)
    check(begun, 1)
    check(begun, 2)
    assert open_days(begun.programme)

    looks_back(begun)

    assert open_days(begun.programme) == []
    freed = LedgerEntry.objects.get(kind="released")
    assert (freed.days, freed.made_by) == (Decimal("1.5"), None)


def test_nothing_is_checked_while_the_terms_run(begun):
    with pytest.raises(NotGoingOn):
        looks_back(begun)
    with pytest.raises(NotGoingOn):
        name_story(programme=begun.programme, because="It works.", by=begun.director, now=NOW)


def test_school_agrees_to_a_case_study_and_may_take_it_back(begun):
    end(begun)
    told = {"programme": begun.programme, "now": LAST_TERM}
    with pytest.raises(NotNamed):
        answer_story(agrees=True, by=begun.head, **told)
    name_story(because="Writing every day.", by=begun.director, **told)
    with pytest.raises(NamedAlready):
        name_story(because="Again.", by=begun.director, **told)

    seen = []
    for agrees in (True, False, True):
        ending = answer_story(agrees=agrees, by=begun.head, **told)
        is_agreed, is_refused = ending.story_agreed_at, ending.story_refused_at
        seen.append((is_agreed is not None, is_refused is not None))

    assert seen == [(True, False), (False, True), (True, False)]
