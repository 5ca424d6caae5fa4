"""What people fill in about meetings."""

from alliances.meetings.forms.agenda import ItemForm, PaperForm, item_values
from alliances.meetings.forms.bodies import (
    BodyForm,
    CloseBodyForm,
    EverybodyForm,
    PersonSeatForm,
    SchoolSeatForm,
    SeatEndForm,
)
from alliances.meetings.forms.meetings import (
    ApologiesForm,
    CancelForm,
    MeetingForm,
    MoveForm,
    WordsForm,
    meeting_values,
    told_versions,
)
from alliances.meetings.forms.people import PersonField, people_of

__all__ = [
    "ApologiesForm",
    "BodyForm",
    "CancelForm",
    "CloseBodyForm",
    "EverybodyForm",
    "ItemForm",
    "MeetingForm",
    "MoveForm",
    "PaperForm",
    "PersonField",
    "PersonSeatForm",
    "SchoolSeatForm",
    "SeatEndForm",
    "WordsForm",
    "item_values",
    "meeting_values",
    "people_of",
    "told_versions",
]
