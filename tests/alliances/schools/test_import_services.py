import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from alliances.schools.models import Authority, RegisterFile, School
from alliances.schools.register import RefusedFile
from alliances.schools.services import import_register
from partnership.audit.models import Event
from tests.factories import AuthorityFactory, SchoolFactory

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[3] / "alliances" / "schools" / "data"
OLDHAM = "gias_353_oldham_20250717.csv"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def content(name=OLDHAM):
    return (DATA / name).read_bytes()


def imported(body, name=OLDHAM, **kwargs):
    return import_register(content=body, name=name, by=None, now=NOW, **kwargs)


def everything():
    schools = list(School.objects.order_by("urn").values())
    return schools, list(RegisterFile.objects.values()), list(Event.objects.values())


def test_extract_of_oldham_becomes_108_schools():
    result = imported(content())

    assert str(result) == "108 new, 0 changed, 0 unchanged, 0 refused"
    school = School.objects.select_related("authority", "source").get(urn=105670)
    assert school.name == "Knowsley Junior School"
    assert school.authority.name == "Oldham"
    assert (school.low_age, school.high_age) == (7, 11)
    assert school.website == "www.knowsley.oldham.sch.uk"
    assert school.source.name == OLDHAM
    assert school.sourced_on == date(2025, 7, 17)
    assert Event.objects.filter(action="register imported").count() == 1
    assert Event.objects.count() == 1


def test_same_file_twice_changes_nothing():
    imported(content())
    before = everything()

    result = imported(content())

    assert str(result) == "0 new, 0 changed, 108 unchanged, 0 refused"
    assert everything() == before


def test_changed_fact_is_applied_and_audited_with_its_field():
    imported(content())
    newer = content().replace(b"01617707500", b"01617707599")

    result = imported(newer, name="gias_353_oldham_20250801.csv")

    assert str(result) == "0 new, 1 changed, 107 unchanged, 0 refused"
    school = School.objects.get(urn=105627)
    assert (school.telephone, school.version) == ("01617707599", 2)
    event = Event.objects.get(action="facts changed by the register")
    assert event.fields == ["telephone"]
    assert event.values == {"telephone": ["01617707500", "01617707599"]}
    assert set(School.objects.values_list("sourced_on", flat=True)) == {date(2025, 8, 1)}


def test_only_the_asked_authorities_are_taken():
    both = content() + content("gias_210_southwark_20250717.csv").split(b"\r\n", 1)[1]

    result = imported(both, la_codes=["210"])

    assert str(result) == "103 new, 0 changed, 0 unchanged, 0 refused"
    assert set(Authority.objects.values_list("code", flat=True)) == {"210"}


def test_authority_that_the_file_lacks_is_refused():
    with pytest.raises(RefusedFile, match=re.escape("This file has no school of 999.")):
        imported(content(), la_codes=["999"])


def test_column_that_the_file_lacks_blanks_nothing():
    imported(content())
    lines = [
        b"URN,LA (code),LA (name),EstablishmentName,EstablishmentStatus (name)",
        b"105670,353,Oldham,Knowsley Junior School,Open",
    ]

    result = imported(b"\r\n".join(lines) + b"\r\n", name="short_20250901.csv")

    assert str(result) == "0 new, 0 changed, 1 unchanged, 0 refused"
    assert School.objects.get(urn=105670).telephone != ""
    assert School.objects.count() == 108


def test_bad_row_is_named_and_the_others_count():
    bad = content().replace(b'105638,"353"', b'1O5638,"353"').replace(b"01-09-2010", b"31-02-2010")

    result = imported(bad)

    reasons = [str(row) for row in result.refused]
    assert reasons[0] == ("Line 3, URN 1O5638: “URN” isn’t a number of five to seven digits.")
    assert "“OpenDate” isn’t a day of the calendar." in reasons[1]
    assert result.new == 108 - len(result.refused)
    assert School.objects.count() == result.new


