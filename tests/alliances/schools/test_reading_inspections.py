import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from alliances.schools.management.commands.import_register import said
from alliances.schools.models import Inspection, InspectionResult, School
from alliances.schools.services import (
    accept_register_update,
    bring_register_file,
    enter_inspection,
    import_register,
    read_register_update,
)
from partnership.audit.models import Event
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OLD_LAYOUT = "gias_allfields140_20240531.csv"
REGISTER = Path(__file__).resolve().parents[2] / "data" / "register"


def old_file(**changes):
    """The file of May 2024 with some cells of its first schools changed, by URN."""
    text = (REGISTER / OLD_LAYOUT).read_bytes().decode("cp1252").removeprefix("ï»¿")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in rows:
        row.update(changes.get(f"urn_{row['URN']}", {}))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def brought(content, **told):
    return import_register(content=content, name=OLD_LAYOUT, by=None, now=NOW, **told)


def overall_of(urn):
    rows = InspectionResult.objects.filter(inspection__school__urn=urn).order_by("area")
    return list(
        rows.values_list("inspection__framework", "inspection__inspected_on", "area", "grade")
    )


def test_old_file_tells_of_inspections_under_the_framework_of_their_day():
    first = brought(old_file())
    again = brought(old_file())

    assert overall_of(100005) == [
        ("ofsted_2015", date(2019, 3, 6), "Overall effectiveness", "Outstanding")
    ]
    assert overall_of(100008) == [
        ("ofsted_2019", date(2022, 10, 5), "Overall effectiveness", "Good")
    ]
    assert overall_of(100001) == []
    assert (first.new, again.new, again.changed) == (12, 0, 0)
    assert {each.source.name for each in Inspection.objects.all()} == {OLD_LAYOUT}
    events = Event.objects.filter(action="inspection read from a register file")
    assert events.count() == Inspection.objects.count() == 8


def test_trial_run_shows_inspections_and_keeps_none():
    told = brought(old_file(), dry_run=True)

    words = [said(entry) for entry in told.difference if entry.kind == "inspected"]
    assert len(words) == 8
    assert "Overall effectiveness: Outstanding. Ofsted’s school inspection" in words[0]
    assert not Inspection.objects.exists()


def test_import_that_leaves_inspections_out_keeps_none():
    brought(old_file(), with_inspections=False)

    assert not Inspection.objects.exists()


def test_old_file_neither_blanks_nor_contradicts_what_is_known():
    brought(old_file())
    before = list(InspectionResult.objects.order_by("pk").values())
    blank = {"OfstedLastInsp": "", "OfstedRating (name)": ""}
    other = {"OfstedRating (name)": "Inadequate"}

    told = brought(old_file(urn_100005=blank, urn_100008=other))

    assert list(InspectionResult.objects.order_by("pk").values()) == before
    assert [str(row.reason) for row in told.refused] == [
        "its inspection of 5 October 2022 is entered as “Good”, and the file says “Inadequate”"
    ]


@pytest.mark.parametrize(
    ("day", "grade", "reason"),
    [
        ("31/02/2020", "Good", "its inspection: “OfstedLastInsp” isn’t a day of the calendar"),
        ("05/06/2003", "Good", "is older than any framework that the portal knows"),
        ("05/06/2006", "Requires improvement", "can’t have been “Requires improvement”"),
        ("05/11/2024", "Good", "its inspection of 5 November 2024 gave no overall grade"),
    ],
)
def test_inspection_that_cannot_be_is_left_and_the_school_kept(day, grade, reason):
    cells = {"OfstedLastInsp": day, "OfstedRating (name)": grade}

    told = brought(old_file(urn_100005=cells))

    assert [row.urn for row in told.refused] == ["100005"]
    assert reason in told.refused[0].reason
    assert overall_of(100005) == []
    assert School.objects.filter(urn=100005).exists()


def test_inspection_before_a_school_opened_is_left_to_the_school_before():
    told = brought(old_file(urn_100005={"OpenDate": "01/09/2021"}))

    assert [row.reason for row in told.refused] == [
        "its inspection of 6 March 2019 was made before this school opened"
    ]


def test_school_in_special_measures_was_inadequate():
    brought(old_file(urn_100005={"OfstedRating (name)": "Special Measures"}))

    assert overall_of(100005)[0][-1] == "Inadequate"


def test_overall_word_of_a_file_stands_beside_what_was_entered_by_hand_of_that_day():
    brought(old_file(), with_inspections=False)
    school = School.objects.get(urn=100008)
    enter_inspection(
        school=school,
        framework="ofsted_2019",
        inspected_on=date(2022, 10, 5),
        results={"Quality of education": "Good"},
        by=PersonFactory(staff=True),
        now=NOW,
    )

    brought(old_file())

    assert [row[2:] for row in overall_of(100008)] == [
        ("Overall effectiveness", "Good"),
        ("Quality of education", "Good"),
    ]
    assert Inspection.objects.filter(school=school).count() == 1


def test_staff_accept_inspections_of_a_file_they_brought():
    staff = PersonFactory(staff=True)
    update = bring_register_file(content=io.BytesIO(old_file()), name=OLD_LAYOUT, by=staff, now=NOW)
    update = read_register_update(update=update, now=NOW)
    shown = update.changes.filter(kind="inspected").order_by("line").first().summary

    accept_register_update(update=update, by=staff, now=NOW)

    assert shown == (
        "Overall effectiveness: Outstanding. Ofsted’s school inspection framework, 2012 to 2015; "
        "inspected, 19 April 2013"
    )
    assert Inspection.objects.count() == 8
    assert {each.entered_by for each in Inspection.objects.all()} == {staff}
