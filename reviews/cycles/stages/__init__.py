"""Where each host of a cycle stands in the year, what is late, and whose turn it is."""

from reviews.cycles.stages.further import StagesAsked, with_further, with_further_where_late
from reviews.cycles.stages.hosts import HostLine, host_lines, lines_that_wait
from reviews.cycles.stages.stage import TIME_TO_SAY, Facts, Stage, Standing, standing_of

__all__ = [
    "TIME_TO_SAY",
    "Facts",
    "HostLine",
    "Stage",
    "StagesAsked",
    "Standing",
    "host_lines",
    "lines_that_wait",
    "standing_of",
    "with_further",
    "with_further_where_late",
]
