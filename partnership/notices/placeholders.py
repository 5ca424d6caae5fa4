"""What people may put into words of their own: listed placeholders, and no other code."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError

PLACEHOLDERS = {
    "name": "whom the mail is for",
    "what": "what it is about, as a heading",
    "subject": "the subject that we would write",
    "opening": "the first paragraph that we would write",
    "sender": "the name that the mail comes from",
}
PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


def check_placeholders(words: str) -> None:
    """Refuse what is in braces and not listed, in one sentence for the field."""
    for found in re.findall(r"\{[^{}]*\}|[{}]", words):
        match = PLACEHOLDER.fullmatch(found)
        if match is None or match[1] not in PLACEHOLDERS:
            listed = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise ValidationError(f"“{found[:40]}” is no placeholder. Use only these: {listed}.")


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with each placeholder replaced once; what stands in a value stays as it is."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), words)
