"""How the rooms' offers are found: modules of a register's name, lower rooms first."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Protocol

from django.apps import apps

WINGS = ("partnership", "alliances", "workhubs", "support", "reviews")


class Somebody(Protocol):
    """As much of a person as the registers need to know."""

    pk: int
    is_staff: bool


def modules_named(name: str) -> list[ModuleType]:
    """Every app's module of that name, lower rooms first."""
    found = []
    for config in apps.get_app_configs():
        path = f"{config.name}.{name}"
        if config.name.split(".")[0] in WINGS and find_spec(path) is not None:
            found.append(import_module(path))
    return found


@cache
def gather(name: str, attribute: str) -> tuple[Any, ...]:
    """Everything the rooms offer under one register, as one tuple."""
    return tuple(
        offered for module in modules_named(name) for offered in getattr(module, attribute, ())
    )


@cache
def modules_with(name: str) -> tuple[Any, ...]:
    """The modules of a register, found once."""
    return tuple(modules_named(name))
