from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from support.directory.models import CapacityAccount
from support.programmes.models import (
    Declaration,
    DeclarationAsked,
    DiligenceCheck,
    Programme,
    Strand,
    StrandDays,
)
from support.programmes.parts.gates import gates
from support.programmes.parts.strands import strands
from support.programmes.permissions import rights_in
from tests.factories import (
    AlliancePostFactory,
    CapacityAccountFactory,
    HomeConsentFactory,
    MembershipFactory,
    OutsideExpertFactory,
    PersonFactory,
    PractitionerFactory,
    ProgrammeFactory,
    SchoolFactory,
    SchoolOfferFactory,
    SchoolPostFactory,
    SupportRulesFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOMENTS = ("answered_at", "own_view_at", "assessed_at", "replied_at", "judged_at")
QUERIES_OF_MATCHING = 8
QUERIES_WITH_A_QUESTION = 9
QUERIES_OF_PARTS = 3


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def programme():
    made = ProgrammeFactory(
        state="open",
        approach="supportive",
        director=PersonFactory(name="Amina Hussain"),
        school=SchoolFactory(name="Example Hill Primary School", easting=400_000, northing=400_000),
        **dict.fromkeys(MOMENTS, NOW),
    )
    SupportRulesFactory(alliance=made.alliance, diligence="Insured\nStable")
    made.head = PersonFactory(name="Yusuf Iqbal")
    SchoolPostFactory(school=made.school, person=made.head, kind=SchoolPost.Kind.HEAD)
    AlliancePostFactory(
        alliance=made.alliance, person=made.director, kind=AlliancePost.Kind.DIRECTOR
    )
    return made


def practitioner(programme, name, *, left=10):
    school = SchoolFactory(easting=400_000, northing=404_000)
    made = PractitionerFactory(
        alliance=programme.alliance,
        person=PersonFactory(name=name),
        home_school=school,
        search_text=name.casefold(),
    )
    made.areas.add(programme.area)
    HomeConsentFactory(practitioner=made)
    CapacityAccountFactory(practitioner=made, offered=20, promised=20 - left)
    return made


def url(name, programme, *more):
    return reverse(f"programmes:{name}", args=[programme.pk, *more])


def said(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("count", [1, 3])
def test_director_sees_who_fits_in_a_fixed_number_of_queries(
    client, programme, count, django_assert_num_queries
):
    for number in range(count):
        practitioner(programme, f"Sam {number}")
        SchoolOfferFactory(alliance=programme.alliance, title=f"Placement {number}")
        OutsideExpertFactory(alliance=programme.alliance, name=f"Supplier {number}")
    client.force_login(programme.director)

    with django_assert_num_queries(QUERIES_OF_MATCHING):
        page = client.get(url("support_match", programme))
    with django_assert_num_queries(QUERIES_WITH_A_QUESTION):
        asked = client.get(url("support_match", programme), {"who": "sam"})

    assert [each.place for each in asked.context["answers"]] == list(range(1, count + 1))
    assert [str(each.practitioner) for each in page.context["suggestions"]] == [
        f"Sam {number}" for number in range(count)
    ]
    assert f"Works on {programme.area.name}: <strong>40</strong> of 40" in said(page)
    assert len(page.context["others"]) == 2 * count


def test_page_answers_why_somebody_is_not_suggested(client, programme):
    practitioner(programme, "Sam Ade")
    practitioner(programme, "Kim Low", left=0)
    client.force_login(programme.director)

    page = client.get(url("support_match", programme), {"who": "kim"})

    assert "No days are left, neither this year nor next." in said(page)
    assert [str(each.practitioner) for each in page.context["suggestions"]] == ["Sam Ade"]


@pytest.mark.parametrize(
    ("kind", "titles"), [("", ["A placement", "A training"]), ("training", ["A training"])]
)
def test_kind_of_support_narrows_what_schools_offer(client, programme, kind, titles):
    SchoolOfferFactory(alliance=programme.alliance, title="A placement")
    SchoolOfferFactory(alliance=programme.alliance, title="A training", kind="training")
    client.force_login(programme.director)

    page = client.get(url("support_match", programme), {"kind": kind})

    assert [other.name for other in page.context["others"]] == titles


def strand_typed(**changes):
    usual = {
        "kind": "coaching",
        "focus": "Writing",
        "days_this": "4",
        "days_next": "",
        "because": "Same change at her own school.",
    }
    return {**usual, **changes}


def test_director_brokers_whom_she_chose_with_points_and_why(client, programme):
    sam = practitioner(programme, "Sam Ade")
    client.force_login(programme.director)
    form = url("strand_new", programme, "practitioner", sam.pk)

    page = client.get(form)
    done = client.post(form, strand_typed(), follow=True)

    strand = Strand.objects.get()
    assert page.context["form"].initial["days_this"] == Decimal(4)
    assert (strand.score, strand.because) == (92, "Same change at her own school.")
    assert sum(reason["points"] for reason in strand.reasons) == 92
    assert "Brokered: coaching and mentoring of the head with Sam Ade." in said(done)
    assert StrandDays.objects.get().days == 4


def test_days_that_are_gone_meanwhile_are_said_and_what_was_typed_is_kept(client, programme):
    sam = practitioner(programme, "Sam Ade", left=5)
    client.force_login(programme.director)
    form = url("strand_new", programme, "practitioner", sam.pk)
    client.get(form)
    CapacityAccount.objects.update(promised=19)

    page = client.post(form, strand_typed(focus="Writing at length"))

    assert "Only 1 day is left in this year. Take fewer, or choose somebody else." in said(page)
    assert "Writing at length" in said(page)
    assert not Strand.objects.exists()


def test_practitioners_strand_takes_days_and_every_choice_its_reason(client, programme):
    sam = practitioner(programme, "Sam Ade")
    client.force_login(programme.director)

    form = url("strand_new", programme, "practitioner", sam.pk)
    page = client.post(form, strand_typed(days_this="", because=""))

    assert set(page.context["form"].errors) == {"days_this", "because"}


def test_nobody_of_another_alliance_can_be_chosen(client, programme):
    client.force_login(programme.director)
    stranger = PractitionerFactory()

    for giver, pk in (("practitioner", stranger.pk), ("offer", 1), ("nonsense", 1)):
        assert client.get(url("strand_new", programme, giver, pk)).status_code == 404


def found(client, programme):
    """Through the pages: a strand, the supporting school, support found."""
    sam = practitioner(programme, "Sam Ade")
    sam.head = PersonFactory(name="Helen Brierley")
    SchoolPostFactory(school=sam.home_school, person=sam.head, kind=SchoolPost.Kind.HEAD)
    other = MembershipFactory(alliance=programme.alliance).school
    SchoolPostFactory(school=other, kind=SchoolPost.Kind.HEAD)
    client.force_login(programme.director)
    client.post(url("strand_new", programme, "practitioner", sam.pk), strand_typed())
    client.post(url("supporting_school", programme), {"school": other.pk})
    client.post(url("matching_finish", programme))
    return sam


def test_director_finds_support_and_can_look_again(client, programme):
    found(client, programme)

    assert Programme.objects.get().matched_at == NOW
    assert DeclarationAsked.objects.count() == 5

    client.post(url("matching_take_back", programme))

    assert Programme.objects.get().matched_at is None


def test_strand_given_up_on_its_page_goes_with_its_reason(client, programme):
    found(client, programme)
    strand = Strand.objects.get()

    client.post(url("strand_give_up", programme, strand.pk), {"because": "Sam is ill."})

    strand.refresh_from_db()
    assert strand.released_because == "Sam is ill."
    assert CapacityAccount.objects.get(year=2026).promised == 10


def test_practitioner_sees_her_own_strand_and_declares(client, programme):
    sam = found(client, programme)
    other = practitioner(programme, "Kim Low")
    Strand.objects.create(
        programme=programme,
        kind="training",
        practitioner=other,
        brokered_by=programme.director,
        brokered_at=NOW,
    )
    client.force_login(sam.person)

    page = client.get(programme.get_absolute_url())
    client.post(url("interests_declare", programme), {"conflict": "no", "words": ""})

    assert "Your part" in said(page)
    assert "Kim Low" not in said(page)
    assert "Same change" not in said(page)
    assert "Due diligence" not in said(page)
    assert Declaration.objects.get().has_conflict is False


def test_home_head_sees_the_strand_of_her_own_staff_alone(client, programme):
    sam = found(client, programme)
    Strand.objects.create(
        programme=programme,
        kind="training",
        practitioner=practitioner(programme, "Kim Low"),
        brokered_by=programme.director,
        brokered_at=NOW,
    )
    client.force_login(sam.head)

    page = said(client.get(programme.get_absolute_url()))

    assert "Sam Ade" in page
    assert "Kim Low" not in page


def test_declared_conflict_is_read_by_the_directors_side_alone_and_settled(client, programme):
    sam = found(client, programme)
    client.force_login(sam.person)
    words = "My brother teaches there."
    client.post(url("interests_declare", programme), {"conflict": "yes", "words": words})
    pages = {}
    for reader in (programme.head, sam.head, programme.director):
        client.force_login(reader)
        pages[reader] = said(client.get(programme.get_absolute_url()))
    settle = url("conflict_settle", programme, Declaration.objects.get().pk)

    client.post(settle, {"how": "Another practitioner works with his class."})

    assert [words in page for page in pages.values()] == [False, False, True]
    assert Declaration.objects.get().settled_by == programme.director


def test_supporting_school_is_looked_at_line_by_line(client, programme):
    found(client, programme)
    form = url("diligence_check", programme)
    typed = {"checked_on": "2026-11-20", "state_0": "fine", "note_0": "Seen the policy."}

    client.post(form, typed)
    ahead = client.post(form, {**typed, "checked_on": "2026-12-24"})

    page = said(client.get(programme.get_absolute_url()))
    client.force_login(programme.head)
    heads_page = said(client.get(programme.get_absolute_url()))
    check = DiligenceCheck.objects.get()
    how = "Seen the policy. Amina Hussain, Friday 20 November 2026."
    assert (how in page, how in heads_page) == (True, False)
    assert (check.check_words, check.is_fine, check.note) == ("Insured", True, "Seen the policy.")
    assert "The day lies ahead." in said(ahead)


def test_supported_head_sees_what_is_missing_and_whose_it_is(client, programme):
    found(client, programme)
    client.force_login(programme.head)

    page = said(client.get(programme.get_absolute_url()))

    assert "Has not declared interests. For Sam Ade." in page
    assert "Not checked. For Amina Hussain." in page
    assert "Check the supporting school" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_strands_and_gates_cost_the_same_for_one_strand_or_three(
    client, programme, count, django_assert_num_queries
):
    found(client, programme)
    for number in range(count - 1):
        Strand.objects.create(
            programme=programme,
            kind="training",
            practitioner=practitioner(programme, f"Kim {number}"),
            brokered_by=programme.director,
            brokered_at=NOW,
        )
    current = Programme.objects.select_related("school", "supporting_school", "director").get()
    rights = rights_in(programme.head, current, NOW.date())

    with django_assert_num_queries(QUERIES_OF_PARTS):
        shown = [strands(rights, NOW), gates(rights, NOW)]

    assert len(shown[0].nouns["lines"]) == count
    assert shown[1].nouns["closed"] == 7
