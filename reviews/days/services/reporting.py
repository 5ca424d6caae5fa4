"""The report is begun from the findings, and worded: the rows that its services lock, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zlib import crc32

from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When

from alliances.schools.owners import references
from partnership.calendar.calendars import dates_for
from partnership.calendar.days import school_days_after
from partnership.people.models import Person
from partnership.toolkit.statements import answer
from partnership.toolkit.versions import ChangedSince, apply_changes, lock
from reviews.days.models import Finding, Meaning, Report, ReportPart, Review
from reviews.days.services.telling import record_of

DAYS_TO_LOOK_AGAIN, DAYS_TO_RELEASE = 2, 3


class NotModerated(Exception):
    """The team hasn't agreed its findings, or talks about them again."""


class DraftedAlready(Exception):
    """There is a report already."""


class NoReport(Exception):
    """Nobody has drafted a report yet."""


class SentAlready(Exception):
    """The host has the report already."""


class NotSent(Exception):
    """The host doesn't have the report yet."""


class CheckedAlready(Exception):
    """The host has said that the report is accurate: it stands as it is."""


class ReleasedAlready(Exception):
    """The report is the school's: nothing of it changes any more."""


def lock_review(review: Review) -> Review:
    """The review's row, locked, as long as its report isn't released; its cycle stays loaded."""
    current = lock(review)
    current.cycle = review.cycle
    if current.released_at is not None:
        raise ReleasedAlready
    return current


def _locked(*, review: int) -> QuerySet[Report]:
    return Report.objects.select_for_update(of=("self",)).filter(review=review)


def lock_report(review: Review, *, seen_version: int | None = None) -> Report:
    """Review and report, locked in this order: what two people do to a report comes one by one."""
    current = lock_review(review)
    found: list[Report] = answer(_locked, review=current.pk)
    if not found:
        raise NoReport
    report = found[0]
    report.review = current
    if seen_version is not None and report.version != seen_version:
        raise ChangedSince(report)
    return report


def seen_of(report: Report) -> int:
    """A number for opening and closing as they were opened: other words have another."""
    return crc32(f"{report.opening}\0{report.closing}".encode())


def lock_to_word(review: Review) -> Report:
    """The same, as long as its words may change: the host hasn't said that they are accurate."""
    report = lock_report(review)
    if report.review.moderated_at is None:
        raise NotModerated
    if report.checked_at is not None:
        raise CheckedAlready
    return report


def count_up(report: Report, now: datetime) -> None:
    """Words changed: whoever confirms them is to have seen these."""
    report.version += 1
    report.changed_at = now
    report.save(update_fields=["version", "changed_at"])


def counting_from(review: Review) -> Callable[[datetime, int], datetime]:
    """Counts school days on from a moment, by the host's own year: 5pm of the last of them."""
    dates = dates_for(references([review.school_id])[review.school_id])
    return partial(school_days_after, dates=dates)


def give_time(report: Report, now: datetime) -> None:
    """The host has words before her that she didn't have: two school days at least to read them.

    Else her silence would release what she has never seen. While comments are open it is the
    team's turn, and no day runs.
    """
    if report.check_by is None:
        return
    later = counting_from(report.review)
    check_by = later(now, DAYS_TO_LOOK_AGAIN)
    if check_by > report.check_by:
        report.check_by, report.release_by = check_by, later(check_by, DAYS_TO_RELEASE)
        report.save(update_fields=["check_by", "release_by"])


@transaction.atomic
def draft_report(*, review: Review, by: Person, now: datetime, again: bool = False) -> Report:
    """Make a report of the findings, each a part in its own words.

    `again` leaves a draft that the host doesn't have, and begins anew; else there is one for good.
    """
    current = lock_review(review)
    if current.moderated_at is None:
        raise NotModerated
    before = Report.objects.filter(review=current).first()
    if before is not None:
        if before.sent_at is not None:
            raise SentAlready
        if not again:
            raise DraftedAlready
        before.delete()
    report = Report.objects.create(review=current, drafted_by=by, drafted_at=now, changed_at=now)
    parts = _parts_of(report)
    ReportPart.objects.bulk_create(parts)
    record_of("report drafted", current, by=by, now=now, values={"parts": len(parts)})
    return report


def _parts_of(report: Report) -> list[ReportPart]:
    in_order = Case(
        *(When(meaning=meaning, then=Value(place)) for place, meaning in enumerate(Meaning.values)),
        output_field=IntegerField(),
    )
    findings = Finding.objects.filter(review=report.review).order_by(in_order, "pk")
    return [
        ReportPart(
            report=report,
            finding=finding,
            meaning=finding.meaning,
            theme_id=finding.theme_id,
            place=place,
            words=finding.words,
        )
        for place, finding in enumerate(findings, 1)
    ]


@transaction.atomic
def word_report(
    *,
    review: Review,
    changes: Mapping[str, Any],
    by: Person,
    now: datetime,
    seen: int | None = None,
) -> Report:
    """Keep opening and closing. Raises ChangedSince when somebody worded them meanwhile.

    `seen` is their number as they were opened.
    """
    report = lock_to_word(review)
    if seen is not None and seen != seen_of(report):
        raise ChangedSince(report)
    if changed := apply_changes(report, dict(changes)):
        report.changed_at = now
        report.save(update_fields=["changed_at"])
        give_time(report, now)
        record_of("report worded", report.review, by=by, now=now, fields=changed)
    return report
