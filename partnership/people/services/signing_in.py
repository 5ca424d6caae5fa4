"""Mails and changes about how somebody signs in."""

from __future__ import annotations

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from celery import current_app
from django.db import transaction

from partnership.audit.services import record
from partnership.people.adapter import CODE_BY_MAIL, InvitedOnlyAdapter, ask_for_account_mail
from partnership.people.models import Person
from partnership.people.sealing import unseal
from partnership.people.ways import SECOND_FACTORS, ways_of
from partnership.toolkit.versions import lock


class LastWay(Exception):
    """Nobody takes away the last way in which she can sign in."""

    def __init__(self, reason: str) -> None:
        """Keep the sentence that says what to do first."""
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def remove_passkey(*, passkey: Authenticator, by: Person, now: datetime) -> None:
    """Take a passkey away; with the last second factor its recovery codes go too."""
    person = lock(by)
    if reason := ways_of(person).why_passkeys_stay:
        raise LastWay(reason)
    passkey.delete()
    authenticators = Authenticator.objects.filter(user=person)
    if not authenticators.filter(type__in=SECOND_FACTORS).exists():
        authenticators.delete()
    record("passkey removed", person, by=by, at=now, title="Person")
    ask_for_account_mail(person=person, template="mfa/email/webauthn_removed")


def ask_for_password_reset(*, email: str) -> None:
    """Have a worker send the link, so that a known and an unknown address take the same time."""
    person = Person.objects.who_may_sign_in().with_email(email).first()
    person_id = person.pk if person is not None else 0
    try:
        current_app.send_task("people.send_password_reset", args=[person_id], retry=False)
    except current_app.connection_for_write().connection_errors:
        send_password_reset(person_id=person_id)


def send_password_reset(*, person_id: int) -> bool:
    """Mail the link to choose a new password; False when there is nobody to mail it to.

    The link is made at sending: neither the queue nor the database holds a readable copy.
    """
    person = Person.objects.who_may_sign_in().filter(pk=person_id).first()
    if person is None:
        return False
    adapter = InvitedOnlyAdapter()
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    context = {"user": person, "password_reset_url": adapter.get_reset_password_from_key_url(key)}
    adapter.render_mail("account/email/password_reset_key", person.email, context).send()
    return True


def send_account_mail(*, person_id: int, template: str, email: str = "") -> bool:
    """Tell her what changed about signing in, at her own address unless another is given."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return False
    adapter = InvitedOnlyAdapter()
    adapter.render_mail(template, email or person.email, {"user": person}).send()
    return True


def send_login_code(*, email: str, sealed: str) -> bool:
    """Mail a code to sign in with; False when nobody has this address."""
    person = Person.objects.who_may_sign_in().with_email(email).first()
    if person is None:
        return False
    context = {"user": person, "code": unseal(sealed, purpose=CODE_BY_MAIL)}
    InvitedOnlyAdapter().render_mail("account/email/login_code", person.email, context).send()
    return True