def test_example_school_is_never_overwritten_by_a_file():
    example = SchoolFactory(urn=105670, name="Example School", is_example=True)

    result = imported(content())

    assert [(row.urn, row.reason) for row in result.refused] == [
        ("105670", "this number belongs to an example school")
    ]
    example.refresh_from_db()
    assert example.name == "Example School"


def test_school_that_moves_authority_says_so():
    AuthorityFactory(code="999", name="Elsewhere")
    imported(content())
    moved = content().replace(b'105627,"353","Oldham"', b'105627,"999","Elsewhere"')

    imported(moved, name="gias_20250801.csv")

    event = Event.objects.get(action="facts changed by the register")
    assert event.values == {"authority": ["353", "999"]}
    assert School.objects.get(urn=105627).authority.code == "999"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "This file is empty."),
        (b"\xef\xbb\xbf\r\n ", "This file is empty."),
        (b"PK\x03\x04 not a table", "This isn’t a CSV file of text"),
        (b"\x00\x01\x02", "This isn’t a CSV file of text"),
        (b"name,age\r\nAda,36\r\n", "it has no column “URN”"),
        (b"hello\x81\r\n", "neither Windows-1252 nor UTF-8"),
        (content().split(b"\r\n")[0] + b"\r\n", "a header and no schools"),
        (content()[:20_000], "cut short|breaks off"),
        (content()[:-30], "cut short|breaks off"),
        (content().replace(b"105638,", b"105627,", 1), "URN 105627 stands on lines 2 and 3"),
        (content().replace(b'"OpenDate"', b'"URN"', 1), "has the column “URN” twice"),
        (content().replace(b'"Moorby Street"', b'"Moorby" Street', 1), "breaks off at line 2"),
    ],
)
def test_wrong_file_is_refused_in_one_sentence_with_nothing_changed(body, sentence):
    imported(content("gias_210_southwark_20250717.csv"), name="gias_210_20250717.csv")
    before = everything()

    with pytest.raises(RefusedFile, match=sentence):
        imported(body)

    assert everything() == before


def test_trial_run_changes_nothing(capsys):
    call_command("import_register", str(DATA / OLDHAM), "--dry-run")

    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Line 2: new, Beever Primary School, URN 105627"
    assert len(told) == 110
    assert told[108:] == [
        "A trial run: nothing was changed.",
        "108 new, 0 changed, 0 unchanged, 0 refused",
    ]
    assert not School.objects.exists()
    assert not Authority.objects.exists()


def test_command_ends_with_the_counts(capsys, tmp_path):
    file = tmp_path / "extract_20250717.csv"
    file.write_bytes(content().replace(b'105638,"353"', b'x,"353"'))

    call_command("import_register", str(file), "--la", "353")

    assert capsys.readouterr().out.splitlines() == [
        "Line 3, URN x: “URN” isn’t a number of five to seven digits.",
        "107 new, 0 changed, 0 unchanged, 1 refused",
    ]


def test_command_refuses_a_wrong_file_in_one_sentence(tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n")

    with pytest.raises(CommandError) as refused:
        call_command("import_register", str(file))

    assert str(refused.value) == (
        "This isn’t an extract of the national register: it has no column “URN”. "
        "Nothing was changed."
    )


def test_command_says_that_there_is_no_such_file(tmp_path):
    with pytest.raises(CommandError, match="can’t be read: No such file or directory"):
        call_command("import_register", str(tmp_path / "none.csv"))


def test_import_reports_how_far_it_is():
    told = []

    imported(content(), report=lambda done, total: told.append((done, total)))

    assert told == [(108, 108)]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_each_school_once():
    def import_and_close():
        try:
            return imported(content())
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as workers:
        results = [each.result() for each in [workers.submit(import_and_close) for _ in range(2)]]

    assert sorted(result.new + result.unchanged for result in results) == [108, 108]
    assert School.objects.count() == 108
    assert RegisterFile.objects.count() == 1
