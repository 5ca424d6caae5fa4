"""Telephone numbers inside words that somebody typed: each can be rung by a tap."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

# Within the UK from 0 on, ten or eleven digits; from abroad from + on, fifteen at most (E.164).
NUMBER = re.compile(
    r"(?<![\w+])(?:\+\d(?:[\s()–-]{0,2}\d){7,14}|\(?0(?:[\s()–-]{0,2}\d){9,10})(?!\d)"
)
NOTHING_ELSE = re.compile(r"\+?[\d\s()–-]{3,}")
WITHIN_UK = "(0)"


def with_telephones(words: str) -> SafeString:
    """The words, escaped, with a link to ring each number; a name or an extension stays text."""
    is_short = NUMBER.search(words) is None and NOTHING_ELSE.fullmatch(words) is not None
    if is_short and any(sign.isdigit() for sign in words):
        return _ring(words)
    return mark_safe("".join(_parts(words)))  # noqa: S308 each part is escaped below


def _parts(words: str) -> Iterator[str]:
    read = 0
    for number in NUMBER.finditer(words):
        yield conditional_escape(words[read : number.start()])
        yield _ring(number[0])
        read = number.end()
    yield conditional_escape(words[read:])


def _ring(number: str) -> SafeString:
    digits = "".join(re.findall(r"\d", number.replace(WITHIN_UK, "") if "+" in number else number))
    return format_html('<a href="tel:{}{}">{}</a>', "+" if "+" in number else "", digits, number)
