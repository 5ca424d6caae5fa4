"""What must be there before an agreement may be signed, and whose it is."""

from support.programmes.gating.rows import (
    SUPPORTED,
    asked_in,
    asked_of,
    conflicted_in,
    gates_for,
    latest_checks,
    latest_declarations,
    lines_in,
    open_conflicts,
)
from support.programmes.gating.rules import (
    Check,
    Gate,
    Party,
    Release,
    all_open,
    gates_of,
)
from support.programmes.gating.strands import (
    days_of,
    standing_strands,
)

__all__ = [
    "SUPPORTED",
    "Check",
    "Gate",
    "Party",
    "Release",
    "all_open",
    "asked_in",
    "asked_of",
    "conflicted_in",
    "days_of",
    "gates_for",
    "gates_of",
    "latest_checks",
    "latest_declarations",
    "lines_in",
    "open_conflicts",
    "standing_strands",
]
