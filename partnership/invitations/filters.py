"""How the list of invitations is searched and narrowed."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from partnership.invitations.models import Invitation
from partnership.people.models import Person

ORDERS = {
    "name": ("person__search_name", "pk"),
    "invited": ("invited_at", "pk"),
    "expires": ("expires_at", "pk"),
}


def order_of(asked: str) -> tuple[str, ...]:
    """The columns to order by; what nobody offers means the latest first."""
    columns = ORDERS.get(asked.removeprefix("-"))
    if columns is None:
        return ("-invited_at", "-pk")
    return tuple(f"-{column}" for column in columns) if asked.startswith("-") else columns


class InvitationFilter(FilterSet):
    """Invitations by whom they ask and how they stand."""

    text = CharFilter(method="by_person", label="Name or e-mail address", max_length=200)
    state = ChoiceFilter(
        method="by_state", choices=Invitation.State.choices, label="State", empty_label="Any"
    )

    class Meta:
        model = Invitation
        fields: list[str] = []

    def by_person(
        self, invitations: QuerySet[Invitation], _name: str, words: str
    ) -> QuerySet[Invitation]:
        """Invitations of people whose name or address holds the words."""
        return invitations.filter(person__in=Person.objects.named_like(words).values("pk"))

    def by_state(
        self, invitations: QuerySet[Invitation], _name: str, state: str
    ) -> QuerySet[Invitation]:
        """Invitations that stand so now."""
        return invitations.in_state(state, now=timezone.now())  # type: ignore[attr-defined]  # the room's own QuerySet
