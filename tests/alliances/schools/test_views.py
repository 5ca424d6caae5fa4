from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from alliances.schools.models import GroupSchool, RegisterFile, SchoolGroup, SchoolPost
from tests.factories import (
    AllianceFactory,
    AuthorityFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("schools:school_list")


@pytest.fixture
def reader(client):
    person = PersonFactory()
    client.force_login(person)
    return client


def found(response):
    assert response.status_code == 200
    return [school.name for school, _groups in response.context["rows"]]


def test_visitor_is_sent_to_sign_in(client):
    assert client.get(LIST).status_code == 302
    assert client.get("/schools/100001/").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_school_and_for_three(reader, django_assert_num_queries, count):
    for school in SchoolFactory.create_batch(count):
        MembershipFactory(school=school)
    reader.get(LIST)

    with django_assert_num_queries(4):
        response = reader.get(LIST)

    assert len(found(response)) == count


@pytest.mark.parametrize(
    "words",
    ["knowsley", "KNOWSLEY junior", "105670", "OL4 4BH", "ol44bh", "springh", "knowsley OL4"],
)
def test_search_finds_by_name_urn_postcode_and_town(reader, words):
    SchoolFactory(name="Knowsley Junior School", urn=105670, postcode="OL4 4BH", town="Springhead")
    SchoolFactory(name="Delph Primary School", urn=105669, postcode="OL3 5HN", town="Delph")

    assert found(reader.get(LIST, {"text": words})) == ["Knowsley Junior School"]


def test_search_folds_marks_and_apostrophes(reader):
    SchoolFactory(name="École Saint-Rémy O’Neill")

    assert len(found(reader.get(LIST, {"text": "ecole remy o'neill"}))) == 1


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"authority": "353"}, ["A", "B"]),
        ({"authority": "210"}, ["C"]),
        ({"phase": "Secondary"}, ["B"]),
        ({"type": "Foundation school"}, ["A"]),
        ({"status": "Closed"}, ["C"]),
        ({"authority": "353", "phase": "Primary"}, ["A"]),
        ({"alliance": "north"}, ["A"]),
        ({"alliance": "old"}, []),
    ],
)
def test_filters_narrow_the_list(reader, query, names):
    a = SchoolFactory(name="A", type="Foundation school")
    SchoolFactory(name="B", phase="Secondary")
    SchoolFactory(
        name="C", status="Closed", authority=AuthorityFactory(code="210", name="Southwark")
    )
    MembershipFactory(school=a, alliance=AllianceFactory(slug="north"))
    MembershipFactory(school=a, alliance=AllianceFactory(slug="old"), ends_on=date(2021, 7, 31))

    assert found(reader.get(LIST, query)) == names


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ["A", "B", "C"]),
        ("-name", ["C", "B", "A"]),
        ("town", ["C", "B", "A"]),
        ("phase", ["B", "A", "C"]),
        ("authority", ["B", "C", "A"]),
        ("-authority", ["A", "C", "B"]),
        ("search_text; drop table", ["A", "B", "C"]),
    ],
)
def test_list_is_ordered_as_asked(reader, order, names):
    SchoolFactory(name="A", town="Z", phase="Primary", authority__code="999", authority__name="Z")
    SchoolFactory(name="B", town="Y", phase="Nursery")
    SchoolFactory(name="C", town="X", phase="Secondary")

    assert found(reader.get(LIST, {"order": order})) == names


@pytest.mark.parametrize(
    "words", ["353/3007", "3533007", "st marys", "st mary’s", "ST. MARY", "nuala"]
)
def test_search_finds_by_laestab_head_and_names_without_their_marks(reader, words):
    SchoolFactory(
        name="St. Mary’s RC Primary School", establishment_number=3007, head_name="Nuala O’Brien"
    )
    SchoolFactory(name="Delph Primary School", establishment_number=3008)

    assert found(reader.get(LIST, {"text": words})) == ["St. Mary’s RC Primary School"]


