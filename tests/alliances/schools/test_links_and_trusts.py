from datetime import date
from io import BytesIO

import pytest
from django.core.management import call_command

from alliances.schools.models import GroupSchool, School, SchoolGroup, SchoolLink
from alliances.schools.register import RefusedFile
from alliances.schools.services import (
    accept_conversion,
    accept_register_update,
    bring_register_file,
    read_register_update,
)
from tests.alliances.schools.test_layouts import (
    ALL_FIELDS,
    DATA,
    NOW,
    OLDHAM,
    YESTERDAY,
    body,
    brought,
)
from tests.alliances.schools.test_register_pages import (  # noqa: F401 fixtures of the pages
    _empty_queue,
    run_task,
    staff,
)
from tests.alliances.schools.test_register_pages import brought as brought_on_the_page
from tests.factories import (
    InspectionFactory,
    PersonFactory,
    SchoolFactory,
    SchoolLinkFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db

LINKS = "links_353_20250422.csv"
TRUSTS = "academiesmatmembership_353_20250901.csv"
HEADER = (
    '"Group UID","Group ID","Group Name","Group Type","Group Status","Joined date","Academy URN"'
)


def trust_file(*rows):
    return ("\r\n".join([HEADER, *rows]) + "\r\n").encode()


def spans(urn):
    rows = GroupSchool.objects.filter(school__urn=urn).order_by("pk")
    return list(rows.values_list("group__uid", "joined_on", "left_on"))


def test_links_are_kept_once_for_both_directions_and_twice_changes_nothing():
    brought(OLDHAM)

    first = brought(LINKS)
    again = brought(LINKS)

    assert first.changed == 0
    assert first.new == SchoolLink.objects.count() > 50
    assert str(again) == f"0 new, 0 changed, {first.new} unchanged, 0 refused"
    link = SchoolLink.objects.get(successor_urn=151361)
    assert (link.predecessor_urn, link.linked_on) == (105736, date(2024, 11, 30))
    assert link.predecessor_name == "Saddleworth School"


def test_a_link_between_schools_elsewhere_is_passed_over():
    assert str(brought(LINKS)) == "0 new, 0 changed, 0 unchanged, 0 refused"
    assert not SchoolLink.objects.exists()


def test_a_link_between_two_schools_here_waits_to_be_accepted():
    brought(YESTERDAY)
    brought(OLDHAM)

    brought(LINKS)

    waiting = SchoolLink.objects.to_hand_over()
    assert waiting.filter(predecessor_urn=105736, successor_urn=151361).exists()
    closed = School.objects.filter(status="Closed").values("urn")
    assert not waiting.filter(predecessor_urn__in=closed).exists()


def test_a_bad_link_is_refused_with_its_line(capsys, tmp_path):
    brought(OLDHAM)
    file = tmp_path / "links_20250422.csv"
    file.write_text(
        "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
        "105627,x,Old School,Predecessor,01-09-2010\n"
        "105627,105627,Beever,Predecessor,01-09-2010\n"
        "105627,100001,Old School,Predecessor,01-09-2010\n"
    )

    call_command("import_register", str(file))

    assert capsys.readouterr().out.splitlines() == [
        "Line 2, URN 105627: it isn’t a number of five to seven digits.",
        "Line 3, URN 105627: it links a school to itself.",
        "1 new, 0 changed, 0 unchanged, 2 refused",
    ]


def test_trusts_are_joined_with_their_days():
    brought(OLDHAM)

    result = brought(TRUSTS)

    assert (result.new, result.changed, len(result.refused)) == (61, 0, 0)
    school = School.objects.get(urn=136027)
    assert school.trust_name == "OASIS COMMUNITY LEARNING"
    assert spans(136027) == [(4076, date(2010, 9, 1), None)]
    group = SchoolGroup.objects.get(uid=4076)
    assert (group.kind, group.companies_house) == ("Multi-academy trust", "05398529")
    assert str(brought(TRUSTS)) == "0 new, 0 changed, 61 unchanged, 0 refused"


def test_a_school_that_joins_another_trust_leaves_the_first_that_day():
    brought(OLDHAM)
    brought(TRUSTS)

    result = brought(
        "trusts_20260901.csv",
        trust_file('"900","TR900","NEW TRUST","Multi-academy trust","Open","01/04/2026","136027"'),
    )

    assert (result.new, result.changed) == (1, 1)
    assert spans(136027) == [
        (4076, date(2010, 9, 1), date(2026, 4, 1)),
        (900, date(2026, 4, 1), None),
    ]
    assert School.objects.get(urn=136027).trust_name == "NEW TRUST"
    assert SchoolGroup.objects.get(uid=4076).schools.filter(left_on=None).exists()


def test_an_older_file_of_trusts_takes_nobody_back():
    brought(OLDHAM)
    brought(TRUSTS)

    brought(
        "trusts_20200901.csv",
        trust_file('"900","TR900","OLD TRUST","Multi-academy trust","Open","","136027"'),
    )

    assert spans(136027) == [(4076, date(2010, 9, 1), None)]


def test_a_trust_with_another_name_is_renamed_for_its_schools():
    brought(OLDHAM)
    brought(TRUSTS)

    result = brought(
        "trusts_20260901.csv",
        trust_file('"4076","TR01553","OASIS TRUST","Multi-academy trust","Open","","136027"'),
    )

    assert [step.kind for step in result.difference] == ["renamed"]
    names = School.objects.filter(groups__group__uid=4076).values_list("trust_name", flat=True)
    assert set(names) == {"OASIS TRUST"}


def test_the_columns_of_the_register_tell_trusts_and_federations_too():
    content = body(ALL_FIELDS)
    brought(ALL_FIELDS, content)
    in_trusts = GroupSchool.objects.filter(left_on=None).count()

    assert in_trusts == School.objects.exclude(trust_name="").count() > 0
    assert brought(ALL_FIELDS, content).changed == 0


def test_a_blank_trust_where_others_have_one_means_that_it_left():
    brought(OLDHAM)
    brought(TRUSTS)
    lines = [
        "URN,LA (code),LA (name),EstablishmentName,EstablishmentStatus (name),Trusts (code),Trusts (name)",
        "136027,353,Oldham,Oasis Academy Oldham,Open,,",
        '149868,353,Oldham,"St Edwards Roman Catholic Primary, a Voluntary Academy",Open,900,NEW',
    ]

    result = brought("trusts_20260101.csv", "\r\n".join(lines).encode() + b"\r\n")

    assert (result.new, result.changed, result.unchanged) == (0, 2, 0)
    assert spans(136027) == [(4076, date(2010, 9, 1), date(2026, 1, 1))]
    assert School.objects.get(urn=136027).trust_name == ""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"Group UID,Group Name,Group Type\r\n1,A,Trust\r\n",
            "This file names trusts but no schools in them.",
        ),
        (
            b"URN,LinkURN,LinkName,LinkType\r\n",
            "This file has a header and nothing below it.",
        ),
        (
            b'"URN","LinkURN","LinkName","LinkType"\r\n"105627","105628"',
            "This file is cut short: its last line isn’t whole.",
        ),
    ],
)
def test_a_wrong_file_of_links_or_trusts_is_refused_in_one_sentence(content, sentence):
    with pytest.raises(RefusedFile, match=sentence):
        brought("file_20250101.csv", content)


