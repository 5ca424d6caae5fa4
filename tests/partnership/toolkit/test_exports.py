import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from partnership.toolkit.exports import Column, export, in_batches
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db

TODAY = date(2027, 1, 12)


class Entry(NamedTuple):
    name: object
    number: object = None
    day: object = None
    moment: object = None


COLUMNS = (
    Column("Name", lambda entry: entry.name, 40),
    Column("Number", lambda entry: entry.number),
    Column("Day", lambda entry: entry.day),
    Column("Moment", lambda entry: entry.moment),
)


def exported(kind, rows):
    response = export(kind, name="entries", columns=COLUMNS, rows=rows, on=TODAY)
    body = b"".join(response.streaming_content)
    response.close()
    return response, body


def csv_rows(rows):
    _response, body = exported("csv", rows)
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def sheet_of(rows):
    _response, body = exported("xlsx", rows)
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/styles.xml").decode()


def test_a_file_is_called_after_the_list_and_the_day():
    response, body = exported("csv", [])

    assert response["Content-Disposition"] == 'attachment; filename="entries-2027-01-12.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body == b"\xef\xbb\xbfName,Number,Day,Moment\r\n"


def test_csv_says_times_on_the_clock_of_london():
    july = datetime(2026, 7, 1, 15, 0, tzinfo=UTC)

    rows = csv_rows([Entry("Siân", 7, date(2026, 7, 1), july), Entry(True), Entry(None)])

    assert rows[1:] == [
        ["Siân", "7", "01/07/2026", "01/07/2026 16:00"],
        ["Yes", "", "", ""],
        ["", "", "", ""],
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_csv_makes_harmless_what_a_spreadsheet_would_calculate(sign):
    words = f"{sign}HYPERLINK(1)"

    rows = csv_rows([Entry(words, -7)])

    assert rows[1][:2] == [f"'{words}".translate({}), "-7"]


def test_a_name_with_control_signs_leaves_them_out_of_both_files():
    sheet, _styles = sheet_of([Entry("A\x00B\x1fC\ufffe")])

    assert csv_rows([Entry("A\x00B\x1fC\ufffe")])[1][0] == "ABC"
    assert "<t>ABC</t>" in sheet


def test_excel_gets_numbers_days_and_moments_as_what_they_are():
    moment = datetime(2026, 7, 1, 15, 0, tzinfo=UTC)

    sheet, styles = sheet_of([Entry("=1+1", 105665, date(2026, 7, 1), moment)])

    assert '<c r="A2" t="inlineStr"><is><t>=1+1</t></is></c>' in sheet
    assert '<c r="B2"><v>105665</v></c>' in sheet
    assert re.search(r'<c r="C2" s="\d"><v>46204</v></c>', sheet)
    assert re.search(r'<c r="D2" s="\d"><v>46204\.66666666666\d*</v></c>', sheet)
    assert 'formatCode="dd/mm/yyyy"' in styles
    assert 'formatCode="dd/mm/yyyy hh:mm"' in styles


def test_excel_keeps_the_header_in_sight_and_columns_wide_enough():
    sheet, _styles = sheet_of([Entry("One")])

    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:D2"/>' in sheet
    assert re.search(r'<col min="1" max="1" width="40\.\d+" customWidth="1"/>', sheet)


def test_a_day_before_excel_began_is_written_out():
    sheet, _styles = sheet_of([Entry("Old school", day=date(1851, 9, 1))])

    assert "<t>01/09/1851</t>" in sheet


def test_an_empty_list_is_a_file_with_its_header():
    sheet, _styles = sheet_of([])

    assert "<t>Moment</t>" in sheet
    assert '<row r="2"' not in sheet


def test_rows_come_in_batches_without_holding_them_all(django_assert_num_queries):
    schools = [SchoolFactory() for _ in range(5)]
    rows = type(schools[0]).objects.order_by("pk").values_list("pk", flat=True)

    with django_assert_num_queries(1):
        batches = list(in_batches(rows, size=2))

    keys = [school.pk for school in schools]
    assert batches == [keys[:2], keys[2:4], keys[4:]]


def test_the_links_of_a_list_keep_its_filters_and_order_but_not_its_page():
    request = RequestFactory().get("/schools/", {"text": "st mary’s", "page": "3"})
    page = Template('{% load exports %}{% export_links "schools:school_export" %}')

    html = page.render(Context({"request": request}))

    assert 'href="/schools/export.xlsx?text=st+mary%E2%80%99s"' in html
    assert 'href="/schools/export.csv?text=st+mary%E2%80%99s"' in html
