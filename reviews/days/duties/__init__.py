"""What reviews ask of people."""

from partnership.toolkit.registers import DutyKind
from reviews.days.duties.after import AFTERWARDS
from reviews.days.duties.evaluation import EVALUATION
from reviews.days.duties.moderating import MODERATING
from reviews.days.duties.own_views import OWN_VIEWS
from reviews.days.duties.preparing import PREPARING
from reviews.days.duties.reports import REPORTS

DUTIES: tuple[DutyKind, ...] = (
    *EVALUATION,
    *OWN_VIEWS,
    *PREPARING,
    *MODERATING,
    *REPORTS,
    *AFTERWARDS,
)
