from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership.notices.models import Notice
from support.directory.services import NotEnoughDays, take_back_delivery
from support.programmes.models import Programme
from support.progress.models import Held, Visit
from support.progress.services.going_on import NotGoingOn
from support.progress.services.holding import NotHeld, NotOverYet, hold_visit, undo_held
from support.progress.services.promising import PromisedMeanwhile, promise_more_days
from support.progress.services.visiting import (
    AnotherVisitor,
    NotPlanned,
    cancel_visit,
    move_visit,
)
from tests.support.progress.begun import NOW
from tests.support.progress.visiting import (
    AFTER,
    STARTS,
    account_of,
    delivered,
    facts_of_visit,
    make_running,
    planned,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_running()


def told(since=()):
    return {notice.recipient_id for notice in Notice.objects.exclude(pk__in=since)}


def test_planning_tells_the_visitor_and_the_school(made):
    since = list(Notice.objects.values_list("pk", flat=True))

    visit = planned(made)

    assert (visit.state, visit.is_follow_up, visit.sequence) == (Held.PLANNED, False, 0)
    assert told(since) == {made.practitioner.pk, made.head.pk}


def test_strand_is_visited_for_by_its_own_practitioner_alone(made):
    with pytest.raises(AnotherVisitor):
        planned(made, strand=made.own_strand)

    assert not Visit.objects.exists()


def test_another_time_is_a_move_and_other_words_are_none(made):
    visit = planned(made)
    later = STARTS + timedelta(days=1)

    move_visit(visit=visit, facts=facts_of_visit(made, purpose="Plan"), by=made.head, now=AFTER)
    worded = Visit.objects.get()
    move_visit(
        visit=visit,
        facts=facts_of_visit(made, starts_at=later, ends_at=later + timedelta(hours=2)),
        by=made.head,
        now=AFTER,
    )
    moved = Visit.objects.get()

    assert (worded.sequence, moved.sequence) == (0, 1)
    assert (moved.version, moved.changed_at) == (3, AFTER)


def test_paused_programme_takes_no_visit(made):
    visit = planned(made)
    Programme.objects.update(state="paused")

    for refused in (
        lambda: planned(made),
        lambda: hold_visit(visit=visit, by=made.practitioner, now=AFTER),
        lambda: cancel_visit(visit=visit, because="Ill", by=made.head, now=NOW),
    ):
        with pytest.raises(NotGoingOn):
            refused()


def test_after_the_terms_a_visit_is_a_follow_up(made):
    Programme.objects.update(state="followed")

    assert planned(made).is_follow_up


def test_held_visit_delivers_its_days_once_and_wants_a_note_in_five_school_days(made):
    visit = planned(made)

    hold_visit(visit=visit, by=made.practitioner, now=AFTER)

    with pytest.raises(NotPlanned):
        hold_visit(visit=visit, by=made.practitioner, now=AFTER)
    account = account_of(made.lent_strand)
    assert (delivered(made.lent_strand), account.promised, account.delivered) == (1, 5, 1)
    visit.refresh_from_db()
    assert f"{visit.note_by:%d %B %H}" == "03 December 17"


def test_visit_is_not_held_before_its_end(made):
    with pytest.raises(NotOverYet):
        hold_visit(visit=planned(made), by=made.practitioner, now=STARTS)


def test_supporting_head_without_a_strand_books_nothing(made):
    visit = planned(made, visitor=made.supporting_head, strand=None)

    hold_visit(visit=visit, by=made.supporting_head, now=AFTER)
    undo_held(visit=visit, because="", by=made.supporting_head, now=AFTER)

    assert account_of(made.lent_strand).delivered == 0
    assert Visit.objects.get().state == Held.PLANNED


def test_more_days_than_promised_are_refused_with_what_is_left(made):
    visit = planned(made, days=Decimal("6.5"))

    with pytest.raises(NotEnoughDays) as refused:
        hold_visit(visit=visit, by=made.practitioner, now=AFTER)

    assert refused.value.left == 6
    assert Visit.objects.get().state == Held.PLANNED


def test_director_promises_more_days_and_nobody_twice_by_accident(made):
    given = {"strand": made.lent_strand, "year": 2026, "by": made.director, "now": NOW}

    promise_more_days(days=Decimal(2), seen=Decimal(6), **given)

    with pytest.raises(PromisedMeanwhile):
        promise_more_days(days=Decimal(2), seen=Decimal(6), **given)
    assert made.lent_strand.years.get().days == 8
    assert account_of(made.lent_strand).promised == 8


def test_days_of_a_visit_that_was_not_held_are_promised_again(made):
    visit = planned(made)
    for _round in range(2):
        hold_visit(visit=visit, by=made.practitioner, now=AFTER)
        undo_held(visit=visit, because="She was ill.", by=made.practitioner, now=AFTER)

    with pytest.raises(NotHeld):
        undo_held(visit=visit, because="", by=made.practitioner, now=AFTER)
    account = account_of(made.lent_strand)
    assert (delivered(made.lent_strand), account.promised, account.delivered) == (0, 6, 0)
    keys = account.entries.filter(key__startswith="visit:").order_by("pk")
    assert list(keys.values_list("key", "days")) == [
        (f"visit:{visit.pk}:0", 1),
        (f"visit:{visit.pk}:0:back", -1),
        (f"visit:{visit.pk}:1", 1),
        (f"visit:{visit.pk}:1:back", -1),
    ]


def test_delivery_is_taken_back_once(made):
    hold_visit(visit=planned(made), by=made.practitioner, now=AFTER)
    key = account_of(made.lent_strand).entries.get(key__startswith="visit:").key

    for _time in range(2):
        take_back_delivery(key=key, because="", by=made.head, now=AFTER)

    assert account_of(made.lent_strand).delivered == 0


def test_cancelled_visit_says_why_and_tells_who_was_to_come(made):
    visit = planned(made)
    since = list(Notice.objects.values_list("pk", flat=True))

    cancel_visit(visit=visit, because="The school is closed.", by=made.head, now=AFTER)

    gone = Visit.objects.get()
    assert (gone.state, gone.cancelled_because) == (Held.CANCELLED, "The school is closed.")
    assert told(since) == {made.practitioner.pk}
    with pytest.raises(NotPlanned):
        hold_visit(visit=visit, by=made.head, now=AFTER)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["plan", "hold", "undo", "cancel"]),
        st.integers(0, 3),
        st.sampled_from([Decimal("0.5"), Decimal(1), Decimal("2.5")]),
    ),
    max_size=14,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_held_days_of_a_strand_are_those_the_ledger_says_were_given(made, acts):
    Visit.objects.all().delete()
    before = delivered(made.lent_strand)
    visits = []
    for act, which, days in acts:
        if act == "plan":
            visits.append(planned(made, days=days))
        elif visits:
            visit = visits[which % len(visits)]
            try:
                if act == "hold":
                    hold_visit(visit=visit, by=made.practitioner, now=AFTER)
                elif act == "undo":
                    undo_held(visit=visit, because="", by=made.practitioner, now=AFTER)
                else:
                    cancel_visit(visit=visit, because="", by=made.practitioner, now=AFTER)
            except (NotPlanned, NotHeld, NotEnoughDays):
                pass

    held = Visit.objects.filter(state=Held.HELD, strand=made.lent_strand)
    assert delivered(made.lent_strand) - before == sum(visit.days for visit in held)
    account = account_of(made.lent_strand)
    assert account.delivered == delivered(made.lent_strand)
    assert account.offered >= account.promised + account.delivered
