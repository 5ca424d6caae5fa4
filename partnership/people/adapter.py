"""How the sign-in pages of allauth behave here: nobody registers, and nothing is given away."""

from __future__ import annotations

import base64
import hashlib
from email.utils import make_msgid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes

from partnership.audit.services import record


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Sign-in for people who were invited; every sentence says what to do next."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Ask your school or alliance to open it again.",
        "email_password_mismatch": (
            "The e-mail address or the password isn’t right. Check both, or choose a new password."
        ),
        "enter_current_password": "This isn’t your password. Type the one you sign in with now.",
        "incorrect_code": "This code isn’t right. Wait for the next one and type that.",
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

    def set_password(self, user: Any, password: str) -> None:
        """Keep the moment in the history, as it may matter one day."""
        with transaction.atomic():
            super().set_password(user, password)
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
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again, also after the key was changed and the old one kept as a fallback."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff who need a second factor keep it."""
        return not (settings.STAFF_NEED_SECOND_FACTOR and authenticator.user.is_staff)


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(b"second factor:" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
