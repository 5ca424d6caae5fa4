"""What is told of reviews."""

from partnership.toolkit.registers import NoticeKind
from reviews.days.notices.after import AFTERWARDS
from reviews.days.notices.moderating import MODERATING
from reviews.days.notices.preparing import PREPARING
from reviews.days.notices.reports import REPORTS
from reviews.days.notices.sharing import SHARING

NOTICES: tuple[NoticeKind, ...] = (*SHARING, *PREPARING, *MODERATING, *REPORTS, *AFTERWARDS)
