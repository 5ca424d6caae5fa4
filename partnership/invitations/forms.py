"""What whoever invites and whoever is invited fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from partnership.people.models import Person
from partnership.people.names import check_name


class NameField(forms.CharField):
    """Somebody's whole name."""

    def __init__(self, **kwargs: Any) -> None:
        """Take nearly everything for a name."""
        super().__init__(
            max_length=150,
            validators=[check_name],
            error_messages={"max_length": "Write the name in at most 150 letters."},
            **kwargs,
        )


class InviteForm(forms.Form):
    """Whom to invite."""

    name = NameField(label="Name", help_text="As colleagues at other schools know this person.")
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="A person’s own address; a shared office address can’t sign in safely.",
        error_messages={"invalid": "Write a whole address, like name@school.example."},
    )
    on_behalf_of = forms.CharField(
        label="On behalf of",
        max_length=200,
        required=False,
        help_text="The school or alliance that the mail names.",
    )


class AcceptForm(forms.Form):
    """A name to correct and a password to choose."""

    name = NameField(
        label="Your name",
        help_text="Correct it if it isn’t right.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Choose a password",
        max_length=1000,
        strip=False,
        help_text="Twelve characters or more; three words that mean something to you alone are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(
        self, *args: Any, person: Person, has_account: bool = False, **kwargs: Any
    ) -> None:
        """Know whose password it is; whoever brings an account elsewhere needs none."""
        super().__init__(*args, **{"initial": {"name": person.name}, **kwargs})
        self.person = person
        if has_account:
            del self.fields["password"]

    def clean_password(self) -> str:
        """Ask for a password that isn’t easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
