import pytest
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile, FileField

from partnership.toolkit.serving import serve_upload

pytestmark = pytest.mark.django_db  # closing a response looks after the connections


@pytest.fixture
def paper(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = FieldFile(None, FileField(), None)
    file.name = file.storage.save("papers/one.pdf", ContentFile(b"%PDF-1.7 words"))
    return file


def test_a_file_is_downloaded_and_neither_run_nor_kept(paper):
    response = serve_upload(paper, name="Agenda.pdf", content_type="application/pdf")

    assert b"".join(response.streaming_content) == b"%PDF-1.7 words"
    response.close()
    assert response["Content-Disposition"] == 'attachment; filename="Agenda.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Môn.pdf", "attachment; filename*=utf-8''M%C3%B4n.pdf"),
        ('a "b".pdf', 'attachment; filename="a \\"b\\".pdf"'),
        ("a\r\nSet-Cookie: x.pdf", "attachment; filename*=utf-8''a%0D%0ASet-Cookie%3A%20x.pdf"),
    ],
)
def test_an_odd_name_stays_inside_its_header(paper, name, header):
    response = serve_upload(paper, name=name, content_type="application/pdf")
    response.close()

    assert response["Content-Disposition"] == header
    assert "Set-Cookie" not in response.headers
