"""What a head lets somebody of her school do on the school’s behalf, for a time."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from alliances.schools.models.posts import SchoolPost
from alliances.schools.models.register import School
from partnership.people.models import Person


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """The vocabulary of delegations."""

    def ahead(self, day: date) -> Self:
        """Those that hold on a day or will, as far as their own days say."""
        return self.filter(ended_at__isnull=True, ends_on__gte=day)

    def on(self, day: date) -> Self:
        """Those in force: in time, not ended, given by a head and held by somebody of the school."""
        posts = SchoolPost.objects.on(day).filter(school=OuterRef("school"))
        return self.ahead(day).filter(
            Exists(posts.filter(person=OuterRef("deputy"))),
            Exists(posts.of_heads().filter(person=OuterRef("given_by"))),
            starts_on__lte=day,
        )

    def held_by(self, person: Person, kind: str, *, on: date) -> Self:
        """Those by which she acts for schools in one matter on a day."""
        return self.on(on).filter(deputy=person, kind=kind)


class Delegation(models.Model):
    """A head’s word that somebody acts for her school in one matter, until a day."""

    class Kind(models.TextChoices):
        DETAILS = "details", "Details: posts, contact details and the yearly check"
        REPLIES = "replies", "Replies: answer meetings and workhub invitations for the school"
        BOOKINGS = "bookings", "Bookings: places at events and training"
        REVIEWS = "reviews", "Reviews: arrange the school’s reviews"
        SUPPORT = "support", "Support: requests, visits and plans"
        SIGNING = "signing", "Signing agreements in the school’s name"
        RELEASING = "releasing", "Releasing reports about the school"

    NAMED_ONE_BY_ONE = (Kind.SIGNING, Kind.RELEASING)

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="delegations")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations_given"
    )
    kind = models.CharField("matter", max_length=20, choices=Kind.choices)
    given_at = models.DateTimeField("given at")
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day")
    ended_at = models.DateTimeField("ended at once", null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="delegation_ends_after_it_starts",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=~Q(deputy=F("given_by")),
                name="nobody_delegates_to_herself",
                violation_error_message="Choose somebody else.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deputy", "kind", "ends_on"],
                name="delegations_of_a_person",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(fields=["school", "ends_on"], name="delegations_of_a_school"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def called(self) -> str:
        """The matter in a word or three."""
        return str(self.get_kind_display()).partition(":")[0]
