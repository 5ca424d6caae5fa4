"""Logs as one JSON object a line, fit for a machine and free of personal data."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)*")
QUERY = re.compile(r"\?\S+")
FEED = re.compile(r"(?<=/feeds/)[\w-]{20,}")
LONG_WORD = re.compile(r"[\w:=-]{16,}")


def without_personal_data(text: str) -> str:
    """The text without e-mail addresses, query strings and signed or drawn tokens."""
    text = FEED.sub("[token]", QUERY.sub("?…", EMAIL.sub("[e-mail]", text)))
    return LONG_WORD.sub(lambda found: "[token]" if _is_token(found[0]) else found[0], text)


def _is_token(word: str) -> bool:
    has_digit = any(letter.isdigit() for letter in word)
    return has_digit and word.lower() != word and word.upper() != word


def _message(record: logging.LogRecord) -> str:
    text = record.getMessage()
    exception = record.exc_info[1] if record.exc_info else None
    if exception is None:
        return text
    for words in filter(None, (repr(exception), str(exception))):
        text = text.replace(words, type(exception).__name__)
    return text.partition("\n")[0]


class JsonFormatter(logging.Formatter):
    """Says when, how bad, where and what; of an exception its kind and place, never its words.

    An exception's own words may quote a row or a form, so they stay out.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line for one event."""
        event: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_personal_data(_message(record)),
        }
        if status := getattr(record, "status_code", None):
            event["status"] = status
        if record.exc_info and record.exc_info[1] is not None:
            event["exception"] = type(record.exc_info[1]).__qualname__
            event["trace"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(event, ensure_ascii=False)
