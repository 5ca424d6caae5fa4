"""The outbox's sender: claim, check again, send, mark — so that each notice goes once.

A worker holds what it claims for five minutes. One that dies leaves its rows to the next; only a
death between the mail server's "250" and the mark sends a second copy, with the same Message-ID.
Marks are seen at once and written to disk within a second: when the database's own machine dies,
what was sent in that second is sent once more.
"""

from __future__ import annotations

import logging
import smtplib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from time import monotonic

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error, transaction
from django.db import connection as database
from django.db.models import F

from partnership.notices.composing import compose
from partnership.notices.models import MailChoice, Notice
from partnership.notices.wording import in_own_words
from partnership.toolkit.registers import Letter, NoticeKind, Stale, notice_kinds
from partnership.toolkit.statements import prepared

logger = logging.getLogger(__name__)

BATCH = 100
SLICE = 50
FRESH_SECONDS = 0.5
LEASE = timedelta(minutes=5)
LAST_MOMENT = timedelta(seconds=30)
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]
PERMANENT = 500
NOBODYS_FAULT = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)

MARK = (
    "UPDATE notices_notice SET state = %s, settled_at = %s, held_until = NULL, reason = %s "
    "WHERE id = %s AND state = 'waiting'"
)

Clock = Callable[[], datetime]


class MailServerDown(Exception):
    """The mail server cannot be reached, or broke off: nobody's notice is to blame."""


def send_waiting(*, clock: Clock, limit: int | None = None) -> Counter[str]:
    """Send what is due until nothing is, or `limit` notices were handled.

    The counts are by outcome: sent, dropped, failed, later.
    """
    outcome: Counter[str] = Counter()
    with closing(get_connection()) as connection, _commits_in_passing():
        while limit is None or outcome.total() < limit:
            size = BATCH if limit is None else min(BATCH, limit - outcome.total())
            batch = claim(now=clock(), size=size)
            if not batch:
                break
            try:
                _send_batch(batch, connection, clock, outcome)
            except MailServerDown:
                outcome["later"] += put_back(batch, now=clock())
                break
    if outcome:
        logger.info("notices handled", extra={"counts": dict(outcome)})
    return outcome


@contextmanager
def _commits_in_passing() -> Iterator[None]:
    """Let PostgreSQL bring commits to disk in its own time, while this worker sends."""
    if database.vendor != "postgresql":
        yield
        return
    with database.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with suppress(Error), database.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def claim(*, now: datetime, size: int = BATCH) -> list[Notice]:
    """Up to `size` due notices, held for this worker alone."""
    with transaction.atomic():
        due = Notice.objects.due(now=now).in_sending_order()
        ids = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:size])
        if not ids:
            return []
        held = Notice.objects.filter(pk__in=ids)
        held.update(held_until=now + LEASE, attempts=F("attempts") + 1)
    return list(held.select_related("recipient__mail_choice").in_sending_order())


def put_back(batch: Sequence[Notice], *, now: datetime) -> int:
    """Give back what was held, to be tried in a minute; the outage counts as nobody's attempt."""
    return (
        Notice.objects.waiting()
        .filter(pk__in=[notice.pk for notice in batch], held_until=batch[0].held_until)
        .update(
            held_until=now + BACK_OFF[0],
            attempts=F("attempts") - 1,
            reason="The mail server could not be reached.",
        )
    )


def _send_batch(
    batch: list[Notice], connection: BaseEmailBackend, clock: Clock, outcome: Counter[str]
) -> None:
    """Send one claimed batch; the words of each are never older than half a second."""
    waiting = list(batch)
    while waiting := still_held(waiting):
        some = waiting[:SLICE]
        words = letters_for(some, now=clock())
        checked = monotonic()
        for notice in some:
            if monotonic() - checked > FRESH_SECONDS and notice is not some[0]:
                break
            if clock() > (notice.held_until or clock()) - LAST_MOMENT:
                return
            waiting.pop(0)
            outcome[_settle(notice, words[notice.pk], connection, clock())] += 1


def still_held(batch: Sequence[Notice]) -> list[Notice]:
    """Those that nobody dropped or took over since they were claimed."""
    if not batch:
        return []
    held = Notice.objects.waiting().filter(
        pk__in=[notice.pk for notice in batch], held_until=batch[0].held_until
    )
    ids = set(held.values_list("pk", flat=True))
    return [notice for notice in batch if notice.pk in ids]


