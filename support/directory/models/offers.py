"""What schools offer, experts from outside, and posts that schools share."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.models.dated import DatedQuerySet, ends_after_it_starts
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.folding import folded
from partnership.toolkit.versions import Versioned
from support.directory.models.rules import SupportArea


class OfAlliances(DatedQuerySet):
    """Entries that everybody of the alliance may read."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Those of her alliances."""
        if not person.is_active:
            return self.none()
        return self.filter(alliance__in=Alliance.objects.of_person(person, on=on))


def _is_renamed(kwargs: dict[str, Any], named: set[str]) -> bool:
    """Whether a save touches what the search reads; then it saves that too."""
    fields = kwargs.get("update_fields")
    if fields is None:
        return True
    if is_renamed := bool(named & set(fields)):
        kwargs["update_fields"] = {*fields, "search_text"}
    return is_renamed


class SchoolOffer(Versioned):
    """What a school offers others: placements, modelling, a learning community, training."""

    class Kind(models.TextChoices):
        PLACEMENT = "placement", "Placement"
        MODELLING = "modelling", "Modelling of practice"
        LEARNING_COMMUNITY = "learning_community", "Professional learning community"
        TRAINING = "training", "Training"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="school_offers")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="support_offers")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=150)
    about = models.TextField("what it is", blank=True)
    areas = models.ManyToManyField(SupportArea, related_name="offers", blank=True)
    phases = models.JSONField(default=list, blank=True)
    days = models.DecimalField(
        "days a year",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Leave empty if days don’t say it.",
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="support_offers",
        verbose_name="whom to ask",
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)
    search_text = models.CharField(max_length=400, editable=False, default="")

    objects = OfAlliances.as_manager()

    class Meta:
        verbose_name = "offer of a school"
        verbose_name_plural = "offers of schools"
        constraints = [ends_after_it_starts("offer_ends_after_it_starts")]
        indexes = [
            models.Index(fields=["alliance", "kind", "title", "id"], name="offers_by_kind"),
            models.Index(fields=["alliance", "title", "id"], name="offers_by_title"),
            models.Index(fields=["school", "ends_on"], name="offers_of_a_school"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what the search reads beside title and school."""
        if _is_renamed(kwargs, {"title", "school"}):
            self.search_text = folded(f"{self.title} {self.school.name}")[:400]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("directory:offer_detail", self.pk)


class OutsideExpert(Versioned):
    """A supplier or a national expert who isn't of any school of the alliance."""

    class Kind(models.TextChoices):
        SUPPLIER = "supplier", "Outside supplier"
        NATIONAL = "national", "National expert"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="outside_experts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=150)
    organisation = models.CharField(max_length=150, blank=True)
    areas = models.ManyToManyField(SupportArea, related_name="outside_experts", blank=True)
    phases = models.JSONField(default=list, blank=True)
    about = models.TextField("what they do", blank=True)
    email = models.EmailField("e-mail", blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    website = models.URLField(max_length=200, blank=True)
    day_rate = models.DecimalField(
        "cost of a day, in pounds", max_digits=8, decimal_places=2, null=True, blank=True
    )
    recommended_by = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="school that recommends them",
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)
    search_text = models.CharField(max_length=400, editable=False, default="")

    objects = OfAlliances.as_manager()

    class Meta:
        verbose_name = "expert from outside"
        verbose_name_plural = "experts from outside"
        constraints = [ends_after_it_starts("expert_ends_after_it_starts")]
        indexes = [models.Index(fields=["alliance", "name", "id"], name="experts_by_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what the search reads beside name and organisation."""
        if _is_renamed(kwargs, {"name", "organisation"}):
            self.search_text = folded(f"{self.name} {self.organisation}")[:400]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("directory:expert_detail", self.pk)


class SharedPostQuerySet(DatedQuerySet):
    """The vocabulary of posts that schools share."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Her own, those that her school shares, and all for director and finance manager."""
        if not person.is_active:
            return self.none()
        keepers = (*SchoolPost.HEADS, SchoolPost.Kind.BUSINESS_MANAGER)
        schools = SchoolPost.objects.on(on).filter(person=person, kind__in=keepers)
        office = AlliancePost.objects.on(on).filter(
            person=person,
            kind__in=(AlliancePost.Kind.DIRECTOR, AlliancePost.Kind.FINANCE_MANAGER),
        )
        own = SharedPost.objects.filter(person=person)
        through_post = SharedPost.objects.filter(alliance__in=office.values("alliance"))
        shares = SharedPostSchool.objects.filter(school__in=schools.values("school"))
        return self.filter(
            pk__in=own.values("pk").union(through_post.values("pk"), shares.values("post"))
        )


class SharedPost(Versioned):
    """Somebody who works in more than one school: a shared post, a secondment, supply."""

    class Kind(models.TextChoices):
        SHARED = "shared", "Shared post"
        SECONDMENT = "secondment", "Secondment"
        SUPPLY = "supply", "Supply"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="shared_posts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField("post", max_length=150)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shared_posts",
        verbose_name="who",
        help_text="Leave empty as long as the post is vacant.",
    )
    employer = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        related_name="employed_shared_posts",
        verbose_name="school that employs",
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)
    yearly_cost = models.DecimalField(
        "cost of a year, in pounds", max_digits=9, decimal_places=2, null=True, blank=True
    )

    objects = SharedPostQuerySet.as_manager()

    class Meta:
        verbose_name = "shared post"
        verbose_name_plural = "shared posts"
        constraints = [ends_after_it_starts("shared_post_ends_after_it_starts")]
        indexes = [models.Index(fields=["alliance", "title", "id"], name="shared_posts_by_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("directory:shared_post_detail", self.pk)


class SharedPostSchool(models.Model):
    """One school's part of a shared post: its share of the week and of the cost."""

    post = models.ForeignKey(SharedPost, on_delete=models.CASCADE, related_name="shares")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="shared_posts")
    days_a_week = models.DecimalField("days a week", max_digits=3, decimal_places=1)
    cost_percent = models.DecimalField(
        "share of the cost, in per cent", max_digits=5, decimal_places=2
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "school"],
                name="school_takes_one_share_of_a_post",
                violation_error_message="This school has its share already.",
            ),
            models.CheckConstraint(
                condition=Q(days_a_week__gt=0, days_a_week__lte=5),
                name="share_is_part_of_a_week",
                violation_error_message="Give between half a day and five days a week.",
            ),
            models.CheckConstraint(
                condition=Q(cost_percent__gte=0, cost_percent__lte=100),
                name="share_of_a_cost_is_a_percentage",
                violation_error_message="Give a percentage between 0 and 100.",
            ),
        ]
        indexes = [models.Index(F("school"), F("post"), name="shares_of_a_school")]

    def __str__(self) -> str:
        return f"{self.days_a_week} days a week"
