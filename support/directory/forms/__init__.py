"""What people fill in about the directory of support."""

from support.directory.forms.lists import AreaForm, DesignationForm, RulesForm
from support.directory.forms.practitioners import (
    BecauseForm,
    ConsentForm,
    LastDayForm,
    PractitionerAddForm,
    PractitionerForm,
)

__all__ = [
    "AreaForm",
    "BecauseForm",
    "ConsentForm",
    "DesignationForm",
    "LastDayForm",
    "PractitionerAddForm",
    "PractitionerForm",
    "RulesForm",
]
