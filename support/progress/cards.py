"""Panels of a programme's page, from the signed agreement on."""

from __future__ import annotations

from partnership.toolkit.registers import CardKind

CARDS: tuple[CardKind, ...] = ()
