"""Support in each of the two partnerships: the head's school is supported, the lead's supports it."""

from datetime import timedelta

from django.utils import timezone

from tests.factories.support import (
    PractitionerFactory,
    ProgrammeFactory,
    ProgrammePersonFactory,
    SupportAreaFactory,
    SupportRulesFactory,
)
from tests.site.agreements_world import AGREEMENT_ARGUMENTS, make_agreements


def make_support(name, alliance, head, lead, director, school, supporting_school):
    now = timezone.now()
    SupportRulesFactory(alliance=alliance)
    area = SupportAreaFactory(alliance=alliance, name=f"{name} phonics")
    practitioner = PractitionerFactory(alliance=alliance, home_school=supporting_school)
    programme = ProgrammeFactory(
        alliance=alliance,
        school=school,
        area=area,
        asked_by=head,
        director=director,
        supporting_school=supporting_school,
        asked_at=now - timedelta(days=2),
        answer_by=now + timedelta(days=5),
    )
    return {
        "support_area": area,
        "named": ProgrammePersonFactory(programme=programme),
        "practitioner": practitioner,
        "programme": programme,
        **make_agreements(name, programme, practitioner, lead),
    }


def _programme(_world, things):
    return [things["programme"].pk]


SUPPORT_ARGUMENTS = {
    **AGREEMENT_ARGUMENTS,
    "programmes:caseload_export": lambda _world, _things: ["csv"],
    "programmes:programme_detail": _programme,
    "programmes:request_answer": _programme,
    "programmes:request_withdraw": _programme,
    "programmes:eligibility_check": _programme,
    "programmes:programme_history": _programme,
    "programmes:person_name": _programme,
    "programmes:person_end": lambda _w, things: [things["programme"].pk, things["named"].pk],
    "programmes:programme_watch": _programme,
    "programmes:review_own_view": _programme,
    "programmes:review_assess": _programme,
    "programmes:review_reply": _programme,
    "programmes:review_judge": _programme,
    "programmes:review_again": _programme,
}
