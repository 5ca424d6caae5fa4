"""What people owe while support runs and after."""

from __future__ import annotations

from partnership.toolkit.registers import DutyKind
from support.progress.duties.endings import ENDINGS
from support.progress.duties.measures import MEASURES
from support.progress.duties.pauses import PAUSES
from support.progress.duties.plans import PLANS
from support.progress.duties.reviews import REVIEWS
from support.progress.duties.visits import VISITS

DUTIES: tuple[DutyKind, ...] = (*PLANS, *PAUSES, *REVIEWS, *ENDINGS, *VISITS, *MEASURES)
