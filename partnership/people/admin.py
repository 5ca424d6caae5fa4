"""People in the admin: found, corrected, made staff, deactivated; never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import HiddenInput, IntegerField, ModelForm
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from partnership.audit.admin import KeptAdmin
from partnership.people.models import Person
from partnership.people.permissions import can_change_staff, can_deactivate
from partnership.people.services import (
    deactivate,
    edit_person,
    end_portal_staff,
    make_portal_staff,
    remove_second_factor,
)
from partnership.people.ways import SECOND_FACTORS
from partnership.toolkit.versions import ChangedSince

STRAYS = (
    Authenticator,
    EmailAddress,
    Group,
    SocialAccount,
    SocialApp,
    SocialToken,
    UserSession,
)
EDITED = ("name", "known_as", "email", "telephone")
for stray in STRAYS:
    admin.site.unregister(stray)


class AccountFilter(admin.SimpleListFilter):
    """Whether somebody may sign in, has not come yet, or has left."""

    title = "account"
    parameter_name = "account"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """The three states of an account."""
        return (("open", "May sign in"), ("invited", "Has not joined yet"), ("closed", "Closed"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Person]) -> QuerySet[Person]:
        """People in that state."""
        match self.value():
            case "open":
                return queryset.filter(is_active=True)
            case "invited":
                return queryset.filter(is_active=False, joined_at__isnull=True)
            case "closed":
                return queryset.filter(is_active=False, joined_at__isnull=False)
        return queryset


class PersonForm(ModelForm):
    """A person as portal staff correct her; the second of two who do is told of the first."""

    seen_version = IntegerField(widget=HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Remember which version is shown."""
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        """Show what is saved now beside what was typed; the next save is over that."""
        cleaned: dict[str, Any] = super().clean() or {}
        current = Person.objects.get(pk=self.instance.pk)
        if cleaned.get("seen_version") == current.version:
            return cleaned
        shown = cast("QueryDict", self.data).copy()
        shown[self.add_prefix("seen_version")] = str(current.version)
        self.data = shown
        saved = "; ".join(
            f"{current._meta.get_field(name).verbose_name}: {getattr(current, name) or 'none'}"
            for name in EDITED
        )
        raise ValidationError(
            f"Somebody else saved this person while you had her open. Saved now: {saved}. "
            "Save once more to keep what you typed."
        )


@admin.register(Person)
class PersonAdmin(KeptAdmin):
    """Somebody who signs in, or will."""

    form = PersonForm
    why_kept = "People are never deleted: deactivate them, and what they did stays in the history."
    list_display = ("name", "email", "account", "is_staff", "has_code", "joined_at", "last_login")
    list_filter = (AccountFilter, "is_staff")
    search_fields = ("search_name", "email")
    search_help_text = "Part of a name, with or without accents, or of an e-mail address."
    ordering = ("search_name", "id")
    readonly_fields = ("account", "is_staff", "has_code", "created_at", "joined_at", "last_login")
    fieldsets = (
        (None, {"fields": (*EDITED, "seen_version")}),
        (
            "Account",
            {
                "fields": readonly_fields,
                "description": "People are invited, not added, and deactivated, not deleted: "
                "choose the action in the list of people.",
            },
        ),
    )
    actions: tuple[str, ...] = (
        "deactivate_people",
        "make_staff",
        "end_staff",
        "remove_second_factors",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People are invited."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """People, each with whether a second factor is set up."""
        codes = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
        return super().get_queryset(request).annotate(has_second_factor=Exists(codes))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Person], search_term: str
    ) -> tuple[QuerySet[Person], bool]:
        """Find names whatever their case and marks."""
        return queryset.filter(
            pk__in=Person.objects.named_like(search_term).values("pk")
        ) if search_term.strip() else queryset, False

    def save_model(
        self,
        request: HttpRequest,
        obj: Person,
        form: ModelForm,
        change: bool,  # noqa: FBT001 (the admin passes it so)
    ) -> None:
        """Correct by the service, which audits and compares the version once more."""
        changes = {name: form.cleaned_data[name] for name in EDITED if name in form.changed_data}
        edit_person(
            person=obj,
            changes=changes,
            by=acting_person(request),
            now=timezone.now(),
            seen_version=form.cleaned_data["seen_version"],
        )

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Where two save in the same moment, the second is told and nothing is lost."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ChangedSince:
            sentence = "Somebody else saved this person in the same moment. Look, then save again."
            self.message_user(request, sentence, messages.ERROR)
            return redirect(request.path)

    @admin.display(description="account")
    def account(self, person: Person) -> str:
        """May sign in, has not joined yet, or closed."""
        if person.is_active:
            return "May sign in"
        return "Closed" if person.joined_at else "Has not joined yet"

    @admin.display(description="second factor", boolean=True)
    def has_code(self, person: Person) -> bool:
        """Whether one-time codes or a passkey are set up."""
        return bool(getattr(person, "has_second_factor", False))

    @admin.action(description="Deactivate: end their sessions and close the account")
    def deactivate_people(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        """Close the accounts of those chosen, never one's own."""
        by, now = acting_person(request), timezone.now()
        chosen = [person for person in people if can_deactivate(by, person)]
        for person in chosen:
            deactivate(person=person, by=by, now=now)
        self.say(request, len(chosen), "deactivated", left_out=len(people) - len(chosen))

    @admin.action(description="Make portal staff")
    def make_staff(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        """Let those chosen work in the office."""
        by, now = acting_person(request), timezone.now()
        chosen = [person for person in people if person.is_active and can_change_staff(by, person)]
        for person in chosen:
            make_portal_staff(person=person, by=by, now=now)
        self.say(request, len(chosen), "made portal staff", left_out=len(people) - len(chosen))

    @admin.action(description="End their work as portal staff")
    def end_staff(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        """Take those chosen out of the office; their accounts stay."""
        by, now = acting_person(request), timezone.now()
        chosen = [person for person in people if can_change_staff(by, person)]
        for person in chosen:
            end_portal_staff(person=person, by=by, now=now)
        self.say(request, len(chosen), "no longer staff", left_out=len(people) - len(chosen))

    @admin.action(description="Remove the second factor (telephone lost)")
    def remove_second_factors(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        """Take away codes and passkeys, to be set up anew."""
        by, now = acting_person(request), timezone.now()
        removed = sum(remove_second_factor(person=person, by=by, now=now) for person in people)
        self.say(request, removed, "without a second factor", left_out=len(people) - removed)

    def say(self, request: HttpRequest, done: int, what: str, *, left_out: int) -> None:
        """What was done, and how many it didn’t apply to."""
        people = "1 person" if done == 1 else f"{done} people"
        self.message_user(request, f"{people}: {what}.", messages.SUCCESS)
        if left_out:
            reason = f"{left_out} left as they were: it doesn’t apply to them, or it is yourself."
            self.message_user(request, reason, messages.WARNING)


def acting_person(request: HttpRequest) -> Person:
    """Whoever works in the admin; its site lets in nobody but portal staff."""
    return Person.objects.get(pk=request.user.pk)
