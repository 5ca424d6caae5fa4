"""A matched programme with two practitioners, and all that must be there before an agreement."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from partnership.calendar.days import UK
from support.directory.models import SupportRules
from support.programmes.gating import lines_in
from support.programmes.models import (
    Agreement,
    Declaration,
    DeclarationAsked,
    DiligenceCheck,
    StrandDays,
)
from support.programmes.services import keep_draft, send_agreement, sign_agreement
from support.programmes.ways import signs_as
from tests.factories import MembershipFactory, PersonFactory, SchoolFactory, SchoolPostFactory
from tests.factories.support import (
    HomeConsentFactory,
    PractitionerFactory,
    ProgrammeFactory,
    StrandFactory,
)
from tests.support.programmes.scene import NOW, TODAY, make_scene

SIGN_BY = datetime(2026, 12, 7, 17, tzinfo=UK)
TERMS = [
    (date(2027, 1, 4), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 7, 21)),
    (date(2027, 9, 1), date(2027, 12, 17)),
    (date(2028, 1, 3), date(2028, 3, 31)),
    (date(2028, 4, 17), date(2028, 7, 21)),
]
SAID = {
    "outcomes": "Teachers model writing each day\nThe English lead leads",
    "money": "Nobody pays.",
    "terms_because": "",
    "data_words": "No pupil is named.",
    "confidentiality_words": "It stays between us.",
    "sign_by": SIGN_BY,
}


@dataclass
class Agreed:
    """The programme and everybody in it."""

    programme: Any
    head: Any
    director: Any
    supporting_head: Any
    home_head: Any
    practitioner: Any
    own_practitioner: Any
    alliance: Any

    def drafts(self, *, terms=TERMS, seen_version=None, **changes):
        return keep_draft(
            programme=self.programme,
            changes=SAID | changes,
            terms=terms,
            by=self.director,
            now=NOW,
            seen_version=seen_version,
        )

    def sends(self, *, now=NOW, **changes):
        draft = self.drafts(**changes)
        return send_agreement(
            programme=self.programme, by=self.director, now=now, seen_version=draft.version
        )

    def signs(self, agreement, person, *, now=NOW, **facts):
        places = agreement.signatures.with_hers(person, on=TODAY)
        place = next(each for each in places.order_by("pk") if each.is_hers and each.is_open)
        told = {
            "text_hash": agreement.text_hash,
            "proof": "password",
            "as_what": signs_as(person, place, self.programme, on=TODAY),
        }
        return sign_agreement(signature=place, by=person, now=now, **(told | facts))

    @property
    def signers(self):
        return [self.head, self.supporting_head, self.home_head, self.director]


def make_agreed(*, now=NOW, **facts):
    scene = make_scene()
    supporting, supporting_head = _school(scene.alliance, "Example Grange School", "Helen Brierley")
    home, home_head = _school(scene.alliance, "Example Mill Junior School", "Martin O’Neill")
    moments = ("answered_at", "own_view_at", "assessed_at", "replied_at", "judged_at", "matched_at")
    programme = ProgrammeFactory(
        alliance=scene.alliance,
        school=scene.school,
        area=scene.area,
        asked_by=scene.head,
        director=scene.director,
        supporting_school=supporting,
        **(
            {"state": "open", "approach": "supportive"}
            | {each: now - timedelta(days=1) for each in moments}
            | facts
        ),
    )
    own, lent = (
        PractitionerFactory(alliance=scene.alliance, home_school=school, person__name=name)
        for school, name in ((supporting, "Samuel Adeyemi"), (home, "Priya Nair"))
    )
    for practitioner, kind in ((own, "coaching"), (lent, "subject_expert")):
        strand = StrandFactory(programme=programme, practitioner=practitioner, kind=kind)
        StrandDays.objects.create(strand=strand, year=2026, days=6)
        HomeConsentFactory(practitioner=practitioner)
    open_gates(programme, scene.head, supporting_head, scene.director)
    return Agreed(
        programme=programme,
        head=scene.head,
        director=scene.director,
        supporting_head=supporting_head,
        home_head=home_head,
        practitioner=lent.person,
        own_practitioner=own.person,
        alliance=scene.alliance,
    )


def _school(alliance, name, head):
    school = SchoolFactory(name=name)
    MembershipFactory(alliance=alliance, school=school)
    return school, SchoolPostFactory(
        school=school, person=PersonFactory(name=head), kind="head"
    ).person


def open_gates(programme, head, supporting_head, director):
    for side, person, school in (
        ("school", head, programme.school),
        ("supporter", supporting_head, programme.supporting_school),
    ):
        declared = Declaration.objects.create(
            programme=programme, person=person, side=side, has_conflict=False, declared_at=NOW
        )
        DeclarationAsked.objects.create(
            programme=programme,
            person=person,
            side=side,
            school=school,
            asked_at=NOW,
            due_at=NOW,
            declaration=declared,
        )
    rules = SupportRules.objects.get(alliance=programme.alliance)
    DiligenceCheck.objects.bulk_create(
        DiligenceCheck(
            programme=programme,
            check_words=words,
            is_fine=True,
            checked_by=director,
            checked_on=TODAY,
            checked_at=NOW,
        )
        for words in lines_in(rules.diligence)
    )


def state_of(agreement):
    return Agreement.objects.get(pk=agreement.pk).state
