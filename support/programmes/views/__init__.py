"""The pages of the room."""

from support.programmes.views.programmes import programme_detail

__all__ = ["programme_detail"]
