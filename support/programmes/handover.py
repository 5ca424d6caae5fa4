"""What of this room passes on or ends when somebody leaves."""

from __future__ import annotations

from partnership.toolkit.registers import HandoverKind
from support.programmes.services.following import (
    PROGRAMMES_DIRECTED,
    PROGRAMMES_NAMED,
    end_part,
    pass_on_programme,
    programmes_directed,
    programmes_named,
    take_back_end,
)

HANDOVER = (
    HandoverKind(
        key=PROGRAMMES_DIRECTED,
        words="Support programmes looked after",
        held=programmes_directed,
        pass_on=pass_on_programme,
        is_dated=False,
    ),
    HandoverKind(
        key=PROGRAMMES_NAMED,
        words="Support programmes for which the head named her",
        held=programmes_named,
        pass_on=end_part,
        take_back=take_back_end,
    ),
)
