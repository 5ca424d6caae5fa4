"""Text folded for searching, alike on every database."""

import re
import unicodedata

# Letters that Unicode doesn't take apart, and what an English keyboard types in their place.
PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ı": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"}
    | {"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
)


def folded(text: str) -> str:
    """Lower case without marks: "Siân O’Neill" becomes "sian o'neill"."""
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def bare_words(text: str) -> str:
    """Folded words with marks in them, without those: "st mary's c.e." gives "marys ce"."""
    words = [(word, re.sub(r"['.-]", "", word)) for word in text.split()]
    return " ".join(bare for word, bare in words if bare and bare != word)
