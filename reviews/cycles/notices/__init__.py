"""What the room tells by mail; no mail names a school, a reason or a finding."""

from __future__ import annotations

from partnership.toolkit.registers import NoticeKind
from reviews.cycles.notices.days import DAYS
from reviews.cycles.notices.opening import OPENING
from reviews.cycles.notices.publishing import PUBLISHING

NOTICES: tuple[NoticeKind, ...] = (*OPENING, *DAYS, *PUBLISHING)
