"""The ledger of days: what is offered, promised, given back and delivered in an academic year."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from partnership.audit.services import record
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from support.directory.capacity import entitled_days, years_ahead
from support.directory.models import CapacityAccount, LedgerEntry, Practitioner

Kind = LedgerEntry.Kind
NONE = Decimal(0)
TAKES = (Kind.RELEASED, Kind.DELIVERED)


class NotEnoughDays(Exception):
    """Fewer days are left than were asked for."""

    def __init__(self, left: Decimal) -> None:
        """Keep how many there are, so that the page can say it."""
        super().__init__(f"{left.normalize():f} days are left.")
        self.left = left


@transaction.atomic
def offer_days(
    *, practitioner: Practitioner, year: int, by: Person | None, now: datetime, note: str = ""
) -> CapacityAccount:
    """Let what is offered in a year follow from her own days and her head's consent.

    What was promised or delivered already stays offered: it is taken away as it is given back.
    """
    account, _is_new = _locked_account(practitioner, year)
    _follow(account, practitioner, by=by, now=now, note=note)
    return account


@transaction.atomic
def offer_days_ahead(
    *, practitioner: Practitioner, by: Person | None, now: datetime, note: str = ""
) -> None:
    """Let this academic year and those ahead that a consent reaches follow anew."""
    today = timezone.localdate(now)
    opened = CapacityAccount.objects.filter(
        practitioner=practitioner, year__gte=AcademicYear.containing(today).start
    )
    years = {*years_ahead(practitioner, today), *opened.values_list("year", flat=True)}
    for year in sorted(years):
        offer_days(practitioner=practitioner, year=year, by=by, now=now, note=note)


@transaction.atomic
def promise_days(
    *,
    practitioner: Practitioner,
    year: int,
    days: Decimal,
    strand_id: int | None,
    by: Person,
    now: datetime,
    note: str = "",
    key: str = "",
) -> LedgerEntry:
    """Take days out of what is left for a strand; asked twice for the same it books once.

    Raises NotEnoughDays where fewer are left, also when two ask for the last at once.
    """
    account = _opened_account(practitioner, year, by=by, now=now)
    key = key or _key(account, Kind.PROMISED, strand_id, round_after=Kind.RELEASED)
    if booked := _booked(key):
        return booked
    if days > account.left:
        raise NotEnoughDays(account.left)
    account.promised += days
    return _book(account, Kind.PROMISED, days, key, strand_id, by=by, now=now, note=note)


@transaction.atomic
def give_back_days(
    *,
    practitioner: Practitioner,
    year: int,
    days: Decimal,
    strand_id: int | None,
    because: str,
    by: Person | None,
    now: datetime,
    key: str = "",
) -> LedgerEntry:
    """Let promised days be free again; they stay offered only as far as she and her head offer them."""
    account = _opened_account(practitioner, year, by=by, now=now)
    key = key or _key(account, Kind.RELEASED, strand_id, round_after=Kind.PROMISED)
    if booked := _booked(key):
        return booked
    _require_promised(account, strand_id, days)
    account.promised -= days
    entry = _book(account, Kind.RELEASED, days, key, strand_id, by=by, now=now, note=because)
    _follow(account, practitioner, by=by, now=now)
    return entry


@transaction.atomic
def deliver_days(
    *,
    practitioner: Practitioner,
    year: int,
    days: Decimal,
    strand_id: int | None,
    key: str,
    by: Person | None,
    now: datetime,
    note: str = "",
) -> LedgerEntry:
    """Count promised days as given; `key` names what was delivered: a visit, a week."""
    account = _opened_account(practitioner, year, by=by, now=now)
    if booked := _booked(key):
        return booked
    _require_promised(account, strand_id, days)
    account.promised -= days
    account.delivered += days
    return _book(account, Kind.DELIVERED, days, key, strand_id, by=by, now=now, note=note)


@transaction.atomic
def take_back_delivery(*, key: str, because: str, by: Person | None, now: datetime) -> LedgerEntry:
    """What was counted as given under a key was not: the days are promised again, by a line more.

    Asked twice it books once; a key that nothing was delivered under raises LedgerEntry.DoesNotExist.
    """
    given = LedgerEntry.objects.select_related("account__practitioner").get(
        key=key, kind=Kind.DELIVERED
    )
    account, _is_new = _locked_account(given.account.practitioner, given.account.year)
    back = f"{key}:back"
    if booked := _booked(back):
        return booked
    account.delivered -= given.days
    account.promised += given.days
    return _book(
        account,
        Kind.DELIVERED,
        -given.days,
        back,
        given.strand_id,
        by=by,
        now=now,
        note=because,
    )


def _locked_account(practitioner: Practitioner, year: int) -> tuple[CapacityAccount, bool]:
    """The year's account, locked until the transaction ends, and whether it is new."""
    accounts = CapacityAccount.objects.select_for_update(of=("self",))
    account = accounts.filter(practitioner=practitioner, year=year).first()
    is_new = False
    if account is None:
        account, is_new = CapacityAccount.objects.get_or_create(
            practitioner=practitioner, year=year, defaults={"school": practitioner.home_school}
        )
        account = lock(account)
    account.practitioner = practitioner
    return account, is_new


