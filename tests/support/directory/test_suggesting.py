from datetime import date
from decimal import Decimal

import pytest

from alliances.schools.models import GroupSchool, SchoolGroup
from support.directory.models import Practitioner
from support.directory.suggesting import (
    Pool,
    answer_for,
    answers_for,
    contexts_of,
    phases_of,
    surroundings_of,
)
from tests.factories import (
    CapacityAccountFactory,
    DesignationFactory,
    HomeConsentFactory,
    PersonFactory,
    PractitionerFactory,
    SchoolFactory,
    SupportAreaFactory,
    SupportRulesFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
QUERIES = 5


@pytest.fixture
def rules():
    return SupportRulesFactory()


@pytest.fixture
def phonics(rules):
    return SupportAreaFactory(alliance=rules.alliance, name="Phonics")


@pytest.fixture
def school():
    return SchoolFactory(phase="Primary", pupils=120, easting=400_000, northing=400_000)


def practitioner(rules, area, name, *, left=10, **facts):
    school = facts.pop("home_school", None) or SchoolFactory(easting=400_000, northing=404_000)
    made = PractitionerFactory(
        alliance=rules.alliance, person=PersonFactory(name=name), home_school=school, **facts
    )
    made.areas.add(area)
    HomeConsentFactory(practitioner=made)
    CapacityAccountFactory(practitioner=made, offered=20, promised=20 - left)
    return made


def around(school, area, **facts):
    return surroundings_of(school, area=area.pk, areas={area.pk: area.name}, on=TODAY, **facts)


def names(pool):
    return [str(each.practitioner) for each in pool.first()]


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_cost_five_queries_for_one_practitioner_or_more(
    rules, phonics, school, count, django_assert_num_queries
):
    title = DesignationFactory(alliance=rules.alliance)
    for number in range(count):
        practitioner(rules, phonics, f"Ann {number}").designations.add(title)

    with django_assert_num_queries(QUERIES):
        first = Pool(around(school, phonics), rules).first()
        who = [each.who for each in first]

    assert who == [f"{title.name}, {each.practitioner.home_school.name}" for each in first]
    assert len(who) == count


def test_register_and_ledger_speak_in_the_reasons(rules, phonics, school):
    practitioner(rules, phonics, "Ann", left=Decimal("2.5"), contexts=["small"])

    (found,) = Pool(around(school, phonics), rules).first()

    assert [(each.words, each.points) for each in found.suggestion.reasons] == [
        ("Works on Phonics", 40),
        ("Phase: knows primary", 15),
        ("Knows this kind of school: small school", 15),
        ("4 km away", 14),
        ("2.5 days left this year", 4),
    ]


def test_changed_weight_changes_the_ranking(rules, phonics, school):
    practitioner(rules, phonics, "Near", left=3)
    far = SchoolFactory(easting=400_000, northing=440_000)
    practitioner(rules, phonics, "Free", left=20, home_school=far)

    assert names(Pool(around(school, phonics), rules)) == ["Near", "Free"]

    rules.weighs_distance, rules.weighs_days = 0, 30

    assert names(Pool(around(school, phonics), rules)) == ["Free", "Near"]


def test_who_may_not_help_is_never_suggested_but_answered_for(rules, phonics, school):
    group = SchoolGroup.objects.create(uid=1, name="Northern Lights Trust", kind="Trust")
    sister = SchoolFactory()
    for member in (school, sister):
        GroupSchool.objects.create(group=group, school=member)
    torn = practitioner(rules, phonics, "Ann Conflict")
    kept_out = {
        practitioner(rules, phonics, "Ann Own", home_school=school): "It is their own school.",
        practitioner(rules, phonics, "Ann Sister", home_school=sister): (
            "Their school is in the same trust or federation."
        ),
        practitioner(rules, phonics, "Ann Spent", left=0): (
            "No days are left, neither this year nor next."
        ),
        practitioner(rules, phonics, "Ann Gone", ends_on=date(2026, 10, 1)): (
            "The entry in the directory has ended or is yet to begin."
        ),
        torn: "A conflict of interest is declared and not settled.",
    }
    no_word = practitioner(rules, phonics, "Ann Kept")
    no_word.consents.update(ends_on=TODAY.replace(day=22))
    kept_out[no_word] = "No consent of the head of their school is in force."
    here = around(school, phonics, conflicted=frozenset({torn.person_id}))

    assert names(Pool(here, rules)) == []
    for each, sentence in kept_out.items():
        assert answer_for(each, here, rules).exclusions == (sentence,)


def test_who_is_asked_about_has_a_place_and_points(rules, phonics, school):
    practitioner(rules, phonics, "Best One")
    second = practitioner(rules, phonics, "Next One", left=3)
    Practitioner.objects.filter(pk=second.pk).update(search_text="next one")
    here = around(school, phonics)

    (answered,) = answers_for(Pool(here, rules), "next")

    assert (answered.place, answered.practitioner) == (2, second)
    assert answered.answer.exclusions == ()


def test_who_has_no_home_school_needs_no_consent_and_an_unopened_account_holds_all(
    rules, phonics, school
):
    free = PractitionerFactory(alliance=rules.alliance, home_school=None, days_a_year=6)
    free.areas.add(phonics)

    (found,) = Pool(around(school, phonics), rules).first()

    assert found.suggestion.reasons[3].words == "The distance isn’t known, so it counts half"
    assert found.suggestion.reasons[4].words == "6 days left this year"


def test_register_says_phase_and_kind_of_school():
    special = SchoolFactory(
        phase="Not applicable", type="Community special school", low_age=4, high_age=11
    )
    faith = SchoolFactory(phase="All-through", religious_character="Roman Catholic", pupils=900)

    assert phases_of(special) == ["primary", "special"]
    assert contexts_of(special) == []
    assert phases_of(faith) == ["primary", "secondary"]
    assert contexts_of(faith) == ["large", "faith"]


def test_who_lists_no_area_needed_is_looked_at_only_where_she_might_be_among_the_first(
    rules, phonics, school, django_assert_num_queries
):
    other = SupportAreaFactory(alliance=rules.alliance)
    practitioner(rules, phonics, "Knows it")
    practitioner(rules, other, "Knows another")
    here = around(school, phonics)

    with django_assert_num_queries(2):
        best = Pool(here, rules).ranked(most=1)
    rules.weighs_specialism = 0
    with django_assert_num_queries(3):
        both = Pool(here, rules).ranked(most=2)

    assert [each.candidate.name for each in best] == ["knows it"]
    assert sorted(each.candidate.name for each in both) == ["knows another", "knows it"]
