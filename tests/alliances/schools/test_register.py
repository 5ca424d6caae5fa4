import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.schools.register import RefusedFile, day_in, read_register

DATA = Path(__file__).resolve().parents[3] / "alliances" / "schools" / "data"
BIRMINGHAM = (DATA / "gias_330_birmingham_20250717.csv").read_bytes()
TABLE = list(csv.reader(io.StringIO(BIRMINGHAM.decode("cp1252"), newline="")))
HEADER, ROWS = TABLE[0], TABLE[1:41]


def written(header, rows, *, quoting=csv.QUOTE_ALL, end="\r\n", encoding="utf-8"):
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def facts(content):
    contents = read_register(content)
    assert contents.refused == []
    return sorted((each.facts for each in contents.schools), key=lambda each: each["urn"])


def test_real_extracts_are_read_whole():
    counts = {
        path.name: len(read_register(path.read_bytes()).schools) for path in DATA.glob("*.csv")
    }

    assert counts == {
        "gias_353_oldham_20250717.csv": 108,
        "gias_330_birmingham_20250717.csv": 444,
        "gias_210_southwark_20250717.csv": 103,
    }


def test_facts_are_read_as_what_they_are():
    oldham = (DATA / "gias_353_oldham_20250717.csv").read_bytes()

    school = next(each for each in read_register(oldham).schools if each.urn == 149868)

    assert school.facts["name"] == "St Edwards Roman Catholic Primary, a Voluntary Academy"
    assert school.facts["opened_on"] == date(2023, 12, 1)
    assert school.facts["postcode"] == "OL4 3LQ"
    assert school.facts["authority_code"] == "353"
    assert (school.facts["low_age"], school.facts["high_age"]) == (3, 11)


def test_names_in_windows_1252_and_in_utf_8_are_read_alike():
    row = list(ROWS[0])
    row[HEADER.index("EstablishmentName")] = "St Thomas à Becket 180°"

    names = {
        encoding: facts(written(HEADER, [row], encoding=encoding))[0]["name"]
        for encoding in ("cp1252", "utf-8", "utf-8-sig")
    }

    assert set(names.values()) == {"St Thomas à Becket 180°"}


def test_fax_column_of_the_academies_extract_is_passed_over():
    header = [*HEADER[:26], "FaxNum", *HEADER[26:]]
    rows = [[*row[:26], "01210000000", *row[26:]] for row in ROWS]

    assert facts(written(header, rows)) == facts(written(HEADER, ROWS))


@given(
    order=st.permutations(range(len(ROWS))),
    columns=st.permutations(range(len(HEADER))),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\r\n", "\n"]),
    encoding=st.sampled_from(["cp1252", "utf-8", "utf-8-sig"]),
)
@settings(max_examples=30, deadline=None)
def test_order_quoting_and_encoding_change_no_fact(order, columns, quoting, end, encoding):
    header = [HEADER[at] for at in columns]
    rows = [[ROWS[row][at] for at in columns] for row in order]

    content = written(header, rows, quoting=quoting, end=end, encoding=encoding)

    assert facts(content) == facts(written(HEADER, ROWS))


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_other_bytes_are_refused_in_a_sentence(content):
    with pytest.raises(RefusedFile) as refused:
        read_register(content)

    assert str(refused.value).endswith(".")


@given(cut=st.integers(1, len(BIRMINGHAM) - 3))
@settings(max_examples=60, deadline=None)
def test_a_cut_file_is_refused_unless_it_ends_with_a_whole_line(cut):
    content = BIRMINGHAM[:cut]
    try:
        contents = read_register(content)
    except RefusedFile:
        return

    last = list(csv.reader(io.StringIO(content.decode("cp1252"), newline="")))[-1]
    assert len(last) == len(HEADER)
    assert last in TABLE
    assert contents.refused == []


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("URN", "12", "“URN” isn’t a number of five to seven digits"),
        ("URN", "１０５６２７", "“URN” isn’t a number of five to seven digits"),
        ("LA (code)", "Oldham", "“LA (code)” isn’t a number of three digits"),
        ("EstablishmentName", " ", "“EstablishmentName” is empty"),
        ("EstablishmentName", "a" * 121, "“EstablishmentName” has more than 120 characters"),
        ("EstablishmentStatus (name)", "Ajar", "isn’t a status that the register uses"),
        ("OpenDate", "1.9.2010", "“OpenDate” isn’t a date like 01-09-2010"),
        ("OpenDate", "31-02-2010", "“OpenDate” isn’t a day of the calendar"),
        ("StatutoryLowAge", "three", "“StatutoryLowAge” isn’t a number of up to 2 digits"),
    ],
)
def test_row_that_cannot_be_is_refused_with_its_line_and_reason(column, cell, reason):
    rows = [list(row) for row in ROWS[:3]]
    rows[1][HEADER.index(column)] = cell

    contents = read_register(written(HEADER, rows))

    assert [(row.line, row.reason[-len(reason) :]) for row in contents.refused] == [(3, reason)]
    assert len(contents.schools) == 2


def test_row_with_too_few_cells_in_the_middle_is_refused():
    contents = read_register(written(HEADER, [ROWS[0], ROWS[1][:20], ROWS[2]]))

    assert [str(row) for row in contents.refused] == [
        f"Line 3, URN {ROWS[1][0]}: it has 20 columns where the header has 33."
    ]


def test_line_numbers_count_lines_inside_a_cell():
    rows = [list(row) for row in ROWS[:3]]
    rows[0][HEADER.index("Street")] = "First line\r\nsecond line"
    rows[1][HEADER.index("URN")] = "x"

    contents = read_register(written(HEADER, rows))

    assert contents.refused[0].line == 4
    assert contents.schools[0].facts["street"] == "First line second line"


def test_row_too_short_to_have_a_number_is_refused():
    header = [HEADER[1], *HEADER[2:], HEADER[0]]
    rows = [[*row[1:], row[0]] for row in ROWS[:3]]

    contents = read_register(written(header, [rows[0], rows[1][:5], rows[2]]), la_codes=["330"])

    assert [str(row) for row in contents.refused] == [
        "Line 3: it has 5 columns where the header has 33."
    ]


def test_blank_lines_are_passed_over():
    content = written(HEADER, ROWS[:2]).replace(b"\r\n", b"\r\n\r\n")

    contents = read_register(content)

    assert [each.line for each in contents.schools] == [3, 5]


def test_file_of_blank_cells_is_no_extract():
    with pytest.raises(RefusedFile, match="no column “URN”"):
        read_register(b",,,\r\n")


@pytest.mark.parametrize(
    ("cell", "website"),
    [
        ("http://www.oak.example/", "www.oak.example"),
        ("HTTPS://oak.example/school/", "oak.example/school/"),
        ("www.oak.example", "www.oak.example"),
        ("http://", ""),
    ],
)
def test_website_is_kept_without_its_scheme(cell, website):
    row = list(ROWS[0])
    row[HEADER.index("SchoolWebsite")] = cell

    read = facts(written(HEADER, [row, ROWS[1]]))

    assert next(each for each in read if each["urn"] == int(row[0]))["website"] == website


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("edubasealldata20250717.csv", date(2025, 7, 17)),
        ("gias-2025-07-17.csv", date(2025, 7, 17)),
        ("extract20259999.csv", None),
        ("extract.csv", None),
    ],
)
def test_day_of_publication_is_read_from_the_name(name, day):
    assert day_in(name) == day
