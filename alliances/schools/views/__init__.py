"""The pages of the room."""

from alliances.schools.views.finding import school_detail, school_list

__all__ = ["school_detail", "school_list"]
