"""What people fill in about the directory of support."""

from support.directory.forms.lists import AreaForm, DesignationForm, RulesForm
from support.directory.forms.offers import ExpertForm, OfferForm
from support.directory.forms.practitioners import (
    BecauseForm,
    ConsentForm,
    LastDayForm,
    PractitionerAddForm,
    PractitionerForm,
)
from support.directory.forms.sharing import SharedPostForm

__all__ = [
    "AreaForm",
    "BecauseForm",
    "ConsentForm",
    "DesignationForm",
    "ExpertForm",
    "LastDayForm",
    "OfferForm",
    "PractitionerAddForm",
    "PractitionerForm",
    "RulesForm",
    "SharedPostForm",
]
