"""After the terms: whether it lasts, what it changed, and days that nobody needs any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from support.directory.models import LedgerEntry, Practitioner
from support.directory.services import give_back_days
from support.programmes.models import Programme, Strand
from support.programmes.services.telling import (
    both_schools_of,
    directors_of,
    record_of,
    tell_change,
)
from support.progress.models import Ending, SustainCheck
from support.progress.services.going_on import NotGoingOn

Kind = LedgerEntry.Kind
NONE = Decimal(0)


class CheckGiven(Exception):
    """This check was made before."""


class TooEarlyToCheck(Exception):
    """The term that the check is of has weeks to go."""


class LookedBackAlready(Exception):
    """What the support changed is written down."""


@dataclass(frozen=True)
class OpenDays:
    """Days that are promised for a strand in a year and neither given nor given back."""

    strand: int
    practitioner: int
    year: int
    days: Decimal


def _followed(programme: Programme) -> Programme:
    current = lock(programme)
    if not current.is_followed():
        raise NotGoingOn
    return current


@transaction.atomic
def give_sustain_check(
    *, programme: Programme, number: int, stands: str, words: str, by: Person, now: datetime
) -> SustainCheck:
    """The supported school says whether what was reached still stands; once, near the term's end."""
    current = _followed(programme)
    check = lock(SustainCheck.objects.get(programme=current, number=number))
    if check.given_at is not None:
        raise CheckGiven
    if now < check.opens_at:
        raise TooEarlyToCheck
    check.stands, check.words, check.given_by, check.given_at = stands, words, by, now
    check.save(update_fields=["stands", "words", "given_by", "given_at"])
    record_of("sustain check made", current, by=by, now=now)
    _tell_or_finish(current, what=f"sustain-{number}", by=by, now=now)
    return check


@transaction.atomic
def look_back(
    *, programme: Programme, changed: str, for_whom: str, evidence: str, by: Person, now: datetime
) -> Ending:
    """The supported head says what changed, for whom, and with what evidence; once."""
    current = _followed(programme)
    ending = lock(Ending.objects.get(programme=current))
    if ending.checkback_given_at is not None:
        raise LookedBackAlready
    said = {
        "checkback_changed": changed,
        "checkback_for_whom": for_whom,
        "checkback_evidence": evidence,
        "checkback_given_by": by,
        "checkback_given_at": now,
    }
    apply_changes(ending, said)
    record_of("impact looked back at", current, by=by, now=now)
    _tell_or_finish(current, what="looked-back", by=by, now=now)
    return ending


def _tell_or_finish(programme: Programme, *, what: str, by: Person, now: datetime) -> None:
    is_whole = (
        Ending.objects.filter(programme=programme, checkback_given_at__isnull=False).exists()
        and not SustainCheck.objects.filter(programme=programme, given_at=None).exists()
    )
    today = london_day(now)
    if is_whole:
        what = "finished"
        give_back(programme, because="The support is finished", by=None, now=now)
        apply_changes(programme, {"state": Programme.State.FINISHED, "ended_at": now})
        record_of("support finished", programme, by=None, now=now)
    heads = both_schools_of(programme, on=today)
    told = heads | directors_of(programme, on=today)
    tell_change(programme, told, what=what, by=by, now=now)


def open_days(programme: Programme) -> list[OpenDays]:
    """Days that were promised and neither given nor given back, strand by strand and by year."""
    strands = Strand.objects.filter(programme=programme, practitioner__isnull=False)
    lines = LedgerEntry.objects.filter(strand_id__in=strands.values("pk")).order_by()
    promised = Coalesce(Sum("days", filter=Q(kind=Kind.PROMISED)), NONE)
    taken = Coalesce(Sum("days", filter=Q(kind__in=(Kind.RELEASED, Kind.DELIVERED))), NONE)
    by_account = lines.values("strand_id", "account__practitioner", "account__year")
    left = by_account.annotate(promised=promised, taken=taken).annotate(
        left=F("promised") - F("taken")
    )
    columns = ("strand_id", "account__practitioner", "account__year", "left")
    rows = left.filter(left__gt=0).order_by("strand_id", "account__year").values_list(*columns)
    return [OpenDays(*row) for row in rows]


def give_back(programme: Programme, *, because: str, by: Person | None, now: datetime) -> Decimal:
    """Let every open day of a programme be free again; how many they were."""
    rows = open_days(programme)
    practitioners = Practitioner.objects.in_bulk({row.practitioner for row in rows})
    for row in rows:
        give_back_days(
            practitioner=practitioners[row.practitioner],
            year=row.year,
            days=row.days,
            strand_id=row.strand,
            because=because,
            by=by,
            now=now,
            key=f"rest:{row.strand}:{row.year}:{now:%Y%m%d%H%M%S}",
        )
    return sum((row.days for row in rows), NONE)


@transaction.atomic
def give_back_rest(*, programme: Programme, by: Person, now: datetime) -> Decimal:
    """The director frees the days that nobody needs for follow-up visits; how many they were."""
    current = _followed(programme)
    days = give_back(current, because="Not needed for follow-up visits", by=by, now=now)
    if days:
        record_of("days given back", current, by=by, now=now)
    return days
