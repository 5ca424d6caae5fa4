import logging
import re
from datetime import UTC, datetime

import pytest

from partnership.toolkit.documents import pdf, pdf_response
from tests.names import ACCEPTED

NOW = datetime(2027, 1, 12, 16, tzinfo=UTC)


def profile(name="Diggle School", **facts):
    told = {
        "name": name,
        "lead": "Primary, Oldham",
        "facts": [["URN", "105665"]],
        "groups": "Dovestone Learning Partnership",
        "posts": [["Headteacher", "Siân O’Neill"]],
        "source": "From the register of 1 July 2026.",
        "foot": "Printed on Tuesday 12 January 2027",
    }
    return pdf("schools/school_profile.typ", told | facts, at=NOW)


def test_a_pdf_is_tagged_titled_and_says_its_language():
    made = profile()

    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert re.search(rb"/Lang\s*\(en-GB\)", made)
    assert b"pdfuaid:part" in made
    assert b"Diggle School" in made


@pytest.mark.parametrize("name", sorted({shown for _value, shown in ACCEPTED}))
def test_every_name_has_its_signs(name, caplog):
    with caplog.at_level(logging.WARNING):
        made = profile(name, posts=[["Headteacher", name]])

    assert b"pdfuaid:part" in made
    assert caplog.records == []


def test_what_people_wrote_is_data_and_never_markup():
    words = '#panic("no") *bold* $x$ @ref <label> \\u{41} "quoted" // no comment'

    made = profile(words, lead=words, posts=[[words, words]])

    assert b"pdfuaid:part" in made


def test_control_signs_are_left_out():
    assert b"pdfuaid:part" in profile("Jo\x00e\x1f\x7f")


def test_a_sign_that_no_font_has_is_printed_without_claiming_to_be_accessible(caplog):
    with caplog.at_level(logging.WARNING):
        made = profile("School \U00013080")

    assert made.startswith(b"%PDF-")
    assert b"pdfuaid:part" not in made
    assert [record.getMessage() for record in caplog.records] == [
        "PDF with a sign that no font has"
    ]


def test_a_pdf_is_downloaded_under_its_name_and_kept_by_nobody():
    response = pdf_response(b"%PDF-", name="diggle-school-2027-01-12")

    assert response["Content-Disposition"] == (
        'attachment; filename="diggle-school-2027-01-12.pdf"'
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
