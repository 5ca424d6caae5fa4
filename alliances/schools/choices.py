"""Choices of the list's filters, kept so that no page has to look through the big table."""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache

from alliances.schools.models import Authority

EDITION = "schools:choices"
KEPT_SECONDS = 600

Choices = list[tuple[str, str]]


def edition() -> int:
    """A number that changes whenever the choices may have changed."""
    return int(cache.get_or_set(EDITION, 1, None) or 1)


def forget_choices() -> None:
    """Let every page ask anew: an authority or a group was added or renamed."""
    cache.set(EDITION, edition() + 1, None)


def kept_choices(name: str, ask: Callable[[], Choices]) -> Choices:
    """The choices under a name, asked for once in ten minutes and after each change."""
    key = f"{EDITION}:{edition()}:{name}"
    found: Choices | None = cache.get(key)
    if found is None:
        found = ask()
        cache.set(key, found, KEPT_SECONDS)
    return found


def authority_choices() -> Choices:
    """Local authorities by their register code, by name."""
    return kept_choices(
        "authorities",
        lambda: list(Authority.objects.order_by("name", "pk").values_list("code", "name")),
    )
