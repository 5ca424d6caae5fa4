"""Addresses that stand on every page: worked out once, since they never change while we run."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4_000)
def address(name: str, *arguments: object) -> str:
    """As `reverse` gives it."""
    return reverse(name, args=arguments)
