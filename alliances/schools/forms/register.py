"""Bringing a file of the national register."""

from __future__ import annotations

import re

from django import forms
from django.core.files.uploadedfile import UploadedFile

from alliances.schools.register import MAX_BYTES
from partnership.toolkit.widgets import DayInput

CODES = re.compile(r"[0-9]{3}")


class RegisterFileForm(forms.Form):
    """A file as downloaded, and what its name may not say."""

    file = forms.FileField(
        label="File",
        help_text=(
            "A CSV file from Get Information about Schools: schools in any published layout, "
            "links between schools, or trusts and their academies."
        ),
        error_messages={"empty": "This file is empty.", "required": "Choose the file."},
    )
    published_on = forms.DateField(
        label="Day of the file",
        required=False,
        widget=DayInput,
        help_text="Only if its name doesn’t say it, as edubasealldata20250717.csv does.",
    )
    la_codes = forms.CharField(
        label="Only these local authorities",
        required=False,
        max_length=200,
        help_text="Their codes, such as 353, 330. Leave it empty to take all.",
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is far too large; the rest is looked at when it is read."""
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                "This file is larger than 250 MB. No extract of the register is."
            )
        return upload

    def clean_la_codes(self) -> list[str]:
        """Three digits each, with commas or spaces between."""
        codes = re.split(r"[\s,;]+", self.cleaned_data["la_codes"].strip())
        if wrong := [code for code in codes if code and CODES.fullmatch(code) is None]:
            raise forms.ValidationError(
                f"“{wrong[0]}” isn’t a code of three digits. Write them like 353, 330."
            )
        return list(dict.fromkeys(filter(None, codes)))
