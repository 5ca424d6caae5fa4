"""What people type about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from partnership.people.adapter import CODE_BY_MAIL
from partnership.people.models import Person
from partnership.people.sealing import unseal
from partnership.people.services import ask_for_password_reset


class ForgottenPasswordForm(ResetPasswordForm):
    """Asks for an address and says the same whoever it belongs to."""

    def save(self, _request: object, **_kwargs: Any) -> str:
        """Leave the mail to a worker."""
        email: str = self.cleaned_data["email"]
        ask_for_password_reset(email=email)
        return email


class AskForCodeForm(RequestLoginCodeForm):
    """Asks for an address to mail a code to, whoever it belongs to."""

    def clean_email(self) -> str:
        """Know the person by the address she has now, and never by one she had."""
        email: str = super().clean_email()
        self._user = Person.objects.who_may_sign_in().with_email(email).first()
        return email


class CodeByMailForm(ConfirmLoginCodeForm):
    """The code of the mail, which the session holds sealed."""

    def __init__(self, *args: Any, code: str = "", **kwargs: Any) -> None:
        """Open the code to compare; for an unknown address there is none."""
        opened = unseal(code, purpose=CODE_BY_MAIL) if code else ""
        super().__init__(*args, code=opened, **kwargs)


class _SaidPlainlyForm(forms.BaseForm):
    labels: Mapping[str, str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label


class NewPasswordForm(_SaidPlainlyForm, ChangePasswordForm):
    """Another password for who knows the one there is."""

    labels = {
        "oldpassword": "Your password now",
        "password1": "New password",
        "password2": "New password, once more",
    }


class FirstPasswordForm(_SaidPlainlyForm, SetPasswordForm):
    """A password for who signs in otherwise."""

    labels = {"password1": "Password", "password2": "Password, once more"}


class PasswordAfterMailForm(_SaidPlainlyForm, ResetPasswordKeyForm):
    """A new password for who forgot hers and followed the link of the mail."""

    labels = {"password1": "New password", "password2": "New password, once more"}


class AppCodeForm(_SaidPlainlyForm, ActivateTOTPForm):
    """The first code of an app."""

    labels = {"code": "Code that the app shows"}


class CredentialField(forms.JSONField):
    """What a device answers, as its browser wrote it down."""

    widget = forms.HiddenInput

    def __init__(self, kind: type[AuthenticationResponse | RegistrationResponse]) -> None:
        """Know which of the two answers is meant."""
        self.kind = kind
        sentence = "The passkey didn’t work. Try once more, and follow what your device says."
        super().__init__(error_messages={"required": sentence, "invalid": sentence})

    def clean(self, value: Any) -> Any:
        """Refuse what no device says before anything is made of it."""
        answer = super().clean(value)
        try:
            self.kind.from_dict(answer)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise forms.ValidationError(self.error_messages["invalid"]) from error
        return answer


class PasskeyForm(AddWebAuthnForm):
    """A passkey that opens the account by itself: the device asks for a finger, a face or a PIN."""

    credential = CredentialField(RegistrationResponse)
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for a name only."""
        super().__init__(*args, **kwargs)
        self.fields["name"] = _passkey_name()
        self.fields["name"].required = False

    def clean_passwordless(self) -> bool:
        """Never less, whatever was posted."""
        return True


class _AnswerForm(AuthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)

    def clean_credential(self) -> Authenticator:
        """The passkey that signed, or a sentence."""
        try:
            return super().clean_credential()
        except InvalidSignature as error:
            sentence = self.fields["credential"].error_messages["invalid"]
            raise forms.ValidationError(sentence) from error


class PasskeySignInForm(_AnswerForm, LoginWebAuthnForm):
    """A passkey as the whole sign-in."""


class PasskeySecondForm(_AnswerForm, AuthenticateWebAuthnForm):
    """A passkey after a password or a code."""


class PasskeyAgainForm(_AnswerForm, ReauthenticateWebAuthnForm):
    """A passkey to show once more that it is her."""


class PasskeyNameForm(EditWebAuthnForm):
    """What a passkey is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take a name of at most eighty letters."""
        super().__init__(*args, **kwargs)
        self.fields["name"] = _passkey_name()


def _passkey_name() -> forms.CharField:
    return forms.CharField(
        label="Name of the passkey",
        max_length=80,
        help_text="So that you know it again, such as “School laptop”.",
        error_messages={
            "required": "Give it a name, such as “School laptop”.",
            "max_length": "Write the name in at most 80 letters.",
        },
    )


class MyDetailsForm(forms.ModelForm):
    """One's own name, what one is called, and where one can be reached."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Person
        fields = ["name", "known_as", "telephone"]
        widgets = {
            "telephone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "known_as": forms.TextInput(attrs={"autocomplete": "nickname"}),
        }
        help_texts = {"name": "Your whole name, as colleagues at other schools know you."}
        error_messages = {
            "name": {"max_length": "Write your name in at most 150 letters."},
            "known_as": {"max_length": "Write this in at most 60 letters."},
            "telephone": {"max_length": "Write the number in at most 40 signs."},
        }

    def seeing(self, version: int) -> MyDetailsForm:
        """The same words once more, to be saved over what stands there now."""
        typed = {**self.cleaned_data, "seen_version": version}
        return MyDetailsForm(typed, instance=self.instance)

    @property
    def changes(self) -> dict[str, object]:
        """What the service is to save."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewAddressForm(forms.Form):
    """The address to sign in with from now on."""

    email = forms.EmailField(
        label="New e-mail address",
        max_length=254,
        help_text="Your own address; a shared office address can’t sign in safely.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": "Write a whole address, like name@school.example."},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        """Know the address she has."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        """Ask for another one than she has; whether somebody else has it isn't said."""
        email: str = self.cleaned_data["email"].strip().lower()
        if email == self.person.email:
            raise forms.ValidationError("You sign in with this address already. Write another one.")
        return email
