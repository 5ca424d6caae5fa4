import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.schools.models import RegisterFile, School
from alliances.schools.register import RefusedFile, read_register
from alliances.schools.register.layout import day
from alliances.schools.services import import_register
from partnership.audit.models import Event

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "tests" / "data" / "register"
PUBLISHED = ROOT / "alliances" / "schools" / "data"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OLDHAM = "gias_353_oldham_20250717.csv"
ALL_FIELDS = "gias_allfields135_353_20250718.csv"
YESTERDAY = "schools_353_20231116.csv"
BEFORE_ACCEPTING = ("version", "source_id", "sourced_on", "search_text")


def body(name):
    return (DATA / name if (DATA / name).exists() else PUBLISHED / name).read_bytes()


def brought(name, content=None, **kwargs):
    return import_register(content=content or body(name), name=name, by=None, now=NOW, **kwargs)


def facts_of_all():
    return {
        school.pop("urn"): {
            key: fact for key, fact in school.items() if key not in BEFORE_ACCEPTING
        }
        for school in School.objects.values()
    }


def rewritten(content, change=lambda row: row, encoding="utf-8-sig", keep=None):
    """The same table with rows changed, and only some of its columns."""
    table = list(
        csv.DictReader(io.StringIO(content.decode("cp1252").removeprefix("ï»¿"), newline=""))
    )
    names = [name for name in table[0] if keep is None or name in keep]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(filter(None, (change(dict(row)) for row in table)))
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("name", "rows", "facts", "layout"),
    [
        (OLDHAM, 108, 30, "04c985217ce3"),
        ("gias_353_oldham_academies_20250717.csv", 12, 29, "83a0e6493d8a"),
        ("gias_nonascii_names_20250717.csv", 4, 30, "04c985217ce3"),
        (ALL_FIELDS, 36, 33, "8e86b40e4bee"),
        ("gias_allfields140_20240531.csv", 12, 35, "3c2a882c9af4"),
        (YESTERDAY, 228, 19, "0ea043c4ca4c"),
    ],
)
def test_every_published_layout_is_read_whole(name, rows, facts, layout):
    contents = read_register(body(name), name=name)

    assert (len(contents.schools), contents.refused) == (rows, [])
    assert (len(contents.fields), contents.layout) == (facts, layout)


def test_names_beyond_ascii_are_read_as_they_are():
    names = {
        str(each.facts["name"])
        for each in read_register(body("gias_nonascii_names_20250717.csv")).schools
    }

    assert any("à" in name for name in names)
    assert any("°" in name for name in names)


def test_own_names_of_columns_are_read_too():
    school = next(
        each.facts for each in read_register(body(YESTERDAY)).schools if each.urn == 105736
    )

    assert school["name"] == "Saddleworth School"
    assert (school["authority_code"], school["establishment_number"]) == ("353", 4026)
    assert school["phase"] == "Secondary"


def test_what_spreadsheets_and_double_encoding_did_is_undone():
    content = rewritten(
        body(OLDHAM),
        lambda row: (
            row
            | {
                "TelephoneNum": row["TelephoneNum"].removeprefix("0"),
                "Street": "St James\x92s Passage",
            }
        ),
    )

    school = next(each.facts for each in read_register(content).schools if each.urn == 105627)

    assert school["telephone"] == "01617707500"
    assert school["street"] == "St James’s Passage"


@given(st.dates(date(1700, 1, 1), date(2100, 12, 31)))
def test_every_form_of_a_date_is_the_same_day(when):
    forms = {
        day(when.strftime(form), 0) for form in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", " %d-%m-%Y ")
    }

    assert forms == {when}


