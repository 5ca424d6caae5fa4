"""PDF: a Typst template filled with data, tagged for readers of every kind (PDF/UA-1).

What people wrote goes in as data and is never pasted into markup. A sign that no font of ours has
would make the accessible form fail: then the document is made without that claim, and logged.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse

logger = logging.getLogger(__name__)

FONTS = Path(__file__).parent / "fonts"
# No font of ours has pictures; a joiner goes with them only where it joins two.
PICTURE = "[\u2600-\u27bf\U0001f000-\U0001faff]"
PICTURES = re.compile(f"{PICTURE}(?:[\u200d\ufe0f]*{PICTURE})*[\ufe0e\ufe0f]*")
UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF])
NO_GLYPH = "could not be displayed with"


@cache
def _fonts() -> typst.Fonts:
    """The fonts beside this module and no others, so that every machine prints alike."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _printable(value: Any) -> Any:
    """Data without control signs and pictures, however deep they stand."""
    if isinstance(value, str):
        return PICTURES.sub("", value.translate(UNPRINTABLE)).strip()
    if isinstance(value, Mapping):
        return {str(name): _printable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    return value


def pdf(template: str, facts: Mapping[str, Any], *, at: datetime) -> bytes:
    """The template, a path below `templates/`, filled with the facts and dated."""
    told = {"portal": settings.PORTAL_NAME} | dict(facts)
    root = Path(settings.BASE_DIR) / "templates"
    inputs = {"facts": json.dumps(_printable(told), ensure_ascii=False)}
    compiler = typst.Compiler(root / template, root=root, font_paths=_fonts(), sys_inputs=inputs)
    try:
        made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=int(at.timestamp()))
    except typst.TypstError as error:
        if NO_GLYPH not in f"{error.message}{error.diagnostic}":
            raise
        logger.warning("PDF with a sign that no font has", extra={"template": template})
        made = compiler.compile(format="pdf", timestamp=int(at.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError("Typst made no single PDF.")
    return made


def pdf_response(content: bytes, *, name: str) -> HttpResponse:
    """The PDF as a download under its name, which nobody guesses at or keeps."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