def test_list_is_narrowed_to_a_trust_by_its_name_and_only_while_a_school_is_in_it(reader):
    trust = SchoolGroup.objects.create(uid=1, name="The Harmony Trust", kind="Multi-academy trust")
    stays, left = SchoolFactory(name="Stays"), SchoolFactory(name="Left")
    SchoolFactory(name="Never")
    GroupSchool.objects.create(group=trust, school=stays)
    GroupSchool.objects.create(group=trust, school=left, left_on=date(2020, 1, 1))

    response = reader.get(LIST, {"trust": "harmony TRUST"})

    assert found(response) == ["Stays"]
    assert [(chip.label, chip.words) for chip in response.context["chips"]] == [
        ("Trust or federation", "“harmony TRUST”")
    ]


def test_of_many_alliances_one_is_named_in_words(reader):
    school = SchoolFactory(name="Ours")
    SchoolFactory(name="Theirs")
    AllianceFactory.create_batch(41)
    MembershipFactory(school=school, alliance__name="Dovestone Partnership", alliance__slug="dov")

    named = reader.get(LIST, {"alliance": "dovestone"})

    assert found(named) == ["Ours"]
    assert found(reader.get(LIST, {"alliance": "dov"})) == ["Ours"]
    assert found(reader.get(LIST, {"alliance": "nobody"})) == []
    assert [chip.words for chip in named.context["chips"]] == ["“dovestone”"]


def test_filter_in_use_is_a_chip_with_its_way_out(reader):
    SchoolFactory()

    response = reader.get(LIST, {"authority": "353", "phase": "Primary", "page": "1"})

    chips = [(chip.label, chip.words, chip.address) for chip in response.context["chips"]]
    assert chips == [
        ("Local authority", "Oldham", "?phase=Primary"),
        ("Phase", "Primary", "?authority=353"),
    ]


def test_filter_that_nobody_offers_is_said_and_left_out(reader):
    SchoolFactory(name="A")

    response = reader.get(LIST, {"phase": "Kindergarten"})

    assert found(response) == ["A"]
    assert "Phase: Choose one from the list." in response.content.decode()


def test_no_match_says_the_next_step(reader):
    SchoolFactory()

    content = reader.get(LIST, {"text": "nowhere"}).content.decode()

    assert "No school matches." in content
    assert "Take the search and filters away" in content


def test_empty_register_says_how_it_is_filled(reader):
    assert "There are no schools yet." in reader.get(LIST).content.decode()


def test_new_authority_is_offered_as_soon_as_it_is_imported(
    reader, django_capture_on_commit_callbacks
):
    data = Path(__file__).parents[3] / "alliances" / "schools" / "data"
    assert "Southwark" not in reader.get(LIST).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        call_command("import_register", str(data / "gias_210_southwark_20250717.csv"))

    content = reader.get(LIST).content.decode()
    assert '<option value="210">Southwark</option>' in content


def test_fifty_a_page_without_a_count_and_within_40_kilobytes(reader):
    alliance = AllianceFactory(name="Oldham Schools Alliance")
    for school in SchoolFactory.create_batch(
        51, name="St Joseph’s Roman Catholic Junior, Infant and Nursery School"
    ):
        MembershipFactory(school=school, alliance=alliance)

    response = reader.get(LIST)

    content = response.content.decode()
    assert len(found(response)) == 50
    assert "more follow" in content
    assert len(response.content) < 40_000
    assert len(found(reader.get(LIST, {"page": "2"}))) == 1


