"""What cycles of review days ask of people."""

from partnership.toolkit.registers import DutyKind

DUTIES: tuple[DutyKind, ...] = ()
