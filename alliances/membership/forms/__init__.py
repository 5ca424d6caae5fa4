"""Forms of the room."""

from alliances.membership.forms.alliances import AllianceForm

__all__ = ["AllianceForm"]
