from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from partnership.calendar.years import AcademicYear
from support.programmes.gating import (
    Check,
    Gate,
    Party,
    Release,
    all_open,
    gates_for,
    gates_of,
)
from support.programmes.models import DiligenceCheck, Programme, StrandDays
from tests.factories import (
    DeclarationAskedFactory,
    DeclarationFactory,
    HomeConsentFactory,
    PersonFactory,
    PractitionerFactory,
    ProgrammeFactory,
    SchoolFactory,
    SchoolPostFactory,
    StrandFactory,
    SupportRulesFactory,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FINE = Party("Supported school: Example Hill", ("Yusuf Iqbal",), has_declared=True)
LET_GO = Release("Sam Ade", "Mill Lane", {2026: Decimal(4)}, {2026: Decimal(10)})


def test_gates_are_open_when_all_is_there():
    gates = gates_of(
        is_found=True, parties=[FINE], checks=[Check("Insured", is_fine=True)], releases=[LET_GO]
    )

    assert all_open(gates)
    assert [gate.topic for gate in gates] == ["Support", "Interests", "Due diligence", "Consent"]


def test_each_closed_gate_says_what_is_missing_and_whose_it_is():
    silent = Party("Supporting school: Mill Lane", ("Ann Wood", "Bo Lee"))
    torn = Party("Practitioner: Sam Ade", ("Sam Ade",), has_declared=True, has_open_conflict=True)
    short = Release(
        "Sam Ade", "Mill Lane", {2026: Decimal(4), 2027: Decimal(3)}, {2026: Decimal(2)}
    )

    gates = gates_of(
        is_found=False,
        parties=[silent, torn],
        checks=[Check("Insured"), Check("Stable", is_fine=False)],
        releases=[short],
        director="Amina Hussain",
    )

    years = (
        f"{AcademicYear(2026)}: 4 promised, 2 agreed; {AcademicYear(2027)}: 3 promised, 0 agreed"
    )
    assert gates == [
        Gate("Support", "Support is found", "Not yet found", "Amina Hussain"),
        Gate("Interests", silent.words, "Has not declared interests", "Ann Wood or Bo Lee"),
        Gate("Interests", torn.words, "A conflict is declared and not settled", "Amina Hussain"),
        Gate("Due diligence", "Insured", "Not checked", "Amina Hussain"),
        Gate("Due diligence", "Stable", "Not in order", "Amina Hussain"),
        Gate(
            "Consent",
            "Mill Lane lets Sam Ade go",
            f"The head’s consent doesn’t cover the days. {years}",
            "Head of Mill Lane",
        ),
    ]
    assert not all_open(gates)


@pytest.fixture
def matched():
    programme = ProgrammeFactory(
        state="open",
        judged_at=NOW,
        matched_at=NOW,
        supporting_school=SchoolFactory(name="Mill Lane"),
        director=PersonFactory(name="Amina Hussain"),
    )
    programme.rules = SupportRulesFactory(alliance=programme.alliance, diligence="Insured\nStable")
    practitioner = PractitionerFactory(
        alliance=programme.alliance, home_school=programme.supporting_school
    )
    programme.strand = StrandFactory(programme=programme, practitioner=practitioner)
    StrandDays.objects.create(strand=programme.strand, year=2026, days=4)
    StrandDays.objects.create(strand=programme.strand, year=2027, days=Decimal("2.5"))
    return programme


@pytest.mark.django_db
def test_gates_follow_from_rows_in_three_queries(matched, django_assert_num_queries):
    consent = {"practitioner": matched.strand.practitioner, "ends_on": date(2028, 8, 31)}
    HomeConsentFactory(**consent)
    HomeConsentFactory(**consent, days_a_year=1)
    heads = [PersonFactory(), PersonFactory()]
    for head in heads:
        DeclarationAskedFactory(programme=matched, person=head, school=matched.school)
    supporting = DeclarationFactory(programme=matched, side="supporter")
    DeclarationAskedFactory(
        programme=matched,
        person=supporting.person,
        side="supporter",
        school=matched.supporting_school,
        declaration=supporting,
    )
    said = DeclarationFactory(programme=matched, person=heads[1])
    DeclarationAskedFactory(
        programme=matched, person=matched.director, side="director", declaration=said
    )
    matched.declarations_asked.filter(person=heads[1]).update(declaration=said)
    for words, is_fine in [("Insured", False), ("Stable", True), ("Insured", True)]:
        DiligenceCheck.objects.create(
            programme=matched,
            check_words=words,
            is_fine=is_fine,
            checked_by=matched.director,
            checked_on=NOW.date(),
            checked_at=NOW,
        )

    with django_assert_num_queries(3):
        gates = gates_for(matched)

    assert all_open(gates)
    assert len(gates) == 7


@pytest.mark.django_db
def test_consent_taken_back_closes_the_gate_again(matched):
    HomeConsentFactory(practitioner=matched.strand.practitioner, withdrawn_at=NOW)

    gate = gates_for(matched)[-1]

    assert gate.missing == (
        "The head’s consent doesn’t cover the days. 2026 to 2027: 4 promised, 0 agreed; "
        "2027 to 2028: 2.5 promised, 0 agreed"
    )


@pytest.mark.django_db
def test_conflict_counts_until_it_is_settled(matched):
    said = DeclarationFactory(
        programme=matched, has_conflict=True, words="My sister teaches there."
    )
    DeclarationAskedFactory(
        programme=matched, person=said.person, side="practitioner", declaration=said
    )
    conflict = "A conflict is declared and not settled"

    before = [gate.missing for gate in gates_for(matched)]
    said.settled_at = NOW
    said.save()
    after = [gate.missing for gate in gates_for(Programme.objects.get())]

    assert (before.count(conflict), after.count(conflict)) == (1, 0)


@pytest.mark.django_db
def test_school_without_a_head_keeps_the_gate_closed_unless_one_heads_both(matched):
    silent = [gate.words for gate in gates_for(matched) if gate.whose == "Nobody yet"]
    head = SchoolPostFactory(school=matched.school, kind="head").person
    SchoolPostFactory(school=matched.supporting_school, person=head, kind="executive_head")
    said = DeclarationFactory(programme=matched, person=head)
    DeclarationAskedFactory(programme=matched, person=head, school=matched.school, declaration=said)
    again = gates_for(Programme.objects.get())

    assert silent == [f"Supported school: {matched.school}", "Supporting school: Mill Lane"]
    assert all(gate.is_open for gate in again if gate.topic == "Interests")
