"""What people fill in to answer a meeting."""

from __future__ import annotations

from django import forms

from alliances.meetings.forms.times import PlainForm


class ApologiesForm(PlainForm):
    """A no, with a reason, and with who comes instead."""

    apologies = forms.CharField(
        label="Reason for your apologies",
        max_length=300,
        required=False,
        help_text="Only the chair and the administrator read it.",
    )
    substitute = forms.CharField(
        label="Who comes instead",
        max_length=150,
        required=False,
        help_text="Name and post, if somebody does. Everybody who is asked reads it.",
    )
