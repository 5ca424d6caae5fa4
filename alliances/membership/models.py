"""Alliances, the schools that belong to them, and the posts in them."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.versions import Versioned


class AllianceQuerySet(models.QuerySet["Alliance"]):
    """The vocabulary of alliances."""

    def visible_to(self, person: Person) -> Self:
        """All of them: that an alliance exists and which schools it has is public."""
        return self if person.is_active else self.none()

    def of_person(self, person: Person, *, on: date) -> Self:
        """Alliances in which somebody holds a post, or whose member school she has one in."""
        own_posts = AlliancePost.objects.on(on).filter(person=person, alliance=OuterRef("pk"))
        school_posts = SchoolPost.objects.on(on).filter(person=person, school=OuterRef("school"))
        through_school = Membership.objects.on(on).filter(
            Exists(school_posts), alliance=OuterRef("pk")
        )
        return self.filter(Exists(own_posts) | Exists(through_school))


class Alliance(Versioned):
    """Schools that have agreed to improve together."""

    class Kind(models.TextChoices):
        TEACHING_SCHOOL_ALLIANCE = "teaching_school_alliance", "Teaching school alliance"
        COOPERATIVE_TRUST = "cooperative_trust", "Co-operative trust"
        HEADS_ASSOCIATION = "heads_association", "Heads’ association"
        BOROUGH_PARTNERSHIP = "borough_partnership", "Borough partnership"
        NETWORK = "network", "Network"

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=40, choices=Kind.choices)
    area = models.CharField("area served", max_length=120, blank=True)
    vision = models.TextField(blank=True)
    aims = models.TextField(blank=True, help_text="One aim a line.")

    objects = AllianceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="alliances_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("membership:alliance_detail", args=[self.slug])


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]  # shared by two models
    """Rows that hold from one day to another."""

    def on(self, day: date) -> Self:
        """Rows that hold on a day; the end is the last day."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )


class Membership(Versioned):
    """A school's belonging to an alliance, from one day to another."""

    class Kind(models.TextChoices):
        FULL = "full", "Full member"
        ASSOCIATE = "associate", "Associate"
        PARTNER = "partner", "Partner"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="memberships")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.FULL)
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "school"],
                condition=Q(ends_on__isnull=True),
                name="school_joins_an_alliance_once_at_a_time",
                violation_error_message="This school is a member already.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message="The last day must not be before the first.",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "ends_on"], name="memberships_of_a_school"),
            models.Index(fields=["alliance", "ends_on"], name="memberships_of_an_alliance"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class AlliancePost(Versioned):
    """A post that somebody holds in an alliance, from one day to another."""

    class Kind(models.TextChoices):
        DIRECTOR = "director", "Director"
        CHAIR = "chair", "Chair"
        STRATEGIC_LEAD = "strategic_lead", "Strategic lead"
        ADMINISTRATOR = "administrator", "Administrator"
        FINANCE_MANAGER = "finance_manager", "Finance manager"
        PARTNER = "partner", "Partner outside schools"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="posts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="alliance_posts"
    )
    kind = models.CharField("post", max_length=20, choices=Kind.choices)
    description = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "post in an alliance"
        verbose_name_plural = "posts in alliances"
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "person", "kind"],
                condition=Q(ends_on__isnull=True),
                name="person_holds_an_alliance_post_once_at_a_time",
                violation_error_message="This person holds this post already.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="alliance_post_ends_after_it_starts",
                violation_error_message="The last day must not be before the first.",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "kind", "ends_on"], name="alliance_posts_of_a_person"),
            models.Index(fields=["alliance", "kind", "ends_on"], name="alliance_posts_of_one"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
