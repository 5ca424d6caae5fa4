"""Workhubs in the admin: found, their lead and aims corrected; schools join by their heads' answer."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from partnership.audit.admin import KeptAdmin, ReadOnlyAdmin
from workhubs.hubs.models import (
    JoinRequest,
    Objective,
    TopicProposal,
    Workhub,
    WorkhubPerson,
    WorkhubSchool,
    WorkhubYear,
)
from workhubs.hubs.services import InvitationClosed, edit_workhub, withdraw_invitation


class AnswerFilter(admin.SimpleListFilter):
    """What became of an invitation."""

    title = "answer"
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every way it can stand."""
        return [("waiting", "Waiting"), ("joined", "Joined"), ("declined", "Declined")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[WorkhubSchool]
    ) -> QuerySet[WorkhubSchool]:
        """Invitations that stand so today."""
        match self.value():
            case "waiting":
                return queryset.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
            case "joined":
                today = timezone.localdate()
                stays = Q(left_on__isnull=True) | Q(left_on__gte=today)
                return queryset.filter(stays, joined_on__isnull=False)
            case "declined":
                return queryset.filter(answered_at__isnull=False, joined_on__isnull=True)
        return queryset


@admin.register(Workhub)
class WorkhubAdmin(ReadOnlyAdmin):
    """A workhub over the years; its years are changed one by one."""

    why_kept = "Workhubs are never deleted: their meetings and schools belong to the record."
    list_display = ("name", "alliance", "slug", "closed_on")
    list_filter = ("alliance",)
    list_select_related = ("alliance",)
    search_fields = ("search_name", "slug")
    search_help_text = "Part of a name."
    ordering = ("name", "id")
    fields = ("name", "alliance", "slug", "body", "closed_on")


