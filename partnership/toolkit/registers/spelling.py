"""What a word with one slip was meant to be, by the words that there are.

Trigrams tell little of words of four or five letters: "oask" shares none with "oaks". Those are
looked up among the words of what is vast, which are kept for an hour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

KEY = "search:words"
KEPT_SECONDS = 3_600
SHORTEST = 4
LONGEST = 24
MOST_MEANT = 2


def known_words(texts: Iterable[QuerySet[Any, Any]]) -> dict[str, int]:
    """Each word of the folded texts with how often it stands there, from an hour ago at most."""
    kept: dict[str, int] | None = cache.get(KEY)
    if kept is None:
        counted: Counter[str] = Counter()
        for column in texts:
            for text in column.order_by().iterator(chunk_size=5_000):
                counted.update(text.split())
        kept = {
            word: times
            for word, times in counted.items()
            if SHORTEST - 1 <= len(word) <= LONGEST and word.isalpha()
        }
        if kept:
            cache.set(KEY, kept, KEPT_SECONDS)
    return kept


def meant_by(typed: str, words: Mapping[str, int]) -> list[str]:
    """The words that differ from it by one slip: first those that begin alike, then as long ones.

    Of those that are equally near the commoner come first.
    """
    near = [
        word for word in words if -1 <= len(word) - len(typed) <= 1 and is_one_slip(typed, word)
    ]
    near.sort(key=lambda w: (w[0] != typed[0], len(w) != len(typed), -words[w], w))
    return near[:MOST_MEANT]


def is_one_slip(typed: str, word: str) -> bool:
    """Whether a letter is too many, missing or wrong, or two neighbours are turned round."""
    if len(typed) > len(word):
        typed, word = word, typed
    at = next((at for at, sign in enumerate(typed) if sign != word[at]), len(typed))
    if len(typed) < len(word):
        return len(word) - len(typed) == 1 and typed[at:] == word[at + 1 :]
    turned = typed[at : at + 2] == word[at : at + 2][::-1] and typed[at + 2 :] == word[at + 2 :]
    return typed != word and (typed[at + 1 :] == word[at + 1 :] or turned)
