import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from support.directory.models import CapacityAccount, LedgerEntry, Practitioner
from support.directory.services import offer_days_ahead
from support.programmes.models import Programme, Strand
from support.programmes.services import NotMatching, broker_strand, finish_matching
from support.programmes.services.brokering import TooFewDays
from tests.factories import (
    HomeConsentFactory,
    PersonFactory,
    PractitionerFactory,
    ProgrammeFactory,
    SchoolFactory,
    StrandFactory,
)

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOMENTS = ("answered_at", "own_view_at", "assessed_at", "replied_at", "judged_at")


def at_once(*acts):
    start = threading.Barrier(len(acts))
    outcomes = [None] * len(acts)

    def run(place, act):
        start.wait()
        try:
            act()
            outcomes[place] = "done"
        except TooFewDays as refused:
            outcomes[place] = f"{refused.left.normalize():f} left in {refused.year}"
        except NotMatching:
            outcomes[place] = "found already"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def judged_programme(alliance=None, **facts):
    facts = {**facts, **({"alliance": alliance} if alliance else {})}
    return ProgrammeFactory(
        state="open",
        approach="supportive",
        director=PersonFactory(),
        **facts,
        **dict.fromkeys(MOMENTS, NOW),
    )


def brokering(programme, practitioner, *, days):
    def act():
        own = Programme.objects.select_related("school", "director").get(pk=programme.pk)
        broker_strand(
            programme=own,
            kind="coaching",
            practitioner=Practitioner.objects.get(pk=practitioner.pk),
            days={2026: Decimal(days)},
            because="She fits.",
            by=own.director,
            now=NOW,
        )

    return act


def test_of_two_directors_who_broker_the_last_day_at_once_one_gets_it():
    first = judged_programme()
    second = judged_programme(first.alliance)
    practitioner = PractitionerFactory(alliance=first.alliance, days_a_year=1)
    HomeConsentFactory(practitioner=practitioner, ends_on=date(2027, 8, 31))
    offer_days_ahead(practitioner=practitioner, by=first.director, now=NOW)

    outcomes = at_once(
        brokering(first, practitioner, days=1), brokering(second, practitioner, days=1)
    )

    account = CapacityAccount.objects.get(practitioner=practitioner, year=2026)
    assert sorted(outcomes) == ["0 left in 2026", "done"]
    assert (account.promised, account.left) == (1, 0)
    assert Strand.objects.count() == 1
    assert LedgerEntry.objects.filter(kind="promised").count() == 1


def test_nobody_is_brokered_beside_somebody_who_says_that_support_is_found():
    programme = judged_programme(supporting_school=SchoolFactory())
    practitioner = PractitionerFactory(alliance=programme.alliance)
    HomeConsentFactory(practitioner=practitioner)
    StrandFactory(programme=programme)

    def finishing():
        own = Programme.objects.get(pk=programme.pk)
        finish_matching(programme=own, by=own.director, now=NOW)

    outcomes = at_once(finishing, brokering(programme, practitioner, days=1))

    asked = set(programme.declarations_asked.values_list("person", flat=True))
    brokered = Strand.objects.filter(programme=programme, practitioner=practitioner).exists()
    assert outcomes[0] == "done"
    assert outcomes[1] in {"done", "found already"}
    assert (practitioner.person_id in asked) == brokered
