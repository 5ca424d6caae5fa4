"""What of this room passes on or ends when somebody leaves, or a school becomes another."""

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
from support.programmes.services.passing_on import none_told, pass_on_programmes

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
    HandoverKind(
        key="programmes.of_school",
        words="What only those who take part in it know",
        held=none_told,
        pass_on=pass_on_programmes,
        of="school",
    ),
)
