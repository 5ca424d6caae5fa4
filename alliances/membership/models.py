"""Alliances, the schools that belong to them, and the posts in them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.folding import folded
from partnership.toolkit.versions import Versioned

MOST_WORDS = 8


class AllianceQuerySet(models.QuerySet["Alliance"]):
    """The vocabulary of alliances."""

    def visible_to(self, person: Person) -> Self:
        """All of them: that an alliance exists and which schools it has is public."""
        return self if person.is_active else self.none()

    def of_person(self, person: Person, *, on: date) -> Self:
        """Alliances in which somebody holds a post, or whose member school she has one in."""
        own = AlliancePost.objects.on(on).filter(person=person).values("alliance")
        schools = SchoolPost.objects.on(on).filter(person=person).values("school")
        through = Membership.objects.on(on).filter(school__in=schools).values("alliance")
        return self.filter(pk__in=own.union(through, all=True))

    def matching(self, words: str) -> Self:
        """Alliances whose name or area has every one of the words in it."""
        found = self
        for word in folded(words).split()[:MOST_WORDS]:
            found = found.filter(search_text__contains=word)
        return found

    def with_school_count(self, *, on: date) -> Self:
        """Each with how many schools belong to it on a day."""
        members = (
            Membership.objects.on(on)
            .filter(alliance=OuterRef("pk"))
            .order_by()
            .values("alliance")
            .annotate(schools=Count("school", distinct=True))
            .values("schools")
        )
        return self.annotate(school_count=Coalesce(Subquery(members), 0))


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
    search_text = models.CharField(max_length=300, editable=False)

    objects = AllianceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="alliances_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what the search reads beside name and area."""
        self.search_text = folded(f"{self.name} {self.area}")[:300]
        if (fields := kwargs.get("update_fields")) and {"name", "area"} & set(fields):
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("membership:alliance_detail", args=[self.slug])

    @property
    def aim_lines(self) -> list[str]:
        """Its aims, one by one."""
        return [line.strip() for line in self.aims.splitlines() if line.strip()]


def holding(day: date, prefix: str = "") -> Q:
    """What holds on a day, for rows reached by the prefix; the end is the last day."""
    started = Q((f"{prefix}starts_on__isnull", True)) | Q((f"{prefix}starts_on__lte", day))
    goes_on = Q((f"{prefix}ends_on__isnull", True)) | Q((f"{prefix}ends_on__gte", day))
    return started & goes_on


class DatedQuerySet(models.QuerySet):
    """Rows that hold from one day to another."""

    def on(self, day: date) -> Self:
        """Rows that hold on a day; the end is the last day."""
        return self.filter(holding(day))


class MembershipQuerySet(DatedQuerySet):
    """The vocabulary of memberships."""

    def sharing_days(
        self, alliance_id: int, school_id: int, starts_on: date, ends_on: date | None
    ) -> Self:
        """Those of one school in one alliance that hold on any day of a span."""
        found = self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on),
            alliance=alliance_id,
            school=school_id,
        )
        return found if ends_on is None else found.filter(starts_on__lte=ends_on)


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

    objects = MembershipQuerySet.as_manager()

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


class AlliancePostQuerySet(DatedQuerySet):
    """The vocabulary of posts in alliances."""

    def by_rank(self) -> Self:
        """As an alliance's own list has them: director first, then by name."""
        ranks = [When(kind=kind, then=rank) for rank, kind in enumerate(AlliancePost.Kind)]
        rank = Case(*ranks, default=len(ranks), output_field=models.SmallIntegerField())
        return self.order_by(rank, "person__search_name", "pk")


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

    objects = AlliancePostQuerySet.as_manager()

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
