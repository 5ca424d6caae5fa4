"""What cycles of review days ask of people."""

from partnership.toolkit.registers import DutyKind
from reviews.cycles.duties.year import YEAR

DUTIES: tuple[DutyKind, ...] = (*YEAR,)
