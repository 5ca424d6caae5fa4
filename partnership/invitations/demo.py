"""The demo's invitations: most accepted, some open, one expired."""

from __future__ import annotations

from datetime import timedelta

from partnership.invitations.services import accept_invitation, invite_person
from partnership.people.demo import DEMO_SIGN_INS, OFFICER, give_everybody_the_password
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock

WAITING = (
    ("Bernadette Sykes", "bernadette.sykes@demo.example", "Oldham Schools Alliance", -8),
    ("Hamza Chaudhry", "hamza.chaudhry@demo.example", "Oldham Schools Alliance", -3),
    ("Grace Owusu", "grace.owusu@demo.example", "Four Oaks", -1),
    ("Norman Pickles", "norman.pickles@demo.example", "Oldham Schools Alliance", -30),
)


def load(clock: DemoClock) -> None:
    """Everybody to sign in as has come; a few others were asked and haven't answered."""
    officer = Person.objects.with_email(OFFICER.email).get()
    invited_at = clock.at(-90, 10)
    others = [sign_in for sign_in in DEMO_SIGN_INS if sign_in != OFFICER]
    for sign_in in others:
        invitation = invite_person(
            email=sign_in.email, name=sign_in.name, by=officer, now=invited_at
        )
        accept_invitation(
            invitation=invitation,
            password="",
            now=invited_at + timedelta(days=1),
        )
    give_everybody_the_password()
    for name, email, behalf, days in WAITING:
        invite_person(
            email=email, name=name, by=officer, now=clock.at(days, 10), on_behalf_of=behalf
        )
    clock.say(f"{len(others)} people to sign in as, {len(WAITING)} still invited")
