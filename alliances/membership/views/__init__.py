"""The pages of the room."""

from alliances.membership.views.alliances import alliance_detail, alliance_edit, alliance_list

__all__ = ["alliance_detail", "alliance_edit", "alliance_list"]