def letters_for(notices: Sequence[Notice], *, now: datetime) -> dict[int, Letter | Stale | None]:
    """The words of each notice as things now stand; None where a room could not word one."""
    by_kind: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_kind[notice.kind].append(notice)
    words: dict[int, Letter | Stale | None] = dict.fromkeys([notice.pk for notice in notices])
    for key, some in by_kind.items():
        kind = notice_kinds().get(key)
        if kind is None:
            continue
        words |= _worded(kind, [one for one in some if may_have(one, kind.before_joining)], now)
        for notice in some:
            if not may_have(notice, kind.before_joining):
                words[notice.pk] = Stale("The person may not sign in any more.")
    return in_own_words(notices, words)


def _worded(
    kind: NoticeKind, notices: Sequence[Notice], now: datetime
) -> Mapping[int, Letter | Stale]:
    """A room's words for its notices; where they fail together, one by one."""
    if not notices:
        return {}
    try:
        return kind.letters(notices, now)
    except Exception:
        if len(notices) == 1:
            logger.exception("A notice of the kind %s cannot be worded", kind.key)
            return {}
    return {pk: word for one in notices for pk, word in _worded(kind, [one], now).items()}


def may_have(notice: Notice, before_joining: bool) -> bool:  # noqa: FBT001 a fact of the kind
    """Whether the recipient may still be written to."""
    return notice.recipient.is_active or before_joining


def _settle(
    notice: Notice,
    words: Letter | Stale | None,
    connection: BaseEmailBackend,
    now: datetime,
) -> str:
    """Send or drop one notice and mark its row; the outcome in one word."""
    if isinstance(words, Stale):
        return _mark(notice, Notice.State.DROPPED, now, words.because)
    if words is None:
        return _later(notice, now, "The portal could not word this notice.")
    choice = getattr(notice.recipient, "mail_choice", None)
    if choice is not None and choice.refused_at is not None:
        return _mark(notice, Notice.State.FAILED, now, "The address refuses mail.")
    return _attempt(notice, words, connection, now)


def _attempt(notice: Notice, letter: Letter, connection: BaseEmailBackend, now: datetime) -> str:
    """Hand one mail to the server, and mark its row by what the server says."""
    try:
        mail = compose(notice, letter, now=now, connection=connection)
    except Exception:
        logger.exception("A notice of the kind %s cannot be composed", notice.kind)
        return _later(notice, now, "The portal could not word this notice.")
    try:
        connection.open()
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(notice, error, now)
    except smtplib.SMTPResponseException as error:
        return _answered(notice, error, connection, now)
    except (OSError, smtplib.SMTPException) as error:
        connection.close()
        raise MailServerDown from error
    except ValueError as error:
        return _mark(notice, Notice.State.FAILED, now, f"The mail could not be written: {error}")
    return _mark(notice, Notice.State.SENT, now, "")


def _answered(
    notice: Notice,
    error: smtplib.SMTPResponseException,
    connection: BaseEmailBackend,
    now: datetime,
) -> str:
    """The server answered with an error to the sender or the text of one mail."""
    connection.close()
    if isinstance(error, NOBODYS_FAULT):
        raise MailServerDown from error
    reason = f"The mail server answered {error.smtp_code}."
    if error.smtp_code >= PERMANENT:
        return _mark(notice, Notice.State.FAILED, now, reason)
    return _later(notice, now, reason)


def _refused(notice: Notice, error: smtplib.SMTPRecipientsRefused, now: datetime) -> str:
    """The server refuses the address: for good (5xx) marks it dead, for now (4xx) tries later."""
    code = max(code for code, _words in error.recipients.values())
    reason = f"The mail server refused the address ({code})."
    if code < PERMANENT:
        return _later(notice, now, reason)
    with transaction.atomic():
        MailChoice.objects.update_or_create(
            person=notice.recipient, defaults={"refused_at": now, "refused_because": reason}
        )
        return _mark(notice, Notice.State.FAILED, now, reason)


def _later(notice: Notice, now: datetime, reason: str) -> str:
    """Try again after a pause that grows; give up after the last one."""
    if notice.attempts > len(BACK_OFF):
        return _mark(notice, Notice.State.FAILED, now, f"Given up. {reason}")
    Notice.objects.waiting().filter(pk=notice.pk).update(
        held_until=now + BACK_OFF[notice.attempts - 1], reason=reason
    )
    return "later"


def _mark(notice: Notice, state: Notice.State, now: datetime, reason: str) -> str:
    """Settle the row, by a statement in full: the ORM takes longer to write it than to run it."""
    settled_at = database.ops.adapt_datetimefield_value(now)
    with prepared(database), database.cursor() as cursor:
        cursor.execute(MARK, [state.value, settled_at, reason[:300], notice.pk])
    return state.value
