"""What people fill in about workhubs."""

from workhubs.hubs.forms.objectives import ObjectiveForm, ProgressForm
from workhubs.hubs.forms.people import AlliancePeople, MemberForm, PersonAddForm
from workhubs.hubs.forms.rolling import RollOver
from workhubs.hubs.forms.schools import AnswerForm, InviteForm, LastDayForm, RequestForm
from workhubs.hubs.forms.topics import TopicAnswerForm, TopicForm
from workhubs.hubs.forms.workhubs import EditWorkhubForm, NewWorkhubForm

__all__ = [
    "AlliancePeople",
    "AnswerForm",
    "EditWorkhubForm",
    "InviteForm",
    "LastDayForm",
    "MemberForm",
    "NewWorkhubForm",
    "ObjectiveForm",
    "PersonAddForm",
    "ProgressForm",
    "RequestForm",
    "RollOver",
    "TopicAnswerForm",
    "TopicForm",
]
