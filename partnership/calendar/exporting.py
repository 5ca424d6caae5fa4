"""A diary as a file."""

from __future__ import annotations

from partnership.toolkit.exports import Column

ANSWERS = {"yes": "Yes", "maybe": "Maybe", "no": "No", "none": "Not answered"}

COLUMNS = (
    Column("What", lambda entry: entry.title, 40),
    Column("Kind", lambda entry: entry.spec.words, 14),
    Column("Starts", lambda entry: entry.starts_at),
    Column("Ends", lambda entry: entry.ends_at),
    Column("Place", lambda entry: entry.place, 34),
    Column("Group", lambda entry: entry.circle, 30),
    Column("Alliance", lambda entry: entry.alliance, 34),
    Column("State", lambda entry: entry.state.replace("_", " ").capitalize(), 12),
    Column("Your answer", lambda entry: ANSWERS.get(entry.reply, ""), 14),
)
