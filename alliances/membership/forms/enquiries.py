"""What a visitor writes, and what a director answers."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.membership.forms.kept import PlainForm

TOO_FAST = "That was very quick. Look through what you wrote and send it again."
TOO_LATE = "This page was open for a long time. What you wrote is kept here: send it again."


class EnquiryForm(PlainForm):
    """Who writes, from where, how to be reached, and what about."""

    name = forms.CharField(
        label="Your name",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label="School or organisation",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The answer goes there.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telephone = forms.CharField(
        label="Telephone",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    about = forms.CharField(
        label="What is it about?",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Please name no pupil.",
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    @property
    def words(self) -> dict[str, str]:
        """What was written, without the token."""
        return {name: said for name, said in self.cleaned_data.items() if name != "token"}

    def send_again(self, token: str, because: str) -> None:
        """Keep what was typed under a new token, and say why it wasn't sent."""
        self.add_error(None, because)
        self.data = {**self.data.dict(), "token": token}  # type: ignore[attr-defined]  # a QueryDict


class EnquiryAnswerForm(PlainForm):
    """An answer by mail, and who else helps where the alliance doesn't."""

    answer = forms.CharField(
        label="Your answer",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="It goes to the address above, in the alliance’s name.",
    )
    signpost = forms.CharField(
        label="Who else helps",
        max_length=150,
        required=False,
        help_text="A workhub, somebody at a school, another alliance; leave it empty if you do.",
    )
    signpost_url = forms.URLField(
        label="Where to find them",
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text="The address of their page.",
    )

    def clean(self) -> dict[str, Any]:
        """An address belongs to somebody."""
        cleaned = super().clean()
        if cleaned.get("signpost_url") and not cleaned.get("signpost"):
            self.add_error("signpost", "Say whose page it is.")
        return cleaned
