from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from partnership.calendar.years import AcademicYear
from support.directory.models import CapacityAccount
from support.directory.services import offer_days_ahead, promise_days
from support.programmes.models import DeclarationAsked, Strand
from tests.factories import (
    AlliancePostFactory,
    HomeConsentFactory,
    PersonFactory,
    PractitionerFactory,
    ProgrammeFactory,
)
from tests.journeys.conftest import PHONE
from tests.journeys.world import school_with_head
from tests.support.programmes.scene import make_scene

MOMENTS = ("answered_at", "own_view_at", "assessed_at", "replied_at", "judged_at")


def judged(scene, **facts):
    now = timezone.now()
    return ProgrammeFactory(
        alliance=scene.alliance,
        school=scene.school,
        area=scene.area,
        asked_by=scene.head,
        director=scene.director,
        state="open",
        approach="supportive",
        **dict.fromkeys(MOMENTS, now),
        **facts,
    )


def practitioner_of(scene, name, head):
    made = PractitionerFactory(
        alliance=scene.alliance,
        person=PersonFactory(name=name),
        home_school=head.school,
        search_text=name.casefold(),
    )
    made.areas.add(scene.area)
    year = AcademicYear.containing(timezone.localdate())
    HomeConsentFactory(practitioner=made, ends_on=year.last_day, given_by=head.person)
    offer_days_ahead(practitioner=made, by=head.person, now=timezone.now())
    return made


class Head:
    def __init__(self, alliance, school, name):
        self.school, self.person = school_with_head(alliance, school, name)


def test_director_matches_says_why_and_is_told_when_days_are_gone(somebody):
    scene = make_scene()
    programme = judged(scene)
    head = Head(scene.alliance, "Example Grange School", "Helen Brierley")
    sam = practitioner_of(scene, "Samuel Adeyemi", head)
    kim = practitioner_of(scene, "Kim Nolan", head)
    kim.consents.update(withdrawn_at=timezone.now() - timedelta(days=1))
    director = somebody().signs_in(scene.director)
    page = programme.get_absolute_url()

    director.opens(page)
    director.follows("Find support")
    director.fills("Name of a practitioner", "Kim")
    director.presses("Ask")
    why_not = director.words
    director.follows("Choose Samuel Adeyemi")
    year = AcademicYear.containing(timezone.localdate())
    promise_days(
        practitioner=sam,
        year=year.start,
        days=Decimal(14),
        strand_id=None,
        by=scene.director,
        now=timezone.now(),
    )
    director.fills("Why this choice?", "He led the same change at his own school.")
    director.presses("Broker this strand")
    refused = director.words
    director.fills(f"Days in {year}", "1")
    director.presses("Broker this strand")
    brokered = director.told
    director.follows("Support is found")
    director.presses("Support is found")
    practitioner = somebody(screen=PHONE, with_script=False).signs_in(sam.person)
    practitioner.opens("/desk/")
    practitioner.follows("Declare your interests in a support programme")
    practitioner.page.get_by_label("No, there is none").check()
    practitioner.presses("Declare")
    director.opens(page)

    strand = Strand.objects.get()
    assert "No consent of the head of their school is in force." in why_not
    assert "Only 1 day is left in this year. Take fewer, or choose somebody else." in refused
    assert "Brokered: subject experts with Samuel Adeyemi." in brokered
    assert strand.because == "He led the same change at his own school."
    assert strand.score == sum(reason["points"] for reason in strand.reasons)
    assert CapacityAccount.objects.get(practitioner=sam, year=year.start).left == 0
    assert DeclarationAsked.objects.get(person=sam.person).declaration is not None
    assert "Has not declared interests. For Helen Brierley." in director.words


def test_stranger_and_colleague_of_the_alliance_find_no_matching(somebody):
    scene = make_scene()
    page = judged(scene).get_absolute_url()
    elsewhere = Head(scene.alliance, "Example Lane School", "Chloe Winters")
    chair = AlliancePostFactory(alliance=scene.alliance, kind="chair").person

    for person in (elsewhere.person, chair):
        reader = somebody().signs_in(person)
        assert reader.opens(page) == 404
        assert reader.opens(f"{page}match/") == 404
