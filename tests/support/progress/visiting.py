"""A programme that runs, with its days promised, and visits to it."""

from datetime import datetime, timedelta
from decimal import Decimal

from partnership.calendar.days import UK
from support.directory.models import CapacityAccount, LedgerEntry
from support.directory.services import promise_days
from support.programmes.models import StrandDays
from support.progress.services.visiting import plan_visit
from tests.support.progress.begun import NOW, make_begun

STARTS = datetime(2026, 11, 26, 9, tzinfo=UK)
ENDS = STARTS + timedelta(hours=6)
AFTER = ENDS + timedelta(hours=1)


def make_running(**facts):
    """As `make_begun`, with the days of both strands promised in the ledger."""
    made = make_begun(**facts)
    for strand in made.programme.strands.order_by("pk"):
        days = StrandDays.objects.get(strand=strand)
        promise_days(
            practitioner=strand.practitioner,
            year=days.year,
            days=Decimal(days.days),
            strand_id=strand.pk,
            by=made.director,
            now=NOW,
        )
    made.lent_strand = made.programme.strands.get(practitioner__person=made.practitioner)
    made.own_strand = made.programme.strands.get(practitioner__person=made.own_practitioner)
    return made


def facts_of_visit(made, **changes):
    return {
        "visitor": made.practitioner,
        "strand": made.lent_strand,
        "purpose": "Books of Year 5",
        "place": "Library",
        "starts_at": STARTS,
        "ends_at": ENDS,
        "days": Decimal(1),
    } | changes


def planned(made, *, by=None, now=NOW, **changes):
    return plan_visit(
        programme=made.programme,
        facts=facts_of_visit(made, **changes),
        by=by or made.supporting_head,
        now=now,
    )


def delivered(strand):
    lines = LedgerEntry.objects.filter(strand_id=strand.pk, kind=LedgerEntry.Kind.DELIVERED)
    return sum((line.days for line in lines), Decimal(0))


def account_of(strand, year=2026):
    return CapacityAccount.objects.get(practitioner=strand.practitioner, year=year)