@admin.register(WorkhubYear)
class WorkhubYearAdmin(KeptAdmin):
    """One year of a workhub: staff may set right who leads it and what it is for."""

    why_kept = "A workhub’s years are never deleted: what was done in them stays on record."
    list_display = ("workhub", "academic_year", "alliance", "lead", "deputy", "closed_on")
    list_filter = ("year", "workhub__alliance")
    list_select_related = ("workhub__alliance", "lead", "deputy")
    search_fields = ("workhub__search_name", "priority", "lead__search_name")
    search_help_text = "Part of the workhub’s name, of its priority or of its lead’s name."
    autocomplete_fields = ("lead", "deputy")
    ordering = ("-year", "workhub__name", "id")
    fields = ("workhub", "academic_year", "lead", "deputy", "priority", "aims", "closed_on")
    readonly_fields = ("workhub", "academic_year", "closed_on")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An alliance’s office creates workhubs, on the portal’s own pages."""
        return False

    @admin.display(ordering="workhub__alliance__name")
    def alliance(self, workhub_year: WorkhubYear) -> str:
        """The alliance that the workhub belongs to."""
        return str(workhub_year.workhub.alliance)

    def save_model(
        self,
        request: HttpRequest,
        obj: WorkhubYear,
        form: ModelForm[WorkhubYear],
        change: bool,  # noqa: FBT001 (the admin passes it so)
    ) -> None:
        """Save by the same service as the portal’s page, so that it is audited."""
        staff: Any = request.user
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        edit_workhub(workhub_year=obj, changes=changes, by=staff, now=timezone.now())


@admin.register(WorkhubSchool)
class WorkhubSchoolAdmin(ReadOnlyAdmin):
    """A school's place in a workhub's year; only its heads answer for it."""

    why_kept = "A school’s place is never deleted: withdraw the invitation instead."
    list_display = ("school", "workhub_year", "invited_at", "answer_by", "joined_on", "left_on")
    list_filter = (AnswerFilter, "workhub_year__year", "workhub_year__workhub__alliance")
    list_select_related = ("school", "workhub_year__workhub")
    search_fields = ("school__search_text", "workhub_year__workhub__search_name")
    search_help_text = "Part of a school’s or a workhub’s name."
    ordering = ("-invited_at", "-id")
    actions = ("withdraw_invitations",)
    fields = (
        "workhub_year",
        "school",
        "way",
        "invited_by",
        "invited_at",
        "answer_by",
        "answered_by",
        "answered_at",
        "withdrawn_at",
        "joined_on",
        "left_on",
    )

    @admin.action(description="Withdraw the invitations", permissions=["view"])
    def withdraw_invitations(self, request: HttpRequest, queryset: QuerySet[WorkhubSchool]) -> None:
        """Withdraw what can be withdrawn, and say how many that were."""
        staff: Any = request.user
        withdrawn = 0
        for place in queryset:
            try:
                withdraw_invitation(place=place, by=staff, now=timezone.now())
            except InvitationClosed:
                continue
            withdrawn += 1
        messages.success(request, f"Invitations withdrawn: {withdrawn}.")


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnlyAdmin):
    """A school's request to join; the workhub's lead, deputy and office answer it."""

    why_kept = "Requests are never deleted: what was asked and answered stays on record."
    list_display = ("school", "workhub_year", "requested_at", "answered_at", "is_accepted")
    list_filter = ("is_accepted", "workhub_year__year", "workhub_year__workhub__alliance")
    list_select_related = ("school", "workhub_year__workhub")
    search_fields = ("school__search_text", "workhub_year__workhub__search_name")
    search_help_text = "Part of a school’s or a workhub’s name."
    ordering = ("-requested_at", "-id")
    fields = (
        "workhub_year",
        "school",
        "why",
        "requested_by",
        "requested_at",
        "answer_by",
        "answered_by",
        "answered_at",
        "is_accepted",
        "answer",
        "withdrawn_at",
    )


TOPIC_DATES = ("proposed_at", "answer_by", "answered_at", "is_taken_up", "withdrawn_at")


@admin.register(TopicProposal)
class TopicProposalAdmin(ReadOnlyAdmin):
    """That a topic was proposed, and when; which it is and whose, is for those who answer it."""

    why_kept = "Topics are never deleted: what was proposed and answered stays on record."
    list_display = ("pk", "workhub_year", *TOPIC_DATES)
    list_filter = ("is_taken_up", "workhub_year__year", "workhub_year__workhub__alliance")
    list_select_related = ("workhub_year__workhub",)
    search_fields = ("workhub_year__workhub__search_name",)
    search_help_text = "Part of a workhub’s name."
    ordering = ("-proposed_at", "-id")
    fields = ("workhub_year", *TOPIC_DATES)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TopicProposal]:
        """Only what the admin shows is read at all."""
        topics: QuerySet[Any] = super().get_queryset(request)
        return topics.defer("topic", "about", "answer")


@admin.register(WorkhubPerson)
class WorkhubPersonAdmin(ReadOnlyAdmin):
    """Somebody who takes part beside the schools; kept on the workhub's own page."""

    why_kept = "Who took part stays on record: give a last day on the workhub’s page."
    list_display = ("person", "workhub_year", "brings", "starts_on", "ends_on")
    list_filter = ("workhub_year__year", "workhub_year__workhub__alliance")
    list_select_related = ("person", "workhub_year__workhub")
    search_fields = ("person__search_name", "workhub_year__workhub__search_name")
    search_help_text = "Part of a person’s or a workhub’s name."
    ordering = ("-starts_on", "-id")
    fields = ("workhub_year", "person", "brings", "starts_on", "ends_on")


@admin.register(Objective)
class ObjectiveAdmin(ReadOnlyAdmin):
    """What a workhub wants to reach in a year, and how it stands."""

    why_kept = "Objectives are kept by whoever leads the workhub, on its own page."
    list_display = ("words", "workhub_year", "progress", "noted_on", "due_on")
    list_filter = ("progress", "workhub_year__year", "workhub_year__workhub__alliance")
    list_select_related = ("workhub_year__workhub",)
    search_fields = ("words", "measure", "workhub_year__workhub__search_name")
    search_help_text = "Part of the objective, of its measure or of the workhub’s name."
    ordering = ("-workhub_year__year", "workhub_year", "position", "id")
    fields = (
        "workhub_year",
        "position",
        "words",
        "measure",
        "due_on",
        "progress",
        "seen",
        "noted_on",
        "carried_from",
    )
