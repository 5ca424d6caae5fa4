import hashlib
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.toolkit.uploads import CheckedFile, checked, shown_name, stored_path

MAX = 1_000_000
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
JPG = b"\xff\xd8\xff\xe0" + b"\x00" * 20


def packed(*names, size=10, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name in names:  # a ZipInfo of its own holds no clock: the bytes are always the same
            archive.writestr(zipfile.ZipInfo(name), b"\x00" * size, compression)
    return stream.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
PPTX = packed("[Content_Types].xml", "ppt/presentation.xml")


def upload(content, name="paper.pdf"):
    return SimpleUploadedFile(name, content)


def refusal(content, name="paper.pdf", max_bytes=MAX):
    with pytest.raises(ValidationError) as refused:
        checked(upload(content, name), max_bytes=max_bytes)
    (sentence,) = refused.value.messages
    return sentence


@pytest.mark.parametrize(
    ("content", "kind", "content_type"),
    [
        (PDF, "pdf", "application/pdf"),
        (PNG, "png", "image/png"),
        (JPG, "jpg", "image/jpeg"),
        (DOCX, "docx", "wordprocessingml.document"),
        (XLSX, "xlsx", "spreadsheetml.sheet"),
        (PPTX, "pptx", "presentationml.presentation"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_is_taken_for_what_it_holds(content, kind, content_type):
    file = upload(content, f"Agenda.{kind}")

    found = checked(file, max_bytes=MAX)

    assert found == CheckedFile(
        name=f"Agenda.{kind}",
        kind=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    assert found.content_type.endswith(content_type)
    assert file.read() == content


def test_a_wrong_ending_is_put_right():
    assert checked(upload(PNG, "photo.pdf"), max_bytes=MAX).name == "photo.png"


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\x00" * 60,
        b"#!/bin/sh\nrm -rf /",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 60,
        b"GIF89a" + b"\x00" * 20,
        b" %PDF-1.7",
        b"x",
        packed("evil.exe"),
        packed("word/document.xml"),
        packed("[Content_Types].xml", "other/part.xml"),
    ],
)
def test_a_renamed_file_of_another_kind_is_refused(content):
    assert refusal(content) == "Upload a PDF, Word, Excel, PowerPoint, PNG or JPEG file."


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "vbaProject.bin"])
def test_macros_are_refused(part):
    content = packed("[Content_Types].xml", "word/document.xml", part)

    assert refusal(content, "letter.docx") == (
        "This file holds macros. Save it without them and upload it anew."
    )


def test_a_file_that_unpacks_to_too_much_is_refused():
    bomb = packed("[Content_Types].xml", "word/document.xml", "word/a.xml", size=70_000_000)

    assert len(bomb) < MAX
    assert refusal(bomb, "bomb.docx") == (
        "This file unpacks to more than 200 MB. Upload a smaller one."
    )


def test_an_empty_file_is_refused():
    assert refusal(b"") == "This file is empty. Choose another."


def test_a_file_may_be_as_large_as_is_allowed_and_no_larger():
    assert checked(upload(PDF), max_bytes=len(PDF)).size == len(PDF)
    big = b"%PDF-" + b"x" * 2_000_000
    assert refusal(big, max_bytes=2_000_000) == (
        "This file is larger than 2 MB. Upload a smaller one."
    )


@pytest.mark.parametrize(
    "content",
    [DOCX[:40], DOCX[:-30], b"PK\x03\x04" + b"\x00" * 50],
    ids=["its head", "without its end", "nothing within"],
)
def test_a_damaged_file_is_refused(content):
    assert refusal(content) == "This file is damaged. Save it again and upload it anew."


def outcome(content):
    try:
        return checked(upload(content), max_bytes=MAX).kind
    except ValidationError as refused:
        return "refused" if refused.messages[0].endswith(".") else refused.messages


@settings(deadline=None)
@given(at=st.integers(0, len(DOCX) - 1), byte=st.integers(0, 255))
def test_whatever_byte_is_wrong_a_sentence_is_said_or_the_file_is_taken(at, byte):
    content = DOCX[:at] + bytes([byte]) + DOCX[at + 1 :]

    assert outcome(content) in {"docx", "xlsx", "pptx", "refused"}


@settings(deadline=None)
@given(head=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-"]), content=st.binary(max_size=60))
def test_no_bytes_make_the_check_fail(head, content):
    assert outcome(head + content) in {"pdf", "png", "jpg", "refused"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Agenda.PDF", "Agenda.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ann\\Agenda.pdf", "Agenda.pdf"),
        ("Môn – 李.pdf", "Môn – 李.pdf"),
        ("a\r\nb.pdf", "ab.pdf"),
        ('say "hi" <b>.pdf', "say hi b.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("..", "paper.pdf"),
        (".pdf", "pdf.pdf"),
        ("   .pdf", "paper.pdf"),
        ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
        ("two.tar.gz", "two.tar.pdf"),
    ],
)
def test_an_odd_name_is_shown_without_its_tricks(name, shown):
    assert shown_name(name, "pdf") == shown


@given(name=st.text())
def test_no_name_holds_a_path_or_a_control_sign(name):
    shown = shown_name(name, "pdf")

    assert not set(shown) & set('/\\\r\n\x00"<>')
    assert shown.endswith(".pdf")
    assert len(shown) <= 104


def test_files_are_stored_where_nobody_guesses():
    paths = {stored_path("papers", "pdf") for _ in range(50)}

    assert len(paths) == 50
    assert all(path.startswith("papers/") and path.endswith(".pdf") for path in paths)
    assert all(len(path) > 40 for path in paths)
