"""The report goes to the host, who checks it; the team answers each comment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import ChangedSince, apply_changes, lock
from reviews.days.models import Report, ReportComment, ReportPart, Review
from reviews.days.notices.reports import ANSWERED, CHECKED, COMMENTED, SENT
from reviews.days.services.report_parts import lock_part
from reviews.days.services.reporting import (
    DAYS_TO_LOOK_AGAIN,
    DAYS_TO_RELEASE,
    CheckedAlready,
    NotModerated,
    NotSent,
    SentAlready,
    count_up,
    counting_from,
    lock_report,
)
from reviews.days.services.telling import host_people, record_of, team_people, tell_of

DAYS_TO_CHECK, DAYS_TO_ANSWER = 5, 3
Outcome = ReportComment.Outcome


class NothingToSend(Exception):
    """A report has one part at least."""


class CommentsOpen(Exception):
    """The team hasn't answered every comment."""


class CommentGone(Exception):
    """The host took this comment back."""


class AnsweredAlready(Exception):
    """This comment is answered already."""


@transaction.atomic
def send_report(
    *, review: Review, by: Person, now: datetime, seen_version: int | None = None
) -> Report:
    """Give the report to the host's head, who has five school days to check it."""
    report = lock_report(review, seen_version=seen_version)
    current = report.review
    if report.sent_at is not None:
        raise SentAlready
    if current.moderated_at is None:
        raise NotModerated
    if not report.parts.exists():
        raise NothingToSend
    later = counting_from(current)
    check_by = later(now, DAYS_TO_CHECK)
    release_by = later(check_by, DAYS_TO_RELEASE)
    apply_changes(report, {"sent_at": now, "check_by": check_by, "release_by": release_by})
    record_of("report sent to the host", current, by=by, now=now)
    people = host_people(current, on=london_day(now))
    tell_of(current, people, kind=SENT, what=str(report.pk), by=by, now=now)
    return report


def lock_sent(review: Review) -> Report:
    """The report, locked, once the host has it. Raises NotSent."""
    report = lock_report(review)
    if report.sent_at is None:
        raise NotSent
    return report


@transaction.atomic
def comment_on(
    *,
    review: Review,
    words: str,
    by: Person,
    now: datetime,
    part: ReportPart | None = None,
    quoted: str = "",
) -> ReportComment:
    """Say for the host what isn't accurate; it is the team's turn, whatever was said before."""
    report = lock_sent(review)
    standing = part and report.parts.filter(pk=part.pk).first()
    comment = ReportComment.objects.create(
        report=report, part=standing, quoted=quoted, words=words, said_by=by, said_at=now
    )
    is_first = report.answer_by is None or report.answered_at is not None
    turn: dict[str, Any] = {
        "answered_at": None,
        "check_by": None,
        "release_by": None,
        "checked_at": None,
        "checked_by": None,
    }
    if is_first:
        turn["answer_by"] = counting_from(report.review)(now, DAYS_TO_ANSWER)
    apply_changes(report, turn)
    record_of("report commented on", report.review, by=by, now=now)
    if is_first:
        people = team_people(report.review)
        tell_of(report.review, people, kind=COMMENTED, what=str(comment.pk), by=by, now=now)
    return comment


@transaction.atomic
def take_comment_back(
    *, review: Review, comment: ReportComment, by: Person, now: datetime
) -> Report:
    """The host takes a comment back that nobody has answered."""
    report = lock_sent(review)
    _open_comment(comment).delete()
    record_of("comment on a report taken back", report.review, by=by, now=now)
    _give_back(report, now)
    return report


@transaction.atomic
def answer_comment(
    *,
    review: Review,
    comment: ReportComment,
    outcome: str,
    answer: str,
    by: Person,
    now: datetime,
    words: str | None = None,
    seen_version: int | None = None,
) -> ReportComment:
    """Answer the host; where the report changes, `words` are what the part says from now on.

    Raises ChangedSince with the part when somebody worded it meanwhile.
    """
    report = lock_sent(review)
    current = _open_comment(comment)
    if outcome == Outcome.CHANGED and words is not None and current.part_id is not None:
        part = lock_part(ReportPart(pk=current.part_id), seen_version=seen_version)
        if apply_changes(part, {"words": words}):
            count_up(report, now)
    said = {"outcome": outcome, "answer": answer, "answered_by": by, "answered_at": now}
    apply_changes(current, said)
    record_of("comment on a report answered", report.review, by=by, now=now)
    if _give_back(report, now):
        people = host_people(report.review, on=london_day(now))
        what = f"{report.pk}:{current.pk}"
        tell_of(report.review, people, kind=ANSWERED, what=what, by=by, now=now)
    return current


def _open_comment(comment: ReportComment) -> ReportComment:
    try:
        current = lock(comment)
    except ReportComment.DoesNotExist as gone:
        raise CommentGone from gone
    if current.answered_at is not None:
        raise AnsweredAlready
    return current


def _give_back(report: Report, now: datetime) -> bool:
    """Once nothing is open it is the host's turn again: to look at the answers and the report."""
    if report.comments.filter(answered_at=None).exists():
        return False
    later = counting_from(report.review)
    check_by = later(now, DAYS_TO_LOOK_AGAIN)
    if report.sent_at is not None:
        check_by = max(check_by, later(report.sent_at, DAYS_TO_CHECK))
    release_by = later(check_by, DAYS_TO_RELEASE)
    has_comments = report.comments.exists()
    turn = {
        "answered_at": now if has_comments else None,
        "answer_by": report.answer_by if has_comments else None,
        "check_by": check_by,
        "release_by": release_by,
    }
    apply_changes(report, turn)
    return True


@transaction.atomic
def say_accurate(
    *, review: Review, by: Person, now: datetime, seen_version: int | None = None
) -> Report:
    """The host's head says that the report is accurate: its words stand as she has read them."""
    report = lock_sent(review)
    if report.checked_at is not None:
        raise CheckedAlready
    if report.comments.filter(answered_at=None).exists():
        raise CommentsOpen
    if seen_version is not None and report.version != seen_version:
        raise ChangedSince(report)
    release_by = counting_from(report.review)(now, DAYS_TO_RELEASE)
    apply_changes(report, {"checked_at": now, "checked_by": by, "release_by": release_by})
    record_of("report said to be accurate", report.review, by=by, now=now)
    people = team_people(report.review, only_lead=True)
    what = f"{report.pk}:{now:%Y-%m-%dT%H:%M}"
    tell_of(report.review, people, kind=CHECKED, what=what, by=by, now=now)
    return report
