"""Alliances, the schools that belong to them, and the posts in them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from alliances.membership.models.dated import (
    Belonging,
    BelongingQuerySet,
    DatedQuerySet,
    ends_after_it_starts,
    what_ends_has_a_last_day,
)
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
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
    shared_values = models.TextField(
        "values", blank=True, default="", help_text="One value a line."
    )
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
        return address("membership:alliance_detail", self.slug)

    @property
    def aim_lines(self) -> list[str]:
        """Its aims, one by one."""
        return lines_of(self.aims)

    @property
    def value_lines(self) -> list[str]:
        """Its values, one by one."""
        return lines_of(self.shared_values)


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class MembershipQuerySet(BelongingQuerySet):
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


class Membership(Belonging):
    """A school's belonging to an alliance, from one day to another."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="memberships")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(
        max_length=12, choices=Belonging.Kind.choices, default=Belonging.Kind.FULL
    )
    means_to_join = models.BooleanField(
        "means to become a full member later",
        default=False,
        help_text="It can still be a partner and join later.",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "school"],
                condition=Q(ends_on__isnull=True),
                name="school_joins_an_alliance_once_at_a_time",
                violation_error_message="This school is a member already.",
            ),
            ends_after_it_starts("membership_ends_after_it_starts"),
            what_ends_has_a_last_day("school_that_leaves_has_a_last_day"),
            models.CheckConstraint(
                condition=Q(means_to_join=False) | ~Q(kind="full"),
                name="full_member_has_joined_already",
                violation_error_message="A full member has joined already.",
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

    class FundedPer(models.TextChoices):
        WEEK = "week", "week"
        HALF_TERM = "half_term", "half term"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="posts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="alliance_posts"
    )
    kind = models.CharField("post", max_length=20, choices=Kind.choices)
    area = models.ForeignKey(
        "membership.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    description = models.CharField(max_length=200, blank=True)
    funded_days = models.DecimalField(
        "funded days", max_digits=3, decimal_places=1, null=True, blank=True
    )
    funded_per = models.CharField(
        "funded days are for each",
        max_length=10,
        choices=FundedPer.choices,
        blank=True,
        default="",
    )
    because = models.CharField("why it ends", max_length=300, blank=True, default="")
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)

    objects = AlliancePostQuerySet.as_manager()

    class Meta:
        verbose_name = "post in an alliance"
        verbose_name_plural = "posts in alliances"
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "person", "kind"],
                condition=Q(ends_on__isnull=True, area__isnull=True),
                name="person_holds_an_alliance_post_once_at_a_time",
                violation_error_message="This person holds this post already.",
            ),
            models.UniqueConstraint(
                fields=["area", "person", "kind"],
                condition=Q(ends_on__isnull=True, area__isnull=False),
                name="person_leads_an_area_once_at_a_time",
                violation_error_message="This person leads this area already.",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=True) | Q(kind="strategic_lead"),
                name="only_a_strategic_lead_leads_an_area",
                violation_error_message="Only a strategic lead leads an area.",
            ),
            models.CheckConstraint(
                condition=Q(funded_days__isnull=True, funded_per="")
                | (Q(funded_days__gt=0) & ~Q(funded_per="")),
                name="funded_days_say_how_often",
                violation_error_message="Give the days, and say whether a week or a half term.",
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

    @property
    def funded_words(self) -> str:
        """Its paid time: "half a day a week", "2 days a week", "1 day a half term"."""
        if self.funded_days is None:
            return ""
        days = f"{self.funded_days.normalize():f}"
        counted = {"0.5": "half a day", "1": "1 day"}.get(days, f"{days} days")
        return f"{counted} a {self.get_funded_per_display()}"
