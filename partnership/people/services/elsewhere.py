"""Accounts elsewhere, connected and disconnected."""

from __future__ import annotations

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from partnership.audit.services import record
from partnership.people.adapter import ask_for_account_mail
from partnership.people.models import Person
from partnership.people.provider import ProvenAccount
from partnership.people.services.signing_in import LastWay
from partnership.people.ways import ways_of
from partnership.toolkit.versions import lock


class AccountTaken(Exception):
    """The account elsewhere opens somebody else's account here."""


@transaction.atomic
def connect_account(*, person: Person, account: ProvenAccount, now: datetime) -> SocialAccount:
    """Let an account elsewhere, just proven, open her account from now on."""
    current = lock(person)
    connected, is_new = SocialAccount.objects.get_or_create(
        provider=account.provider,
        uid=account.uid,
        defaults={"user": current, "extra_data": {"label": account.label}},
    )
    if connected.user_id != current.pk:
        raise AccountTaken
    if is_new:
        values = {"provider": account.provider}
        record("account connected", current, by=current, at=now, title="Person", values=values)
        ask_for_account_mail(person=current, template="people/email/account_connected")
    return connected


@transaction.atomic
def disconnect_account(*, account: SocialAccount, by: Person, now: datetime) -> None:
    """An account elsewhere opens hers no longer."""
    person = lock(by)
    if reason := ways_of(person).why_accounts_stay:
        raise LastWay(reason)
    values = {"provider": account.provider}
    account.delete()
    record("account disconnected", person, by=by, at=now, title="Person", values=values)
    ask_for_account_mail(person=person, template="people/email/account_disconnected")