@given(
    keep=st.sets(
        st.sampled_from(
            [
                "Street",
                "TelephoneNum",
                "UKPRN",
                "OpenDate",
                "Postcode",
                "TypeOfEstablishment (name)",
            ]
        )
    ),
    rows=st.sets(st.integers(0, 107), min_size=1),
    days=st.integers(-400, 400),
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_file_says_nothing_of_columns_or_schools_that_it_lacks(db, keep, rows, days):
    School.objects.all().delete()
    RegisterFile.objects.all().delete()
    brought(OLDHAM)
    before = facts_of_all()
    required = {
        "URN",
        "LA (code)",
        "LA (name)",
        "EstablishmentName",
        "EstablishmentStatus (name)",
    }
    wanted = {urn for at, urn in enumerate(sorted(before)) if at in rows}
    content = rewritten(
        body(OLDHAM),
        lambda row: row if int(row["URN"]) in wanted else None,
        keep=required | keep,
    )
    name = f"short_{date(2025, 7, 17) + timedelta(days=days):%Y%m%d}.csv"

    result = brought(name, content)

    assert str(result) == f"0 new, 0 changed, {len(wanted)} unchanged, 0 refused"
    assert facts_of_all() == before


def test_a_column_that_is_blank_from_top_to_bottom_says_nothing():
    brought(OLDHAM)
    before = facts_of_all()

    brought("blank_20250801.csv", rewritten(body(OLDHAM), lambda row: row | {"Postcode": ""}))

    assert facts_of_all() == before


def test_the_layout_with_all_fields_fills_what_the_shorter_one_lacks():
    brought(OLDHAM)
    school = School.objects.get(urn=105627)
    assert (school.pupils, school.easting) == (None, None)

    brought(ALL_FIELDS)

    school.refresh_from_db()
    assert (school.pupils, school.easting) == (217, 393181)
    assert (school.phase_code, school.type_code, school.status_code) == (2, 1, 1)


def test_an_older_file_of_another_layout_only_fills_gaps():
    brought(OLDHAM)
    before = facts_of_all()

    result = brought(YESTERDAY)

    after = facts_of_all()
    assert result.new == 228 - 94
    assert School.objects.get(urn=105627).pupils is not None
    filled = {
        name
        for urn, facts in before.items()
        for name, fact in facts.items()
        if after[urn][name] != fact
    }
    assert filled == {"pupils", "easting", "northing"}


def test_a_file_older_than_the_last_of_its_layout_is_refused_in_one_sentence():
    brought(OLDHAM)
    before = facts_of_all()

    with pytest.raises(RefusedFile) as refused:
        brought("gias_353_oldham_20240717.csv", body(OLDHAM).replace(b"Beever", b"Beaver"))

    assert str(refused.value) == (
        "This file is older than the last of its kind, which is of 17 July 2025."
    )
    assert facts_of_all() == before


def test_older_is_judged_by_authority():
    brought(OLDHAM)
    both = body(OLDHAM) + body("gias_210_southwark_20250717.csv").split(b"\r\n", 1)[1]

    result = brought("gias_20240101.csv", both)

    assert (result.new, result.changed, len(result.refused)) == (103, 0, 108)
    assert result.refused[0].reason == "a newer file of this kind was read, of 17 July 2025"


def test_a_file_whose_day_nobody_knows_is_never_older():
    brought("results.csv", body(OLDHAM))

    result = brought(OLDHAM, body(OLDHAM).replace(b"01617707500", b"01617707599"))

    assert result.changed == 1


def test_the_day_of_a_file_may_be_said():
    brought("results.csv", body(OLDHAM), published_on=date(2024, 5, 31))

    file = RegisterFile.objects.get()
    assert (file.name, file.published_on) == ("results.csv", date(2024, 5, 31))
    assert len(file.sha256) == 64
    assert set(School.objects.values_list("sourced_on", flat=True)) == {date(2024, 5, 31)}


def test_nobody_is_closed_but_by_a_status():
    brought(OLDHAM)

    closing = rewritten(
        body(OLDHAM),
        lambda row: (
            row | {"EstablishmentStatus (name)": "Closed"} if row["URN"] == "105627" else None
        ),
    )
    result = brought("closing_20250801.csv", closing)

    assert [entry.kind for entry in result.difference] == ["closed"]
    assert list(School.objects.filter(status="Closed").values_list("urn", flat=True)) == [105627]


def test_the_registers_head_is_kept_but_no_event_names_her():
    named = rewritten(
        body(OLDHAM),
        lambda row: (
            row | {"HeadTitle (name)": "Ms", "HeadFirstName": "Ada", "HeadLastName": "Example"}
        ),
    )
    brought(OLDHAM)

    result = brought("heads_20250801.csv", named)

    assert result.changed == 108
    assert School.objects.get(urn=105627).head_name == "Ms Ada Example"
    event = Event.objects.filter(action="facts changed by the register").first()
    assert (event.fields, event.values) == (["head_name"], {})


@pytest.mark.parametrize(
    ("phase", "ages", "served"),
    [
        ("Primary", (3, 11), "Primary"),
        ("Not applicable", (3, 11), "Primary"),
        ("Not applicable", (11, 16), "Secondary"),
        ("Not applicable", (4, 19), "All-through"),
        ("Not applicable", (None, None), ""),
    ],
)
def test_a_special_school_serves_a_phase_by_its_ages(phase, ages, served):
    low, high = ages

    assert School(phase=phase, low_age=low, high_age=high).served() == served


def test_conversions_are_found_and_wait_to_be_accepted():
    brought(YESTERDAY)

    result = brought(OLDHAM)

    converted = [entry for entry in result.difference if entry.kind == "converted"]
    assert len(converted) == 14
    assert School.objects.get(urn=105736).status == "Open"
    again = brought(OLDHAM)
    assert str(again) == "0 new, 0 changed, 108 unchanged, 0 refused"
