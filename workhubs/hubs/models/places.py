"""Schools' places in a workhub's year, and their asking for one."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from alliances.meetings.models import OFFICE_POSTS
from alliances.membership.models import Alliance, AlliancePost
from alliances.schools.models import Delegation, School, SchoolPost
from partnership.people.models import Person


def runs_or_speaks(person: Person, *, on: date) -> Q:
    """Rows of a school and a workhub's year for whoever runs the one or speaks for the other."""
    office = AlliancePost.objects.on(on).filter(
        person=person,
        kind__in=OFFICE_POSTS,
        alliance=OuterRef("workhub_year__workhub__alliance"),
    )
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person, school=OuterRef("school"))
    held = Delegation.objects.held_by(person, Delegation.Kind.REPLIES, on=on)
    for_head = Exists(held.filter(school=OuterRef("school")))
    leads = Q(workhub_year__lead=person) | Q(workhub_year__deputy=person)
    return leads | Q(Exists(office)) | Q(Exists(heads)) | Q(for_head)


class WorkhubSchoolQuerySet(models.QuerySet["WorkhubSchool"]):
    """The vocabulary of schools' places in workhubs."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Taken places to whoever sees the workhub; open ones to its office, lead and that head.

        Who answers for the head sees what she is to answer.
        """
        if not person.is_active:
            return self.none()
        if person.is_staff:
            return self
        return self.filter(
            Q(joined_on__isnull=False) | runs_or_speaks(person, on=on),
            workhub_year__workhub__alliance__in=Alliance.objects.of_person(person, on=on),
        )

    def joined(self, *, on: date) -> Self:
        """Places taken on a day; the end is the last day."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=on), joined_on__lte=on)

    def standing(self, *, on: date) -> Self:
        """Places taken and not left before a day, also those that begin later."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=on), joined_on__isnull=False)

    def unanswered(self) -> Self:
        """Invitations that still wait for an answer."""
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)

    def declined(self) -> Self:
        """Invitations answered with a no."""
        return self.filter(
            answered_at__isnull=False, joined_on__isnull=True, withdrawn_at__isnull=True
        )


class WorkhubSchool(models.Model):
    """A school in a workhub's year: invited, then joined or declined, perhaps left.

    A school that is asked again keeps its row; what was before stands in the audit.
    """

    class Way(models.TextChoices):
        INVITED = "invited", "Invited"
        REQUESTED = "requested", "Asked to join"
        KEPT = "kept", "Stayed from the year before"

    workhub_year = models.ForeignKey(
        "hubs.WorkhubYear", on_delete=models.CASCADE, related_name="schools"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="workhub_places")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField("invited at")
    way = models.CharField(
        "how it came in", max_length=10, choices=Way.choices, default=Way.INVITED
    )
    answer_by = models.DateTimeField("please answer by")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField("answered at", null=True)
    withdrawn_at = models.DateTimeField("withdrawn at", null=True)
    joined_on = models.DateField("joined on", null=True)
    left_on = models.DateField("last day", null=True)

    objects = WorkhubSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "school in a workhub"
        verbose_name_plural = "schools in workhubs"
        constraints = [
            models.UniqueConstraint(
                fields=["workhub_year", "school"],
                name="school_is_asked_into_a_workhub_once_a_year",
                violation_error_message="This school has been asked already.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="school_leaves_a_workhub_after_it_joined",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True)
                | Q(answered_at__isnull=False, withdrawn_at__isnull=True),
                name="school_joins_a_workhub_by_an_answer",
                violation_error_message="A school joins by accepting its invitation.",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "joined_on"], name="workhubs_of_a_school"),
            models.Index(
                fields=["answer_by"],
                name="unanswered_workhub_places",
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Place {self.pk}"

    @property
    def is_unanswered(self) -> bool:
        """Whether its school still owes an answer."""
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def is_declined(self) -> bool:
        """Whether its school said no."""
        answered = self.answered_at is not None and self.withdrawn_at is None
        return answered and self.joined_on is None

    def stands(self, on: date) -> bool:
        """Whether its school takes part on that day, or will."""
        return self.joined_on is not None and (self.left_on is None or self.left_on >= on)

    def is_joined(self, on: date) -> bool:
        """Whether its school takes part on that day."""
        return self.joined_on is not None and self.joined_on <= on and self.stands(on)


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    """The vocabulary of schools' requests to join."""

    def open(self) -> Self:
        """Those that still wait for an answer."""
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)

    def visible_to(self, person: Person, *, on: date) -> Self:
        """To whoever runs the workhub, and whoever speaks for the school."""
        if not person.is_active:
            return self.none()
        if person.is_staff:
            return self
        return self.filter(
            runs_or_speaks(person, on=on),
            workhub_year__workhub__alliance__in=Alliance.objects.of_person(person, on=on),
        )


class JoinRequest(models.Model):
    """A school asks to take part in a workhub's year; the workhub answers yes or no."""

    workhub_year = models.ForeignKey(
        "hubs.WorkhubYear", on_delete=models.CASCADE, related_name="requests"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="workhub_requests")
    why = models.CharField("why it would like to join", max_length=500)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField("asked at")
    answer_by = models.DateTimeField("to be answered by")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField("answered at", null=True)
    is_accepted = models.BooleanField("accepted", default=False)
    answer = models.CharField("words with the answer", max_length=500, blank=True)
    withdrawn_at = models.DateTimeField("withdrawn at", null=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "request to join a workhub"
        verbose_name_plural = "requests to join workhubs"
        constraints = [
            models.UniqueConstraint(
                fields=["workhub_year", "school"],
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="school_asks_to_join_a_workhub_once_at_a_time",
                violation_error_message="This school has asked already.",
            ),
            models.CheckConstraint(
                condition=Q(is_accepted=False) | Q(answered_at__isnull=False),
                name="request_is_accepted_by_an_answer",
                violation_error_message="A request is accepted by an answer.",
            ),
        ]
        indexes = [
            models.Index(fields=["workhub_year", "requested_at"], name="requests_of_a_workhub"),
            models.Index(fields=["school", "requested_at"], name="requests_of_a_school"),
            models.Index(
                fields=["answer_by"],
                name="open_requests_to_join",
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.answered_at is None and self.withdrawn_at is None
