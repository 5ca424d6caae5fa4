"""How the sign-in pages of allauth behave here: nobody registers, and nothing is given away."""

from __future__ import annotations

import logging
from email.utils import make_msgid
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from partnership.audit.services import record
from partnership.people.devices import end_sessions, system_words
from partnership.people.models import Person
from partnership.people.sealing import seal, unseal
from partnership.people.ways import must_have_second_factor, ways_of

KEPT = {
    "mfa/email/recovery_codes_generated": "recovery codes made",
    "mfa/email/totp_activated": "second factor set up",
    "mfa/email/totp_deactivated": "second factor given up",
    "mfa/email/webauthn_added": "passkey added",
}
# Sessions from before a second factor haven't shown it.
BEGINS_ANEW = {"mfa/email/totp_activated", "mfa/email/webauthn_added"}
AGAIN = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code from your app, or a recovery code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}
SECOND_FACTOR = "second factor"
CODE_BY_MAIL = "code by mail"

logger = logging.getLogger(__name__)


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Sign-in for people who were invited; every sentence says what to do next."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Ask your school or alliance to open it again.",
        "email_password_mismatch": (
            "The e-mail address or the password isn’t right. Check both, or choose a new password."
        ),
        "enter_current_password": "This isn’t your password. Type the one you sign in with now.",
        "incorrect_code": "This code isn’t right. Type it as it stands in the newest mail.",
        "incorrect_password": "This isn’t your password. Try once more.",
        "invalid_password_reset": "This link doesn’t work any more. Ask for a new one.",
        "rate_limited": "That was too often. Wait a minute and try again.",
        "too_many_login_attempts": (
            "That was too often. Wait five minutes, or choose a new password."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are invited."""
        return False

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Name the portal's host in the Message-ID, never the machine's."""
        own = {"Message-ID": make_msgid(domain=settings.PORTAL_HOST), **(headers or {})}
        return super().render_mail(template_prefix, email, context, own)

    def generate_login_code(self) -> str:
        """A code that neither the session nor the queue holds readable."""
        return seal(super().generate_login_code(), purpose=CODE_BY_MAIL)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave a code to a worker, so that no page takes longer where there is an account."""
        if template_prefix == "account/email/login_code":
            ask_for_login_code(email=email, sealed=context["code"])
        else:
            super().send_mail(template_prefix, email, context)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in until the browser closes, unless she has asked to be kept."""
        super().login(request, user)
        if "_session_expiry" not in request.session:
            request.session.set_expiry(0)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Keep each change of how somebody signs in, and tell her of it by mail."""
        with transaction.atomic():
            if action := KEPT.get(template_prefix):
                record(action, user, by=user, at=timezone.now(), title="Person")
            if template_prefix in BEGINS_ANEW:
                end_sessions(person_id=user.pk, keep=self.request.session.session_key or "")
            ask_for_account_mail(person=user, template=template_prefix)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How she can show once more that it is her, in words of ours."""
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": AGAIN[way["id"]]} for way in ways]

    def set_password(self, user: Any, password: str) -> None:
        """Keep the moment in the history, and sign out every other device."""
        with transaction.atomic():
            super().set_password(user, password)
            end_sessions(person_id=user.pk, keep=self.request.session.session_key or "")
            record("password chosen", user, by=user, at=timezone.now(), title="Person")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own page."""
        return reverse("people:my_details")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the mail, by the portal's own address whatever host was asked."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PORTAL_URL + path.replace("UID-KEY", key)


class PortalMFAAdapter(DefaultMFAAdapter):
    """Second factors, whose secrets a stolen copy of the database doesn't reveal."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code isn’t right. Wait for the next one and type that.",
        "cannot_delete_authenticator": "Portal staff need a second factor: it can’t be removed.",
    }

    def encrypt(self, text: str) -> str:
        """The secret under a key that only the portal's settings hold."""
        return seal(text, purpose=SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return unseal(encrypted_text, purpose=SECOND_FACTOR)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff who need a second factor keep the last one."""
        person = authenticator.user
        return not must_have_second_factor(person) or bool(ways_of(person).passkeys)

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Recovery codes alone are no second factor: they only stand in for one."""
        wanted = types or [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        return bool(super().is_mfa_enabled(user, types=wanted))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 (allauth's name)
        """A passkey called like the device it is made on, until its owner knows better."""
        request = context.request
        system = system_words(request.headers.get("User-Agent", "")) if request else ""
        return system or "My passkey"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The portal by its own address, whatever host was asked."""
        host = urlsplit(settings.PORTAL_URL).hostname or ""
        return {"id": host, "name": settings.PORTAL_NAME}


def ask_for_account_mail(*, person: Person, template: str, email: str = "") -> None:
    """Have a worker tell her, once what is told has been stored; a copy names no secret."""
    arguments = [person.pk, template, email]
    transaction.on_commit(partial(leave_to_worker, "people.send_account_mail", arguments))


def ask_for_login_code(*, email: str, sealed: str) -> None:
    """Have a worker mail the code to whoever has the address, if anybody has."""
    leave_to_worker("people.send_login_code", [email, sealed])


def leave_to_worker(task: str, arguments: list[Any]) -> None:
    """A queue that is away holds up nobody: what was done stands, and the history has it."""
    try:
        current_app.send_task(task, args=arguments, retry=False)
    except current_app.connection_for_write().connection_errors:
        logger.warning("No queue for a mail about an account.")