def _opened_account(
    practitioner: Practitioner, year: int, *, by: Person | None, now: datetime
) -> CapacityAccount:
    """The year's account, locked; one that nobody has used yet is opened with what is offered."""
    account, is_new = _locked_account(practitioner, year)
    if is_new:
        _follow(account, practitioner, by=by, now=now)
    return account


def _follow(
    account: CapacityAccount,
    practitioner: Practitioner,
    *,
    by: Person | None,
    now: datetime,
    note: str = "",
) -> None:
    if account.school_id != practitioner.home_school_id and account.left == account.offered:
        account.school = practitioner.home_school
        account.save(update_fields=["school"])
    spoken_for = account.promised + account.delivered
    offered = max(entitled_days(practitioner, AcademicYear(account.year)), spoken_for)
    difference = offered - account.offered
    if difference:
        account.offered = offered
        count = account.entries.filter(kind=Kind.OFFERED).count()
        key = f"offered:{account.pk}:{count}"
        _book(account, Kind.OFFERED, difference, key, None, by=by, now=now, note=note)


def _key(account: CapacityAccount, kind: str, strand_id: int | None, *, round_after: str) -> str:
    """The same strand is promised anew only after it was given back, and the other way round."""
    rounds = account.entries.filter(kind=round_after, strand_id=strand_id).count()
    return f"{kind}:{account.pk}:{strand_id}:{rounds}"


def _booked(key: str) -> LedgerEntry | None:
    return LedgerEntry.objects.filter(key=key).first()


def _require_promised(account: CapacityAccount, strand_id: int | None, days: Decimal) -> None:
    """Only what was promised to a strand can be delivered or given back."""
    lines = account.entries.filter(strand_id=strand_id)
    sums = lines.aggregate(
        promised=Sum("days", filter=Q(kind=Kind.PROMISED)),
        taken=Sum("days", filter=Q(kind__in=TAKES)),
    )
    open_days = (sums["promised"] or NONE) - (sums["taken"] or NONE)
    if days > open_days:
        raise NotEnoughDays(open_days)


def _book(
    account: CapacityAccount,
    kind: str,
    days: Decimal,
    key: str,
    strand_id: int | None,
    *,
    by: Person | None,
    now: datetime,
    note: str,
) -> LedgerEntry:
    account.save(update_fields=["offered", "promised", "delivered"])
    entry = LedgerEntry.objects.create(
        account=account,
        kind=kind,
        days=days,
        strand_id=strand_id,
        key=key,
        note=note[:300],
        made_by=by,
        made_at=now,
    )
    record(
        f"days {entry.get_kind_display().lower()}",
        account.practitioner,
        by=by,
        at=now,
        values={"days": f"{Decimal(days).normalize():f}", "year": str(account.academic_year)},
        school_id=account.school_id,
        alliance_id=account.practitioner.alliance_id,
    )
    return entry
