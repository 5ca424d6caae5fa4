"""Support in each of the two partnerships: the head's school is supported, the lead's supports it."""

from datetime import timedelta

from django.utils import timezone

from tests.factories.support import (
    DesignationFactory,
    HomeConsentFactory,
    OutsideExpertFactory,
    PractitionerFactory,
    ProgrammeFactory,
    ProgrammePersonFactory,
    SchoolOfferFactory,
    SharedPostFactory,
    SupportAreaFactory,
    SupportRulesFactory,
)
from tests.site.agreements_world import AGREEMENT_ARGUMENTS, make_agreements
from tests.site.matching_world import MATCHING_ARGUMENTS, make_matching
from tests.site.progress_world import PROGRESS_ARGUMENTS, make_progress


def make_support(name, alliance, head, lead, director, school, supporting_school):
    now = timezone.now()
    SupportRulesFactory(alliance=alliance)
    area = SupportAreaFactory(alliance=alliance, name=f"{name} phonics")
    practitioner = PractitionerFactory(alliance=alliance, home_school=supporting_school)
    shared_post = SharedPostFactory(alliance=alliance, employer=supporting_school)
    shared_post.shares.create(school=supporting_school, days_a_week=2, cost_percent=100)
    directory = {
        "designation": DesignationFactory(alliance=alliance),
        "consent": HomeConsentFactory(practitioner=practitioner, given_by=lead),
        "offer": SchoolOfferFactory(alliance=alliance, school=supporting_school),
        "expert": OutsideExpertFactory(alliance=alliance),
        "shared_post": shared_post,
    }
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
        **directory,
        **make_agreements(name, programme, practitioner, lead),
        **make_matching(name, programme, practitioner, lead),
        **make_progress(name, programme, practitioner, lead),
    }


def _programme(_world, things):
    return [things["programme"].pk]


def _practitioner(_world, things):
    return [things["practitioner"].pk]


def _offer(_world, things):
    return [things["offer"].pk]


def _expert(_world, things):
    return [things["expert"].pk]


def _shared_post(_world, things):
    return [things["shared_post"].pk]


def _alliance(_world, things):
    return [things["alliance"].slug]


DIRECTORY_ARGUMENTS = {
    "directory:practitioner_export": lambda _world, _things: ["xlsx"],
    "directory:practitioner_detail": _practitioner,
    "directory:practitioner_edit": _practitioner,
    "directory:practitioner_end": _practitioner,
    "directory:practitioner_days": _practitioner,
    "directory:entry_confirm": _practitioner,
    "directory:consent_ask": _practitioner,
    "directory:consent_give": _practitioner,
    "directory:consent_refuse": _practitioner,
    "directory:consent_withdraw": lambda _world, things: [
        things["practitioner"].pk,
        things["consent"].pk,
    ],
    "directory:offer_export": lambda _world, _things: ["csv"],
    "directory:offer_add": _alliance,
    "directory:offer_detail": _offer,
    "directory:offer_edit": _offer,
    "directory:offer_end": _offer,
    "directory:expert_export": lambda _world, _things: ["csv"],
    "directory:expert_add": _alliance,
    "directory:expert_detail": _expert,
    "directory:expert_edit": _expert,
    "directory:expert_end": _expert,
    "directory:shared_post_export": lambda _world, _things: ["csv"],
    "directory:shared_post_add": _alliance,
    "directory:shared_post_detail": _shared_post,
    "directory:shared_post_edit": _shared_post,
    "directory:shared_post_end": _shared_post,
    "directory:school_days": lambda _world, things: [things["school"].urn],
    "directory:practitioner_add": _alliance,
    "directory:rules_detail": _alliance,
    "directory:rules_edit": _alliance,
    "directory:support_open": _alliance,
    "directory:designation_add": _alliance,
    "directory:designation_edit": lambda _world, things: [
        things["alliance"].slug,
        things["designation"].pk,
    ],
    "directory:area_add": _alliance,
    "directory:area_edit": lambda _world, things: [
        things["alliance"].slug,
        things["support_area"].pk,
    ],
}


SUPPORT_ARGUMENTS = {
    **AGREEMENT_ARGUMENTS,
    **DIRECTORY_ARGUMENTS,
    **MATCHING_ARGUMENTS,
    **PROGRESS_ARGUMENTS,
    "programmes:caseload_export": lambda _world, _things: ["csv"],
    "programmes:programme_detail": _programme,
    "programmes:request_answer": _programme,
    "programmes:request_withdraw": _programme,
    "programmes:support_figures": lambda _world, things: [things["alliance"].slug],
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