def test_links_and_trusts_are_accepted_on_the_page_too(client, staff):  # noqa: F811 the fixture
    brought(OLDHAM)
    for name in (LINKS, TRUSTS):
        update = brought_on_the_page(client, (DATA / name).read_bytes(), name)
        page = client.get(update.get_absolute_url()).text
        assert ("became this one" in page) == (name == LINKS)
        client.post(f"{update.get_absolute_url()}accept/", {"accept": "all"})
        run_task()
        update.refresh_from_db()
        assert update.state == "applied"

    assert SchoolLink.objects.count() > 50
    assert GroupSchool.objects.count() == 61


def test_a_register_with_trusts_accepted_on_the_page_joins_new_schools(client, staff):  # noqa: F811 the fixture
    update = brought_on_the_page(client, body(ALL_FIELDS), ALL_FIELDS)
    client.post(f"{update.get_absolute_url()}accept/", {"accept": "all"})
    run_task()

    update.refresh_from_db()
    assert update.state == "applied"
    assert School.objects.exclude(trust_name="").count() == GroupSchool.objects.count() > 0


def test_the_page_of_a_school_shows_what_came_before_and_its_trusts(
    client,
    staff,  # noqa: F811 the fixture
    django_assert_num_queries,
):
    brought(YESTERDAY)
    brought(OLDHAM)
    brought(LINKS)
    brought(TRUSTS)
    client.get("/schools/136027/")

    with django_assert_num_queries(8):
        page = client.get("/schools/151361/")
    before = client.get("/schools/105736/")

    assert 'Followed <a href="/schools/105736/">Saddleworth School</a>' in page.text
    assert 'Became <a href="/schools/151361/">Saddleworth School</a>' in before.text
    assert "30 November 2024" in page.text
    assert "Trust and federation" in page.text


