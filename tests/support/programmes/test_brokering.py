from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.audit.models import Event
from partnership.notices.models import Notice
from support.directory.matching import Reason, Suggestion
from support.directory.models import CapacityAccount
from support.directory.services import NotEnoughDays, offer_days_ahead
from support.programmes.models import Declaration, DeclarationAsked, Programme, Stage
from support.programmes.notices import letters_of_changes
from support.programmes.services import (
    MayNotHelp,
    NotAsked,
    NothingFound,
    NothingToSettle,
    NotMatching,
    OwnConflict,
    broker_strand,
    check_diligence,
    choose_supporting_school,
    declare_interests,
    finish_matching,
    release_strand,
    settle_conflict,
    take_back_matching,
)
from tests.factories import (
    AlliancePostFactory,
    HomeConsentFactory,
    OutsideExpertFactory,
    PersonFactory,
    PractitionerFactory,
    ProgrammeFactory,
    SchoolFactory,
    SchoolOfferFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def head_of(school, name):
    person = PersonFactory(name=name)
    SchoolPostFactory(school=school, person=person, kind=SchoolPost.Kind.HEAD)
    return person


@pytest.fixture
def judged():
    moments = ("answered_at", "own_view_at", "assessed_at", "replied_at", "judged_at")
    programme = ProgrammeFactory(
        state="open",
        approach="supportive",
        director=PersonFactory(name="Amina Hussain"),
        **dict.fromkeys(moments, NOW),
    )
    programme.head = head_of(programme.school, "Yusuf Iqbal")
    AlliancePostFactory(
        alliance=programme.alliance, person=programme.director, kind=AlliancePost.Kind.DIRECTOR
    )
    return programme


@pytest.fixture
def sam(judged):
    home = SchoolFactory(name="Mill Lane Primary School")
    practitioner = PractitionerFactory(
        alliance=judged.alliance, person=PersonFactory(name="Sam Ade"), home_school=home
    )
    practitioner.head = head_of(home, "Helen Brierley")
    HomeConsentFactory(practitioner=practitioner, days_a_year=8, ends_on=date(2028, 8, 31))
    offer_days_ahead(practitioner=practitioner, by=practitioner.head, now=NOW)
    return practitioner


def broker(programme, **facts):
    usual = {
        "kind": "coaching",
        "focus": "Writing in Years 5 and 6",
        "because": "She led the same change at her own school.",
        "days": {2026: Decimal(5), 2027: Decimal("2.5")},
        "by": programme.director,
        "now": NOW,
    }
    return broker_strand(programme=programme, **{**usual, **facts})


def left(practitioner):
    accounts = CapacityAccount.objects.filter(practitioner=practitioner).order_by("year")
    return [account.left for account in accounts]


def test_brokered_strand_takes_days_keeps_why_and_brings_the_supporting_school(judged, sam):
    reasons = (Reason("Works on writing", 40, 40), Reason("4 km away", 13, 15))

    strand = broker(judged, practitioner=sam, suggestion=Suggestion(None, 53, reasons))

    assert (strand.score, strand.because) == (53, "She led the same change at her own school.")
    assert strand.reasons[1] == {"words": "4 km away", "points": 13, "of": 15}
    assert left(sam) == [Decimal(3), Decimal("5.5")]
    assert Programme.objects.get().supporting_school == sam.home_school
    assert Event.objects.filter(action="strand brokered").count() == 1


def test_practitioner_and_her_head_are_told_and_the_mail_names_no_school(judged, sam):
    broker(judged, practitioner=sam)

    told = Notice.objects.filter(kind="programmes.changed").select_related("recipient")
    letters = letters_of_changes(list(told), NOW).values()
    said = " ".join(f"{letter.subject} {letter.why} {letter.facts}" for letter in letters)

    assert sorted(str(notice.recipient) for notice in told) == ["Helen Brierley", "Sam Ade"]
    assert judged.school.name not in said
    assert sam.home_school.name not in said


def test_strand_of_more_days_than_are_left_is_refused_with_what_is_left(judged, sam):
    with pytest.raises(NotEnoughDays) as refused:
        broker(judged, practitioner=sam, days={2026: Decimal(3), 2027: Decimal(9)})

    assert refused.value.left == Decimal(8)
    assert left(sam) == [Decimal(8), Decimal(8)]
    assert not judged.strands.exists()


def test_who_declared_a_conflict_or_lacks_consent_is_not_brokered(judged, sam):
    Declaration.objects.create(
        programme=judged,
        person=sam.person,
        side="practitioner",
        has_conflict=True,
        words="My brother is its chair of governors.",
        declared_at=NOW,
    )
    sam.consents.update(withdrawn_at=NOW)

    with pytest.raises(MayNotHelp) as refused:
        broker(judged, practitioner=sam)

    assert refused.value.because == (
        "A conflict of interest is declared and not settled.",
        "No consent of the head of their school is in force.",
    )


@pytest.mark.parametrize(
    "changes",
    [{"approach": "watch"}, {"judged_at": None}, {"matched_at": NOW}, {"state": "stopped"}],
)
def test_nobody_is_brokered_while_support_is_not_being_found(judged, sam, changes):
    Programme.objects.update(**changes)

    with pytest.raises(NotMatching):
        broker(judged, practitioner=sam)


def test_schools_offer_and_expert_from_outside_take_no_account(judged):
    offer = SchoolOfferFactory(alliance=judged.alliance)
    expert = OutsideExpertFactory(alliance=judged.alliance)

    broker(judged, kind="placement", school_offer=offer, days={2026: Decimal(2)})
    broker(judged, kind="training", outside_expert=expert, days={}, cost=Decimal(600))

    assert Programme.objects.get().supporting_school == offer.school
    assert not CapacityAccount.objects.exists()


def test_strand_given_up_gives_its_days_back_and_support_is_found_again(judged, sam):
    strand = broker(judged, practitioner=sam)
    finish_matching(programme=judged, by=judged.director, now=NOW)

    release_strand(strand=strand, because="Sam changes schools.", by=judged.director, now=NOW)

    assert left(sam) == [Decimal(8), Decimal(8)]
    assert Programme.objects.get().stage_now == Stage.MATCHING
    with pytest.raises(NotMatching):
        release_strand(strand=strand, because="Twice.", by=judged.director, now=NOW)


def test_support_is_found_with_a_strand_and_a_school(judged, sam):
    with pytest.raises(NothingFound):
        finish_matching(programme=judged, by=judged.director, now=NOW)

    broker(judged, practitioner=sam)
    finish_matching(programme=judged, by=judged.director, now=NOW)

    assert Programme.objects.get().stage_now == Stage.AGREEMENT


def test_school_does_not_stand_behind_its_own_support(judged):
    with pytest.raises(NotMatching):
        choose_supporting_school(
            programme=judged, school=judged.school, by=judged.director, now=NOW
        )


def found(judged, sam):
    strand = broker(judged, practitioner=sam)
    finish_matching(programme=judged, by=judged.director, now=NOW)
    return strand


def asked(programme):
    rows = DeclarationAsked.objects.filter(programme=programme).order_by("pk")
    return [(row.side, str(row.person)) for row in rows.select_related("person")]


def test_each_side_is_asked_to_declare_once(judged, sam):
    found(judged, sam)

    assert asked(judged) == [
        ("school", "Yusuf Iqbal"),
        ("supporter", "Helen Brierley"),
        ("practitioner", "Sam Ade"),
        ("director", "Amina Hussain"),
    ]
    told = Notice.objects.filter(kind="programmes.your_turn", key__startswith="declare:")
    assert sorted(str(notice.recipient) for notice in told) == [
        "Helen Brierley",
        "Sam Ade",
        "Yusuf Iqbal",
    ]


def test_what_was_declared_counts_when_support_is_found_again(judged, sam):
    found(judged, sam)
    declare_interests(programme=judged, has_conflict=False, by=judged.head, now=NOW)

    take_back_matching(programme=judged, by=judged.director, now=NOW)

    assert asked(judged) == [("school", "Yusuf Iqbal")]

    finish_matching(programme=judged, by=judged.director, now=NOW)

    assert len(asked(judged)) == 4
    assert DeclarationAsked.objects.filter(declaration__isnull=True).count() == 3


def test_matching_is_not_taken_back_once_the_agreement_is_sent(judged, sam):
    found(judged, sam)
    Programme.objects.update(sent_at=NOW)

    with pytest.raises(NotMatching):
        take_back_matching(programme=judged, by=judged.director, now=NOW)


def test_only_who_is_asked_declares(judged, sam):
    found(judged, sam)

    with pytest.raises(NotAsked):
        declare_interests(programme=judged, has_conflict=False, by=PersonFactory(), now=NOW)


def test_conflict_is_settled_by_somebody_else_once(judged, sam):
    found(judged, sam)
    torn = declare_interests(
        programme=judged, has_conflict=True, words="I chair its trust.", by=sam.person, now=NOW
    )
    with pytest.raises(OwnConflict):
        settle_conflict(declaration=torn, how="It is small.", by=sam.person, now=NOW)

    settle_conflict(declaration=torn, how="He steps back.", by=judged.director, now=NOW)

    with pytest.raises(NothingToSettle):
        settle_conflict(declaration=torn, how="Again.", by=judged.director, now=NOW)


def test_check_that_says_nothing_new_is_not_written_again(judged, sam):
    found(judged, sam)
    told = {"programme": judged, "checked_on": NOW.date(), "by": judged.director, "now": NOW}

    first = check_diligence(lines={"Insured": (True, ""), "Stable": (False, "Ask")}, **told)
    second = check_diligence(lines={"Insured": (True, ""), "Stable": (True, "Seen")}, **told)

    assert (first, second) == (2, 1)


def test_audit_keeps_no_names_and_no_words(judged, sam):
    strand = found(judged, sam)
    release_strand(strand=strand, because="A secret.", by=judged.director, now=NOW)

    said = Event.objects.filter(app="programmes").values_list("title", "values")

    assert {title for title, _values in said} == {f"Support programme {judged.pk}"}
    assert [values for _title, values in said if values] == []
