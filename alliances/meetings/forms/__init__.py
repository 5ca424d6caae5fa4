"""What people fill in about meetings."""

from alliances.meetings.forms.agenda import (
    CarryForm,
    DeclineForm,
    ItemForm,
    PaperForm,
    ProposalForm,
    TakeForm,
    item_values,
)
from alliances.meetings.forms.answering import ApologiesForm
from alliances.meetings.forms.bodies import (
    BodyForm,
    CloseBodyForm,
    EverybodyForm,
    PersonSeatForm,
    SchoolSeatForm,
    SeatEndForm,
)
from alliances.meetings.forms.meetings import (
    MeetingForm,
    WordsForm,
    meeting_values,
    told_versions,
)
from alliances.meetings.forms.moving import CancelForm, MoveForm
from alliances.meetings.forms.people import PersonField, people_of
from alliances.meetings.forms.registering import RegisterForm
from alliances.meetings.forms.series import DraftsForm, SeriesForm

__all__ = [
    "ApologiesForm",
    "BodyForm",
    "CancelForm",
    "CarryForm",
    "CloseBodyForm",
    "DeclineForm",
    "DraftsForm",
    "EverybodyForm",
    "ItemForm",
    "MeetingForm",
    "MoveForm",
    "PaperForm",
    "PersonField",
    "PersonSeatForm",
    "ProposalForm",
    "RegisterForm",
    "SchoolSeatForm",
    "SeatEndForm",
    "SeriesForm",
    "TakeForm",
    "WordsForm",
    "item_values",
    "meeting_values",
    "people_of",
    "told_versions",
]