def test_the_page_asks_nine_times_however_much_came_before(client, django_assert_num_queries):
    head = SchoolPostFactory(kind="head")
    school = head.school
    for number, day in enumerate((date(2020, 9, 1), None, date(2024, 9, 1))):
        names = {"predecessor_name": f"Before {number}", "predecessor_urn": 900_500 + number}
        SchoolLinkFactory(successor_urn=school.urn, linked_on=day, **names)
        trust = SchoolGroup.objects.create(uid=number, name=f"Trust {number}", kind="Trust")
        GroupSchool.objects.create(
            group=trust, school=school, left_on=None if number else date(2024, 8, 31)
        )
        InspectionFactory(school=school, inspected_on=date(2021 + number, 5, 1))
    client.force_login(head.person)
    client.get(f"/schools/{school.urn}/")

    with django_assert_num_queries(9):
        page = client.get(f"/schools/{school.urn}/")

    shown = page.context
    assert [link.predecessor_name for link in shown["links"]] == [
        "Before 2",
        "Before 0",
        "Before 1",
    ]
    assert [each.name for each in shown["groups"]] == ["Trust 0", "Trust 1", "Trust 2"]
    assert [each["inspection"].inspected_on.year for each in shown["inspections"]] == [
        2023,
        2022,
        2021,
    ]


def test_school_that_only_an_older_file_has_is_named_as_one_that_converted_since():
    brought(OLDHAM)
    officer = PersonFactory(staff=True)
    content = BytesIO(body(YESTERDAY))
    update = bring_register_file(content=content, name=YESTERDAY, by=officer, now=NOW)
    update = read_register_update(update=update, now=NOW)
    row = update.changes.get(urn=105736)

    accept_register_update(update=update, by=officer, now=NOW)

    link = SchoolLink.objects.to_hand_over().get(predecessor_urn=105736)
    assert (row.kind, row.successor.urn) == ("new", 151361)
    assert (link.successor_urn, link.linked_on) == (151361, date(2025, 4, 1))
    accept_conversion(link=link, by=officer, now=NOW)
    before = School.objects.get(urn=105736)
    assert (before.status, before.closed_on) == ("Closed", date(2025, 3, 31))


def test_what_an_older_file_has_is_no_conversion_where_two_schools_can_be_meant():
    brought(OLDHAM)
    after = School.objects.get(urn=151361)
    twin = SchoolFactory(
        name=after.name,
        postcode=after.postcode,
        authority=after.authority,
        establishment_number=after.establishment_number,
        opened_on=after.opened_on,
    )

    brought(YESTERDAY)

    assert not SchoolLink.objects.filter(predecessor_urn=105736).exists()
    assert not SchoolLink.objects.filter(successor_urn=twin.urn).exists()