def test_date_of_the_register_is_said(reader):
    RegisterFile.objects.create(
        name="a.csv",
        sha256="0" * 64,
        published_on=date(2025, 7, 17),
        imported_at=datetime(2026, 11, 1, 9, tzinfo=UTC),
    )

    assert "17 July 2025" in reader.get(LIST).content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "%",
        "_",
        "\\",
        "' OR 1=1 --",
        "\x00",
        "😀",
        "<script>alert(1)</script>",
        "ﷺ" * 60,
        "a" * 5_000,
        "\u202e",
    ],
)
def test_naughty_words_neither_break_nor_run(reader, words):
    SchoolFactory(name="Plain")

    response = reader.get(LIST, {"text": words})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_school_costs_the_same_for_one_post_and_for_three(
    reader, django_assert_num_queries, count
):
    school = SchoolFactory()
    for _ in range(count):
        SchoolPostFactory(school=school)
        MembershipFactory(school=school)
    reader.get(school.get_absolute_url())

    with django_assert_num_queries(7):
        response = reader.get(school.get_absolute_url())

    assert len(response.context["rows"]) == count


def test_page_of_a_school_shows_who_holds_which_post_today(reader):
    school = SchoolFactory(name="Greenfield Primary School")
    deputy = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY, person__name="Ann Ash")
    head = SchoolPostFactory(school=school, person__name="Zoe Elm", ends_on=date(2099, 7, 31))
    SchoolPostFactory(school=school, person__name="Long Gone", ends_on=date(2020, 7, 31))
    colleague = MembershipFactory(alliance=MembershipFactory(school=school).alliance).school
    reader.force_login(SchoolPostFactory(school=colleague).person)

    response = reader.get(school.get_absolute_url())

    content = response.content.decode()
    assert [row.post for row in response.context["rows"]] == [head, deputy]
    assert "31 July 2099" in content
    assert "Long Gone" not in content


def test_page_and_search_tell_a_stranger_who_heads_a_school_and_no_other_post(reader):
    school = SchoolFactory(name="Greenfield Primary School")
    head = SchoolPostFactory(school=school, person__name="Zoe Elm")
    SchoolPostFactory(
        school=school, kind=SchoolPost.Kind.SAFEGUARDING_LEAD, person__name="Ann Ashford"
    )

    page = reader.get(school.get_absolute_url())
    found = reader.get("/search/", {"q": "Ashford"})

    assert [row.post for row in page.context["rows"]] == [head]
    assert "Ann Ashford" not in page.content.decode()
    assert "Ann Ashford" not in found.content.decode()
    assert "Zoe Elm" in reader.get("/search/", {"q": "Elm"}).content.decode()


def test_page_of_a_school_says_its_facts_and_their_source(reader):
    file = RegisterFile.objects.create(
        name="a.csv", sha256="0" * 64, imported_at=datetime(2026, 11, 1, 9, tzinfo=UTC)
    )
    school = SchoolFactory(
        telephone="01617705350",
        website="www.knowsley.oldham.sch.uk",
        establishment_number=2080,
        street="Stoneleigh Road",
        locality="Springhead",
        source=file,
        sourced_on=date(2025, 7, 17),
    )

    content = reader.get(school.get_absolute_url()).content.decode()

    assert "0161 770 5350" in content
    assert 'href="https://www.knowsley.oldham.sch.uk"' in content
    assert "353/2080" in content
    assert "Stoneleigh Road, Springhead, Oldham OL1 3QU" in content
    assert "Open Government Licence v3.0" in content


def test_example_school_says_that_it_is_invented(reader):
    school = SchoolFactory(is_example=True)

    assert "An example school." in reader.get(school.get_absolute_url()).content.decode()


@pytest.mark.parametrize("urn", ["1", "999999", "99999999999999999999", "0"])
def test_unknown_school_is_not_found(reader, urn):
    assert reader.get(f"/schools/{urn}/").status_code == 404


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("01617707500", "0161 770 7500"),
        ("01216752284", "0121 675 2284"),
        ("02075251196", "020 7525 1196"),
        ("01457872264", "01457 872264"),
        ("0113 2345678", "0113 2345678"),
        ("", ""),
    ],
)
def test_telephone_is_said_in_groups(number, said):
    assert SchoolFactory.build(telephone=number, authority=None).telephone_in_groups == said
