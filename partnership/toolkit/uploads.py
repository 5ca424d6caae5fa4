"""Files that people upload: checked by content and size, stored under names of ours."""

from __future__ import annotations

import hashlib
import re
import secrets
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

MAX_UNPACKED = 200_000_000
OFFICE_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
}
ACCEPTED_WORDS = "PDF, Word, Excel, PowerPoint, PNG or JPEG"


@dataclass(frozen=True)
class CheckedFile:
    """What is known of an upload after its content was looked at."""

    name: str
    kind: str
    size: int
    sha256: str

    @property
    def content_type(self) -> str:
        """The type to serve it with, from what it is and not from what it is called."""
        return CONTENT_TYPES[self.kind]


def _office_kind(stream: IO[bytes]) -> str:
    """Which Office format a zip holds; refuses macros, bombs and broken archives."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ValidationError("This file is damaged. Save it again and upload it anew.") from error
    names = [member.filename for member in members]
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise ValidationError("This file unpacks to more than 200 MB. Upload a smaller one.")
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise ValidationError("This file holds macros. Save it without them and upload it anew.")
    for kind, part in OFFICE_PARTS.items():
        if "[Content_Types].xml" in names and any(name.startswith(part) for name in names):
            return kind
    raise ValidationError(f"Upload a {ACCEPTED_WORDS} file.")


def _kind_of(stream: IO[bytes]) -> str:
    head = stream.read(8)
    stream.seek(0)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(stream)
    raise ValidationError(f"Upload a {ACCEPTED_WORDS} file.")


def checked(upload: UploadedFile, *, max_bytes: int) -> CheckedFile:
    """What the upload really is; raises ValidationError with a sentence for the field."""
    size = upload.size or 0
    if size == 0:
        raise ValidationError("This file is empty. Choose another.")
    if size > max_bytes:
        megabytes = max_bytes // 1_000_000
        raise ValidationError(f"This file is larger than {megabytes} MB. Upload a smaller one.")
    upload.seek(0)
    kind = _kind_of(upload)
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return CheckedFile(
        name=shown_name(upload.name or "paper", kind),
        kind=kind,
        size=size,
        sha256=digest.hexdigest(),
    )


def shown_name(name: str, kind: str) -> str:
    """The file's own name without path, control signs or a wrong ending."""
    stem = PurePath(name.replace("\\", "/")).stem
    clean = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\"<>|:*?/\\]", "", stem).strip(" .")
    return f"{clean[:100] or 'paper'}.{kind}"


def stored_path(folder: str, kind: str) -> str:
    """A path that nobody can guess, below the folder."""
    token = secrets.token_hex(16)
    return f"{folder}/{token[:2]}/{token}.{kind}"
