"""The outbox as a file, for portal staff."""

from __future__ import annotations

from partnership.toolkit.exports import Column

COLUMNS = (
    Column("To", lambda notice: notice.recipient.name, 28),
    Column("E-mail address", lambda notice: notice.recipient.email, 34),
    Column("Kind", lambda notice: notice.words, 34),
    Column("State", lambda notice: notice.get_state_display(), 16),
    Column("Planned", lambda notice: notice.planned_at),
    Column("Not before", lambda notice: notice.send_after),
    Column("Settled", lambda notice: notice.settled_at),
    Column("Attempts", lambda notice: notice.attempts, 9),
    Column("What happened", lambda notice: notice.reason, 44),
)
