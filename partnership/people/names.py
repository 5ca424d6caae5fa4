"""Names as people write them: nearly everything is one, and nothing is improved but spaces."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
TURNS_TEXT_ROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def tidy_name(name: str) -> str:
    """The name composed (NFC), without invisible spaces, with one space where there were several.

    Joiners and direction marks stay: Persian, Arabic and emoji are wrong without them.
    """
    composed = unicodedata.normalize("NFC", name).translate(INVISIBLE)
    return " ".join(composed.split())


def check_name(name: str) -> None:
    """Refuse what no name holds: control characters, overrides of direction, no letter at all."""
    spaced = "".join(" " if sign == "\t" else sign for sign in name)
    if any(unicodedata.category(sign) == "Cc" or sign in TURNS_TEXT_ROUND for sign in spaced):
        raise ValidationError("This holds invisible characters. Type the name by hand.")
    if not any(sign.isalpha() for sign in name):
        raise ValidationError("Write the name with at least one letter.")
