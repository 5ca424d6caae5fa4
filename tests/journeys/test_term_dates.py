from alliances.schools.models import Authority
from partnership.calendar.days import next_school_day
from partnership.calendar.years import AcademicYear
from tests.factories.calendar import half_terms_of
from tests.journeys.conftest import PHONE, WITH_AND_WITHOUT_SCRIPT
from tests.journeys.world import oldham

YEAR = AcademicYear(2026)
WITHOUT_YEAR = "No term dates are known for 2026 to 2027."


def fills_half_terms(person):
    for name, (first, last) in zip(
        ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2"),
        half_terms_of(YEAR).values(),
        strict=True,
    ):
        person.fills(f"{name} begins on", first.isoformat())
        person.fills(f"{name} ends on", last.isoformat())


@WITH_AND_WITHOUT_SCRIPT
def test_a_director_settles_the_authoritys_year_and_a_head_her_own_inset_days(
    somebody, with_script
):
    world = oldham()
    authority = Authority.objects.get()
    inset = next_school_day(half_terms_of(YEAR)[2][0])
    director = somebody(with_script=with_script).signs_in(world.director)
    head = somebody(screen=PHONE, with_script=with_script).signs_in(world.head)
    school = f"/calendar/schools/{world.school.urn}/2026-to-2027/"

    head.opens(school)
    before = head.words
    director.opens(f"/calendar/authorities/{authority.code}/2026-to-2027/")
    director.follows("Enter the dates")
    fills_half_terms(director)
    director.fills("INSET day 1", "2027-04-05")
    director.presses("Save the dates")
    asked = director.words
    director.fills("INSET day 1", "2026-09-02")
    director.presses("Save the dates")
    settled = director.told
    head.opens(school)
    head.follows("Change the dates")
    head.fills("INSET day 2", inset.isoformat())
    head.fills("What for, INSET day 2", "Reading")
    head.presses("Save the dates")
    own = head.told
    stranger = somebody(with_script=with_script).signs_in(world.stranger)
    stranger.opens(school)
    seen = stranger.words

    assert WITHOUT_YEAR in before
    assert "The INSET day on Monday 5 April 2027 is in the Easter holiday." in asked
    assert settled == "Oldham’s dates of 2026 to 2027 saved."
    assert own == "Delph Primary School’s dates of 2026 to 2027 saved."
    assert "Reading" in seen
    assert "Change the dates" not in seen
