"""The request of somebody who has signed in."""

from django.http import HttpRequest

from partnership.people.models import Person


class PersonRequest(HttpRequest):
    """A request whose user is a person; deny-by-default sees to it."""

    user: Person
