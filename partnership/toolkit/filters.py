"""What every filtered list has: the filters in use, each with the list that drops it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from django.forms import BoundField

Words = tuple[str, Callable[[Any], str]]


class Narrowing(Protocol):
    """A filter set, or what narrows rows that no QuerySet holds: a form and what it was given."""

    form: Any
    data: Any


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the list without it."""

    label: str
    words: str
    address: str


def chips_of(filters: Narrowing, said: Mapping[str, Words] | None = None) -> Iterator[Chip]:
    """A chip for each filter in use; `said` gives label and words where a field's own won't do."""
    for name, field in filters.form.fields.items():
        value = filters.form.cleaned_data.get(name)
        if not value:
            continue
        if said is not None and name in said:
            label, words = said[name][0], said[name][1](value)
        else:
            label = "Search" if name == "text" else str(field.label)
            words = str(dict(getattr(field, "choices", ())).get(value, f"“{value}”"))
        rest = filters.data.copy()
        for gone in (name, "page"):
            rest.pop(gone, None)
        yield Chip(label, words, f"?{rest.urlencode()}")


def fold_key(fields: Iterable[BoundField]) -> str:
    """What these filters depend on when they are drawn: the choices there are, and those made."""
    said = [
        (field.name, field.value() or "", list(getattr(field.field, "choices", ())))
        for field in fields
    ]
    return sha256(repr(said).encode()).hexdigest()
