"""The ways in which somebody can sign in, and which of them mustn't be taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from partnership.people.models import Person

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Ways:
    """All of one person's ways, besides the code by mail that everybody can ask for."""

    has_password: bool
    passkeys: tuple[Authenticator, ...] = ()
    has_app: bool = False
    recovery_codes: Any = None
    accounts: tuple[SocialAccount, ...] = ()
    needs_second_factor: bool = False

    @property
    def has_second_factor(self) -> bool:
        """Whether a password alone doesn't open the account."""
        return self.has_app or bool(self.passkeys)

    @property
    def recovery_codes_left(self) -> int:
        """How many recovery codes haven't been used."""
        return len(self.recovery_codes.get_unused_codes()) if self.recovery_codes else 0

    @property
    def why_passkeys_stay(self) -> str:
        """Why a passkey can't be removed just now; empty when it can."""
        if len(self.passkeys) != 1:
            return ""
        if self.needs_second_factor and not self.has_app:
            return "Portal staff need a second factor. Add another passkey or an app first."
        if not self.has_password and not self.accounts:
            return "This is your only way to sign in but codes by mail. Set a password first."
        return ""

    @property
    def why_accounts_stay(self) -> str:
        """Why an account elsewhere can't be disconnected just now; empty when it can."""
        if len(self.accounts) != 1 or self.has_password or self.passkeys:
            return ""
        return "This is your only way to sign in but codes by mail. Set a password first."


def ways_of(person: Person) -> Ways:
    """How she can sign in, in two queries."""
    passkeys, others = [], {}
    for one in Authenticator.objects.filter(user=person).order_by("created_at", "pk"):
        if one.type == Authenticator.Type.WEBAUTHN:
            passkeys.append(one)
        else:
            others[one.type] = one.wrap()
    return Ways(
        has_password=person.has_usable_password(),
        passkeys=tuple(passkeys),
        has_app=Authenticator.Type.TOTP in others,
        recovery_codes=others.get(Authenticator.Type.RECOVERY_CODES),
        accounts=tuple(SocialAccount.objects.filter(user=person).order_by("provider", "pk")),
        needs_second_factor=must_have_second_factor(person),
    )


def must_have_second_factor(person: Person) -> bool:
    """Portal staff, wherever the settings don't say otherwise."""
    return person.is_staff and bool(settings.STAFF_NEED_SECOND_FACTOR)
