"""What a director fills in to word a mail."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.membership.forms.kept import KeptForm, values_of
from partnership.notices.models import MailWording
from partnership.notices.placeholders import check_placeholders


class MailWordingForm(KeptForm):
    """Subject and first paragraph of one kind of mail."""

    subject = forms.CharField(
        label="Subject",
        max_length=150,
        required=False,
        validators=[check_placeholders],
        help_text="Leave it empty for the portal’s own.",
    )
    opening = forms.CharField(
        label="First paragraph",
        max_length=600,
        required=False,
        validators=[check_placeholders],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It should say why the mail came. Leave it empty for the portal’s own.",
    )

    def __init__(self, *args: Any, wording: MailWording, **kwargs: Any) -> None:
        """Begin with the words as they stand."""
        super().__init__(*args, initial=values_of(wording, ("subject", "opening")), **kwargs)
