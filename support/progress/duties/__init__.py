"""What people owe while support runs and after."""

from __future__ import annotations

from partnership.toolkit.registers import DutyKind

DUTIES: tuple[DutyKind, ...] = ()
