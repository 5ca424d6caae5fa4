"""What is kept beside a school's facts and follows from them."""

from __future__ import annotations

from alliances.schools.models import School
from alliances.schools.register.codes import PHASE_CODES, STATUS_CODES, TYPE_CODES

DERIVED = ("search_text", "phase_served", "phase_code", "type_code", "status_code")


def derive(school: School) -> School:
    """Set the register's codes, the phase it serves and what the search reads."""
    school.search_text = school.searchable()
    school.phase_served = school.served()
    school.phase_code = PHASE_CODES.get(school.phase)
    school.type_code = TYPE_CODES.get(school.type)
    school.status_code = STATUS_CODES.get(school.status)
    return school
