import threading
from decimal import Decimal

import pytest
from django.db import connection

from support.directory.services import NotEnoughDays
from support.progress.models import Held, Visit
from support.progress.services.holding import NotHeld, hold_visit, undo_held
from support.progress.services.visiting import NotPlanned, cancel_visit
from tests.support.progress.visiting import AFTER, account_of, delivered, make_running, planned

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
REFUSED = (NotEnoughDays, NotHeld, NotPlanned)


def at_once(*acts):
    start = threading.Barrier(len(acts))
    outcomes = []

    def run(act):
        start.wait()
        try:
            act()
            outcomes.append("done")
        except REFUSED as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def holds(made, visit):
    return lambda: hold_visit(visit=visit, by=made.practitioner, now=AFTER)


def test_visit_that_two_say_was_held_is_counted_once():
    made = make_running()
    visit = planned(made)

    assert at_once(holds(made, visit), holds(made, visit)) == ["NotPlanned", "done"]
    assert (delivered(made.lent_strand), account_of(made.lent_strand).promised) == (1, 5)


def test_last_days_of_a_strand_are_given_once():
    made = make_running()
    first, second = (planned(made, days=Decimal(4)) for _visit in range(2))

    assert at_once(holds(made, first), holds(made, second)) == ["NotEnoughDays", "done"]
    assert (delivered(made.lent_strand), Visit.objects.filter(state=Held.HELD).count()) == (4, 1)


def test_days_are_taken_back_once():
    made = make_running()
    visit = planned(made)
    holds(made, visit)()

    def undoes():
        undo_held(visit=visit, because="", by=made.practitioner, now=AFTER)

    assert at_once(undoes, undoes) == ["NotHeld", "done"]
    assert (delivered(made.lent_strand), account_of(made.lent_strand).promised) == (0, 6)


def test_visit_is_either_held_or_called_off():
    made = make_running()
    visit = planned(made)

    def cancels():
        cancel_visit(visit=visit, because="Ill", by=made.head, now=AFTER)

    assert at_once(holds(made, visit), cancels) == ["NotPlanned", "done"]
    is_held = Visit.objects.get().state == Held.HELD
    assert delivered(made.lent_strand) == int(is_held)
