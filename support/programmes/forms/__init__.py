"""What people fill in about support programmes; a line for each form, by the alphabet."""

from support.programmes.forms.answering import AnswerForm, WithdrawForm
from support.programmes.forms.asking import AskForm, ReferForm
from support.programmes.forms.eligibility import EligibilityForm
from support.programmes.forms.naming import NameForm, PeopleToName

__all__ = [
    "AnswerForm",
    "AskForm",
    "EligibilityForm",
    "NameForm",
    "PeopleToName",
    "ReferForm",
    "WithdrawForm",
]
