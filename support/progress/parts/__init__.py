"""What stands on a programme's page while its support runs and after.

Each part says what it shows to somebody, or that it shows nothing; a page's main column keeps the
order of MAIN.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from support.programmes.parts import Part
from support.programmes.permissions import Rights
from support.progress.parts.days import days
from support.progress.parts.measures import measures
from support.progress.parts.plan import plan
from support.progress.parts.resting import acts, resting
from support.progress.parts.steps import steps
from support.progress.parts.tabs import tabs
from support.progress.parts.the_end import the_end
from support.progress.parts.three_views import three_views
from support.progress.parts.turns import turn

Maker = Callable[[Rights, datetime], Part | None]

MAIN: tuple[tuple[str, Maker], ...] = (
    ("resting", resting),
    ("measures", measures),
    ("three_views", three_views),
    ("days", days),
    ("plan", plan),
    ("the_end", the_end),
)
SIDE: tuple[tuple[str, Maker], ...] = (("steps", steps), ("acts", acts))
TOP: tuple[tuple[str, Maker], ...] = (("tabs", tabs),)
TURN: tuple[tuple[str, Maker], ...] = (("turn", turn),)
