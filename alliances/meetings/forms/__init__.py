"""What people fill in about meetings."""

from alliances.meetings.forms.agenda import ItemForm, PaperForm, item_values
from alliances.meetings.forms.meetings import (
    ApologiesForm,
    CancelForm,
    MeetingForm,
    MoveForm,
    WordsForm,
    meeting_values,
    told_versions,
)

__all__ = [
    "ApologiesForm",
    "CancelForm",
    "ItemForm",
    "MeetingForm",
    "MoveForm",
    "PaperForm",
    "WordsForm",
    "item_values",
    "meeting_values",
    "told_versions",
]
