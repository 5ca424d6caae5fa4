"""What people fill in about support programmes; a line for each form, by the alphabet."""

from support.programmes.forms.answering import AnswerForm, WithdrawForm
from support.programmes.forms.asking import AskForm, ReferForm

__all__ = ["AnswerForm", "AskForm", "ReferForm", "WithdrawForm"]
