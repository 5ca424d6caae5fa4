"""Invitations in the admin, and inviting from the list of people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from partnership.audit.admin import ReadOnlyAdmin
from partnership.invitations.models import Invitation
from partnership.invitations.permissions import can_invite, can_send_again, can_withdraw
from partnership.invitations.services import invite_person, send_again, withdraw
from partnership.people.admin import PersonAdmin, acting_person
from partnership.people.models import Person

admin.site.unregister(Person)


class StateFilter(admin.SimpleListFilter):
    """How an invitation stands now."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """The four states."""
        return [(state.value, str(state.label)) for state in Invitation.State]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Invitation]
    ) -> QuerySet[Invitation]:
        """Invitations in that state."""
        if self.value() is None:
            return queryset
        return queryset.in_state(self.value(), now=timezone.now())  # type: ignore[attr-defined]  # the room's own QuerySet


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Who was invited, by whom, and how it stands."""

    why_kept = "An invitation is never deleted: withdraw it, and it stays in the history."
    list_display = ("name", "email", "stands", "inviter", "invited_at", "sent_at", "expires_at")
    list_filter = (StateFilter, "invited_at")
    search_fields = ("person__search_name", "person__email")
    search_help_text = "Part of a name, with or without accents, or of an e-mail address."
    list_select_related = ("person", "invited_by")
    ordering = ("-invited_at", "-id")
    actions = ("send_invitations_again", "withdraw_invitations")
    fields = (
        "name",
        "email",
        "stands",
        "inviter",
        "on_behalf_of",
        "invited_at",
        "sent_at",
        "expires_at",
        "accepted_at",
        "withdrawn_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        """Invitations, each with its state now."""
        found: QuerySet[Invitation] = super().get_queryset(request)
        return found.with_state(now=timezone.now())  # type: ignore[attr-defined]  # the room's own QuerySet

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Invitation], search_term: str
    ) -> tuple[QuerySet[Invitation], bool]:
        """Find names whatever their case and marks."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(
            person__in=Person.objects.named_like(search_term).values("pk")
        ), False

    @admin.display(description="person", ordering="person__search_name")
    def name(self, invitation: Invitation) -> str:
        """Who was invited."""
        return invitation.person.name

    @admin.display(description="e-mail address", ordering="person__email")
    def email(self, invitation: Invitation) -> str:
        """Where the mail went."""
        return invitation.person.email

    @admin.display(description="state")
    def stands(self, invitation: Invitation) -> str:
        """Open, expired, accepted or withdrawn."""
        return str(invitation.state_at(timezone.now()).label)

    @admin.display(description="invited by")
    def inviter(self, invitation: Invitation) -> str:
        """Who invited."""
        return invitation.invited_by.name if invitation.invited_by else "The portal"

    @admin.action(description="Send again", permissions=["view"])
    def send_invitations_again(
        self, request: HttpRequest, invitations: QuerySet[Invitation]
    ) -> None:
        """A new link for each that nobody has answered."""
        by, now = acting_person(request), timezone.now()
        chosen = [each for each in invitations if can_send_again(by, each)]
        for invitation in chosen:
            send_again(invitation=invitation, by=by, now=now)
        self._say(request, len(chosen), "sent again", left_out=len(invitations) - len(chosen))

    @admin.action(description="Withdraw", permissions=["view"])
    def withdraw_invitations(self, request: HttpRequest, invitations: QuerySet[Invitation]) -> None:
        """Take back each that nobody has answered."""
        by, now = acting_person(request), timezone.now()
        chosen = [each for each in invitations if can_withdraw(by, each)]
        for invitation in chosen:
            withdraw(invitation=invitation, by=by, now=now)
        self._say(request, len(chosen), "withdrawn", left_out=len(invitations) - len(chosen))

    def _say(self, request: HttpRequest, done: int, what: str, *, left_out: int) -> None:
        count = "1 invitation" if done == 1 else f"{done} invitations"
        self.message_user(request, f"{count} {what}.", messages.SUCCESS)
        if left_out:
            reason = f"{left_out} had been answered and stay as they are."
            self.message_user(request, reason, messages.WARNING)


@admin.register(Person)
class InvitedPersonAdmin(PersonAdmin):
    """People, with inviting them: a room below invitations can't."""

    actions = ("invite_people", *PersonAdmin.actions)

    @admin.action(description="Invite, or send the invitation again")
    def invite_people(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        """Ask those who haven't joined, or have left; whoever was asked already gets a new link."""
        by, now = acting_person(request), timezone.now()
        chosen = [person for person in people if not person.is_active and can_invite(by)]
        for person in chosen:
            known = person.invitations.unanswered().first()
            if known is not None:
                send_again(invitation=known, by=by, now=now)
            else:
                invite_person(email=person.email, name=person.name, by=by, now=now)
        self.say(request, len(chosen), "invited", left_out=len(people) - len(chosen))
