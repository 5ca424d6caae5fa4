"""What happens to a person: added, let in, corrected, made staff, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from partnership.audit.services import record
from partnership.people.adapter import ask_for_account_mail
from partnership.people.models import Person
from partnership.people.names import tidy_name
from partnership.toolkit.versions import apply_changes, lock


class OwnAccount(Exception):
    """Nobody closes her own account or ends her own work as portal staff."""


@transaction.atomic
def add_person(*, email: str, name: str, by: Person | None, now: datetime) -> Person:
    """Somebody who may not sign in yet; who has this address already is given back, locked."""
    person: Person
    person, is_new = Person.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "is_active": False, "password": "!"}
    )
    if is_new:
        record("person added", person, by=by, at=now, title="Person", fields=["name", "email"])
    return lock(person)


@transaction.atomic
def let_in(*, person: Person, password: str, now: datetime, name: str = "") -> Person:
    """She may sign in from now on; without a password only after choosing one by mail."""
    current = lock(person)
    current.name = tidy_name(name) or current.name
    if password:
        current.set_password(password)
    else:
        current.set_unusable_password()
    current.is_active = True
    current.joined_at = current.joined_at or now
    current.version += 1
    current.save()
    record("person joined", current, by=current, at=now, title="Person")
    return current


@transaction.atomic
def edit_person(
    *,
    person: Person,
    changes: Mapping[str, object],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Person:
    """Correct a name, what she is called, or her address; the history keeps which, not what.

    A new address ends the links that were mailed to the old one, which is told of it.
    """
    current = lock(person, seen_version=seen_version)
    old_email = current.email
    tidied = {
        name: tidy_name(value) if isinstance(value, str) else value
        for name, value in changes.items()
    }
    if isinstance(email := tidied.get("email"), str):
        tidied["email"] = email.lower()
    changed = apply_changes(current, tidied)
    if changed:
        record("person edited", current, by=by, at=now, title="Person", fields=changed)
    if "email" in changed:
        EmailAddress.objects.filter(user=current).delete()
        template = "people/email/address_changed"
        ask_for_account_mail(person=current, template=template, email=old_email)
    return current


@transaction.atomic
def deactivate(*, person: Person, by: Person, now: datetime) -> Person:
    """Close an account: its sessions, password, second factor and accounts elsewhere end at once and for good."""
    if person.pk == by.pk:
        raise OwnAccount
    current = lock(person)
    if not current.is_active:
        return current
    current.is_active = False
    current.is_staff = current.is_superuser = False
    current.set_unusable_password()
    current.version += 1
    current.save()
    Authenticator.objects.filter(user=current).delete()
    SocialAccount.objects.filter(user=current).delete()
    record("person deactivated", current, by=by, at=now, title="Person")
    return current


@transaction.atomic
def make_portal_staff(*, person: Person, by: Person | None, now: datetime) -> Person:
    """She works in the portal office from now on."""
    return _set_staff(person, is_staff=True, by=by, now=now)


@transaction.atomic
def end_portal_staff(*, person: Person, by: Person, now: datetime) -> Person:
    """She no longer works in the portal office; her account stays."""
    if person.pk == by.pk:
        raise OwnAccount
    return _set_staff(person, is_staff=False, by=by, now=now)


def _set_staff(person: Person, *, is_staff: bool, by: Person | None, now: datetime) -> Person:
    current = lock(person)
    if apply_changes(current, {"is_staff": is_staff, "is_superuser": is_staff}):
        action = "made portal staff" if is_staff else "no longer portal staff"
        record(action, current, by=by, at=now, title="Person", fields=["is_staff"])
    return current


@transaction.atomic
def remove_second_factor(*, person: Person, by: Person, now: datetime) -> bool:
    """Take away a second factor whose telephone is lost; False when there was none."""
    current = lock(person)
    removed, _by_model = Authenticator.objects.filter(user=current).delete()
    if removed:
        record("second factor removed", current, by=by, at=now, title="Person")
    return bool(removed)
