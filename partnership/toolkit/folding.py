"""Text folded for searching, alike on every database."""

import unicodedata


def folded(text: str) -> str:
    """Lower case without marks: "Siân O’Neill" becomes "sian o'neill"."""
    plain = text.replace("’", "'").replace("‘", "'")
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())
