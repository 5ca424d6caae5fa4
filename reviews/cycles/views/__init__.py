"""Pages of the room."""

from reviews.cycles.views.cycles import cycle_detail
from reviews.cycles.views.lists import cycle_export, cycle_list

__all__ = ["cycle_detail", "cycle_export", "cycle_list"]
