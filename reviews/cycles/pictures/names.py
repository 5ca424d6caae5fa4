"""Names of schools where there is little room: a few words in a row, three letters over a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

LAST_WORDS = frozenset(
    ("School", "Primary", "Infant", "Infants", "Junior", "Nursery", "Academy", "Community", "and")
)
LEFT_OUT = frozenset({"CofE", "CE", "RC", "C.E.", "R.C."})
LONGEST = 22


def short_names(names: Sequence[str]) -> list[str]:
    """Each without the words that all schools have, as long as they stay apart."""
    short = [_short(name) for name in names]
    times = Counter(short)
    return [
        _cut(one if times[one] == 1 else name.removesuffix(" School"))
        for one, name in zip(short, names, strict=True)
    ]


def codes_of(short: Sequence[str]) -> list[str]:
    """Three letters each, no two alike; where most names begin alike, none by its beginning."""
    beginnings = Counter(next(_candidates(name)) for name in short)
    taken = {code for code, times in beginnings.items() if times > max(1, len(short) / 2)}
    codes = []
    for name in short:
        code = next(code for code in _candidates(name) if code not in taken)
        taken.add(code)
        codes.append(code)
    return codes


def _short(name: str) -> str:
    words = [word for word in name.partition(",")[0].split() if word not in LEFT_OUT]
    while len(words) > 1 and words[-1] in LAST_WORDS:
        words.pop()
    return " ".join(words)


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _candidates(name: str) -> Iterator[str]:
    words = ["".join(sign for sign in word if sign.isalnum()) for word in name.split()]
    words = [word for word in words if word] or ["School"]
    first, last = words[0], words[-1]
    made = [first[:3], last[:3], "".join(word[0] for word in words)[:3].upper()]
    letters = [first[:2] + letter for letter in "".join(words)[2:]]
    yield from (*made, *letters)
    yield from (f"{first[:2]}{number}" for number in count(1))
