"""Uploaded files are only ever served through a view that has asked twice, and by this."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse


def serve_upload(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """A download that no browser runs, frames, guesses at or keeps."""
    response = FileResponse(
        file.open("rb"), as_attachment=True, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
