"""Who a session belongs to: asked on every request, so its SELECT is composed once."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from partnership.people.models import Person
from partnership.toolkit.statements import answer


def _person(*, pk: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=pk)


class PersonBackend(AuthenticationBackend):
    """Signs in as allauth does, and finds the person of a session."""

    def get_user(self, user_id: int) -> Person | None:
        """The person, unless the account was closed."""
        people = answer(_person, pk=int(user_id))
        return people[0] if people and self.user_can_authenticate(people[0]) else None
