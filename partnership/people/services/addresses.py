"""A new address to sign in with: confirmed there, and told to the old one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership.people.adapter import InvitedOnlyAdapter, leave_to_worker
from partnership.people.devices import end_sessions
from partnership.people.models import Person
from partnership.people.services.accounts import edit_person
from partnership.toolkit.versions import lock

SALT = "people.address"
LINK_LASTS = 24 * 3600


class AddressTaken(Exception):
    """Somebody else signs in with this address."""


class LinkUsed(Exception):
    """The address has changed since the link was mailed."""


@dataclass(frozen=True)
class AddressLink:
    """What a mailed link says: whose address becomes which."""

    person_id: int
    old_email: str
    new_email: str


def read_address_link(token: str) -> AddressLink | None:
    """What a token says; None when it was made up or is more than a day old."""
    try:
        return AddressLink(*signing.loads(token, salt=SALT, max_age=LINK_LASTS))
    except (signing.BadSignature, TypeError):
        return None


def ask_for_new_address(*, person: Person, email: str) -> None:
    """Have a worker mail a link there; nothing changes until it is followed."""
    leave_to_worker("people.send_address_link", [person.pk, email])


def send_address_link(*, person_id: int, email: str) -> bool:
    """Mail the link to the new address; False when somebody has that address already."""
    person = Person.objects.who_may_sign_in().filter(pk=person_id).first()
    if person is None or Person.objects.with_email(email).exists():
        return False
    token = signing.dumps([person.pk, person.email, email], salt=SALT)
    url = settings.PORTAL_URL + reverse("people:address_confirm", args=[token])
    context = {"user": person, "address_url": url}
    InvitedOnlyAdapter().render_mail("people/email/address_confirm", email, context).send()
    return True


@transaction.atomic
def change_address(*, person: Person, link: AddressLink, keep: str, now: datetime) -> Person:
    """Sign in with the new address from now on; other devices are signed out."""
    current = lock(person)
    if current.email != link.old_email:
        raise LinkUsed
    if Person.objects.with_email(link.new_email).exists():
        raise AddressTaken
    changes = {"email": link.new_email}
    try:
        with transaction.atomic():
            changed = edit_person(person=current, changes=changes, by=current, now=now)
    except IntegrityError as error:
        raise AddressTaken from error
    end_sessions(person_id=current.pk, keep=keep)
    return changed
