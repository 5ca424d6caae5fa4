"""What people type about themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms

from partnership.people.models import Person
from partnership.people.services import ask_for_password_reset


class ForgottenPasswordForm(ResetPasswordForm):
    """Asks for an address and says the same whoever it belongs to."""

    def save(self, _request: object, **_kwargs: Any) -> str:
        """Leave the mail to a worker."""
        email: str = self.cleaned_data["email"]
        ask_for_password_reset(email=email)
        return email


class MyDetailsForm(forms.ModelForm):
    """One's own name and what one is called."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Person
        fields = ["name", "known_as"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "known_as": forms.TextInput(attrs={"autocomplete": "nickname"}),
        }
        help_texts = {"name": "Your whole name, as colleagues at other schools know you."}
        error_messages = {
            "name": {"max_length": "Write your name in at most 150 letters."},
            "known_as": {"max_length": "Write this in at most 60 letters."},
        }

    def seeing(self, version: int) -> MyDetailsForm:
        """The same words once more, to be saved over what stands there now."""
        typed = {**self.cleaned_data, "seen_version": version}
        return MyDetailsForm(typed, instance=self.instance)

    @property
    def changes(self) -> dict[str, object]:
        """What the service is to save."""
        return {name: self.cleaned_data[name] for name in ("name", "known_as")}
