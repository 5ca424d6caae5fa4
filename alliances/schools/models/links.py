"""Which school another one came from, and the trusts and federations that schools belong to."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from alliances.schools.models.register import RegisterFile, School


class SchoolLinkQuerySet(models.QuerySet["SchoolLink"]):
    """The vocabulary of links between schools."""

    def of(self, urn: int) -> Self:
        """Links to what came before a school and what came after it, the latest first."""
        return self.filter(Q(predecessor_urn=urn) | Q(successor_urn=urn)).order_by(
            F("linked_on").desc(nulls_last=True), "pk"
        )

    def to_hand_over(self) -> Self:
        """Those whose predecessor stands here and hasn't handed over yet, though both are known."""
        known = School.objects.filter(is_example=False)
        return self.filter(
            handed_over_at__isnull=True,
            waits=True,
            predecessor_urn__in=known.values("urn"),
            successor_urn__in=known.values("urn"),
        )


class SchoolLink(models.Model):
    """One school following another: a conversion, a merger, a split, as the register says it."""

    predecessor_urn = models.PositiveIntegerField("URN of the school before")
    predecessor_name = models.CharField(max_length=120, blank=True)
    successor_urn = models.PositiveIntegerField("URN of the school after")
    successor_name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    linked_on = models.DateField("since", null=True, blank=True)
    source = models.ForeignKey(
        RegisterFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    waits = models.BooleanField("a conversion to accept", default=False)
    handed_over_at = models.DateTimeField("handed over at", null=True, blank=True)

    objects = SchoolLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link between schools"
        verbose_name_plural = "links between schools"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor_urn", "successor_urn"],
                name="school_follows_another_once",
                violation_error_message="These two schools are linked already.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor_urn=F("successor_urn")),
                name="school_does_not_follow_itself",
                violation_error_message="A school can’t follow itself.",
            ),
        ]
        indexes = [
            models.Index(fields=["successor_urn", "id"], name="links_by_successor"),
            models.Index(
                fields=["id"],
                name="links_waiting",
                condition=Q(waits=True, handed_over_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_urn} became {self.successor_urn}"


class SchoolGroup(models.Model):
    """An academy trust or a federation, by the number that the register gives it."""

    uid = models.PositiveIntegerField("group UID", unique=True)
    group_id = models.CharField("group ID", max_length=12, blank=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=60)
    status = models.CharField(max_length=40, blank=True)
    companies_house = models.CharField("Companies House number", max_length=10, blank=True)
    opened_on = models.DateField("opened on", null=True, blank=True)
    closed_on = models.DateField("closed on", null=True, blank=True)

    class Meta:
        verbose_name = "trust or federation"
        verbose_name_plural = "trusts and federations"
        indexes = [models.Index(fields=["name", "id"], name="groups_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_federation(self) -> bool:
        """Whether it is a federation of maintained schools and no trust."""
        return self.kind == FEDERATION


FEDERATION = "Federation"


class GroupSchoolQuerySet(models.QuerySet["GroupSchool"]):
    """The vocabulary of schools in trusts and federations."""

    def on(self, day: date) -> Self:
        """Those that a school belongs to on a day, joined or with no date known."""
        return self.filter(
            Q(joined_on__isnull=True) | Q(joined_on__lte=day),
            Q(left_on__isnull=True) | Q(left_on__gt=day),
        )


class GroupSchool(models.Model):
    """A school in a trust or a federation, from the day it joined to the day it left."""

    group = models.ForeignKey(SchoolGroup, on_delete=models.PROTECT, related_name="schools")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="groups")
    joined_on = models.DateField("joined on", null=True, blank=True)
    left_on = models.DateField("left on", null=True, blank=True)
    source = models.ForeignKey(
        RegisterFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = GroupSchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "school in a trust or federation"
        verbose_name_plural = "schools in trusts and federations"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "school"],
                condition=Q(left_on__isnull=True),
                name="school_is_in_a_group_once_at_a_time",
                violation_error_message="This school is in it already.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="school_leaves_a_group_after_it_joined",
                violation_error_message="A school can’t leave before it joined.",
            ),
        ]
        indexes = [models.Index(fields=["school", "left_on"], name="groups_of_a_school")]

    def __str__(self) -> str:
        return f"{self.school_id} in {self.group_id}"
