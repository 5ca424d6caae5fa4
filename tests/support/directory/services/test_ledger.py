from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.audit.models import Event
from support.directory.models import CapacityAccount, LedgerEntry
from support.directory.services import (
    NotEnoughDays,
    deliver_days,
    give_back_days,
    offer_days,
    offer_days_ahead,
    promise_days,
)
from tests.factories import HomeConsentFactory, PersonFactory, PractitionerFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
Kind = LedgerEntry.Kind


def lets_go(*, days=15, consent=15, **facts):
    practitioner = PractitionerFactory(days_a_year=days, **facts)
    HomeConsentFactory(practitioner=practitioner, days_a_year=consent)
    return practitioner


def promised(practitioner, days, *, strand=1, **facts):
    told = {"year": 2026, "strand_id": strand, "by": PersonFactory(), "now": NOW} | facts
    return promise_days(practitioner=practitioner, days=Decimal(days), **told)


def given_back(practitioner, days, *, strand=1):
    return give_back_days(
        practitioner=practitioner,
        year=2026,
        days=Decimal(days),
        strand_id=strand,
        because="The school found somebody itself",
        by=PersonFactory(),
        now=NOW,
    )


def delivered(practitioner, days, key, *, strand=1):
    return deliver_days(
        practitioner=practitioner,
        year=2026,
        days=Decimal(days),
        strand_id=strand,
        key=key,
        by=PersonFactory(),
        now=NOW,
    )


def figures(practitioner, year=2026):
    account = CapacityAccount.objects.get(practitioner=practitioner, year=year)
    return account.offered, account.promised, account.delivered, account.left


def sums(practitioner):
    entries = LedgerEntry.objects.filter(account__practitioner=practitioner)
    total = dict.fromkeys(Kind, Decimal(0))
    for entry in entries:
        total[Kind(entry.kind)] += entry.days
    promises = total[Kind.PROMISED] - total[Kind.RELEASED] - total[Kind.DELIVERED]
    return total[Kind.OFFERED], promises, total[Kind.DELIVERED]


@pytest.mark.parametrize(("own", "agreed", "offered"), [(15, 10, 10), (6, 10, 6), (0, 10, 0)])
def test_the_smaller_of_her_own_days_and_her_heads_is_offered(own, agreed, offered):
    practitioner = lets_go(days=own, consent=agreed)

    offer_days(practitioner=practitioner, year=2026, by=None, now=NOW)

    assert figures(practitioner) == (offered, 0, 0, offered)


def test_without_consent_nothing_is_offered_and_without_a_home_school_nobody_is_asked():
    asks_head = PractitionerFactory(days_a_year=15)
    independent = PractitionerFactory(days_a_year=15, home_school=None)

    for practitioner in (asks_head, independent):
        offer_days(practitioner=practitioner, year=2026, by=None, now=NOW)

    assert figures(asks_head) == (0, 0, 0, 0)
    assert figures(independent) == (15, 0, 0, 15)


def test_days_are_offered_for_each_year_that_the_consent_reaches():
    practitioner = PractitionerFactory(days_a_year=15)
    HomeConsentFactory(practitioner=practitioner, days_a_year=8, ends_on=date(2028, 7, 21))

    offer_days_ahead(practitioner=practitioner, by=None, now=NOW)

    accounts = CapacityAccount.objects.filter(practitioner=practitioner).order_by("year")
    assert list(accounts.values_list("year", "offered")) == [(2026, 8), (2027, 8)]


def test_a_promise_is_booked_once_and_takes_its_days():
    practitioner = lets_go()

    first = promised(practitioner, 4)
    again = promised(practitioner, 4)

    assert again == first
    assert figures(practitioner) == (15, 4, 0, 11)
    assert Event.objects.filter(action="days promised").count() == 1


def test_more_than_is_left_cannot_be_promised_and_how_much_is_left_is_said():
    practitioner = lets_go(consent=5)
    promised(practitioner, 3)

    with pytest.raises(NotEnoughDays) as refused:
        promised(practitioner, "2.5", strand=2)

    assert refused.value.left == 2
    assert figures(practitioner) == (5, 3, 0, 2)


def test_what_is_given_back_can_be_promised_again_to_the_same_strand():
    practitioner = lets_go()
    promised(practitioner, 4)
    given_back(practitioner, 4)
    given_back(practitioner, 4)
    again = promised(practitioner, 2)

    assert again.days == 2
    assert figures(practitioner) == (15, 2, 0, 13)


def test_only_what_was_promised_to_a_strand_is_delivered_or_given_back():
    practitioner = lets_go()
    promised(practitioner, 2, strand=1)
    promised(practitioner, 5, strand=2)
    delivered(practitioner, 1, "visit:1")
    delivered(practitioner, 1, "visit:1")

    with pytest.raises(NotEnoughDays):
        delivered(practitioner, "1.5", "visit:2")
    with pytest.raises(NotEnoughDays):
        given_back(practitioner, 2)
    assert figures(practitioner) == (15, 6, 1, 8)


def test_promised_days_stay_offered_when_consent_ends_and_go_as_they_are_given_back():
    practitioner = lets_go()
    promised(practitioner, 4)
    practitioner.consents.update(withdrawn_at=NOW, withdrawn_because="Two long absences")

    offer_days_ahead(practitioner=practitioner, by=None, now=NOW)
    kept = figures(practitioner)
    given_back(practitioner, 4)

    assert kept == (4, 4, 0, 0)
    assert figures(practitioner) == (0, 0, 0, 0)


steps = st.lists(
    st.tuples(
        st.sampled_from(("promise", "give back", "deliver", "agree")),
        st.integers(1, 3),
        st.integers(1, 12).map(lambda halves: Decimal(halves) / 2),
    ),
    max_size=9,
)


@given(steps=steps)
@settings(max_examples=25, deadline=None)
def test_whatever_happens_no_more_is_given_than_offered_and_each_figure_is_the_sum_of_its_lines(
    steps,
):
    practitioner = lets_go(days=12, consent=9)
    for number, (act, strand, days) in enumerate(steps):
        try:
            if act == "promise":
                promised(practitioner, days, strand=strand, key=f"{practitioner.pk}:{number}")
            elif act == "give back":
                given_back(practitioner, days, strand=strand)
            elif act == "deliver":
                delivered(practitioner, days, f"{practitioner.pk}:{number}", strand=strand)
            else:
                practitioner.consents.update(days_a_year=days)
                offer_days_ahead(practitioner=practitioner, by=None, now=NOW)
        except NotEnoughDays:
            pass
        account = CapacityAccount.objects.filter(practitioner=practitioner).first()
        if account is not None:
            assert account.offered >= account.promised + account.delivered >= 0
            assert min(account.promised, account.delivered) >= 0
            assert (account.offered, account.promised, account.delivered) == sums(practitioner)
