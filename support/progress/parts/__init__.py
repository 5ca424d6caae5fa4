"""What stands on a programme's page while its support runs and after.

Each part says what it shows to somebody, or that it shows nothing; a page's main column keeps the
order of MAIN.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from support.programmes.parts import Part
from support.programmes.permissions import Rights
from support.progress.parts.measures import measures

Maker = Callable[[Rights, datetime], Part | None]

MAIN: tuple[tuple[str, Maker], ...] = (("measures", measures),)
SIDE: tuple[tuple[str, Maker], ...] = ()
TURN: tuple[tuple[str, Maker], ...] = ()
