"""What cycles of review days ask of people."""

from partnership.toolkit.registers import DutyKind
from reviews.cycles.duties.dates import DATES
from reviews.cycles.duties.year import YEAR

DUTIES: tuple[DutyKind, ...] = (*DATES, *YEAR)
