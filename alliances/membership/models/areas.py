"""Areas of an alliance's work, and the other alliances that it belongs with."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from alliances.membership.models.alliances import Alliance
from partnership.toolkit.versions import Versioned


class Area(Versioned):
    """A strand of an alliance's work, led by one or more strategic leads."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="areas")
    name = models.CharField(max_length=80)
    purpose = models.CharField("what it is for", max_length=300, blank=True)
    closed_on = models.DateField("last day", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "alliance",
                Lower("name"),
                name="areas_of_an_alliance_differ_in_name",
                violation_error_message="This alliance has an area of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AllianceLinkQuerySet(models.QuerySet["AllianceLink"]):
    """The vocabulary of links between alliances."""

    def of(self, alliance: Alliance) -> AllianceLinkQuerySet:
        """Those that either alliance's page shows."""
        return self.filter(Q(alliance=alliance) | Q(other=alliance))


class AllianceLink(models.Model):
    """What one alliance is to another, or to a network that isn't in the portal."""

    class Kind(models.TextChoices):
        PART_OF = "part_of", "is part of"
        FOLLOWED_BY = "followed_by", "is followed by"
        MERGED_INTO = "merged_into", "has merged into"
        LINKED = "linked", "works with"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(
        Alliance, on_delete=models.PROTECT, related_name="links_here", null=True, blank=True
    )
    name = models.CharField("name of a network outside the portal", max_length=120, blank=True)
    kind = models.CharField("what it is to the other", max_length=12, choices=Kind.choices)
    starts_on = models.DateField("from", null=True, blank=True)

    objects = AllianceLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link between alliances"
        verbose_name_plural = "links between alliances"
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False, name="") | (Q(other__isnull=True) & ~Q(name="")),
                name="link_leads_to_one_alliance_or_network",
                violation_error_message="Choose an alliance, or write a network’s name.",
            ),
            models.CheckConstraint(
                condition=~Q(alliance=F("other")),
                name="alliance_is_not_linked_to_itself",
                violation_error_message="Choose another alliance than this one.",
            ),
            models.UniqueConstraint(
                fields=["alliance", "other", "kind"],
                condition=Q(other__isnull=False),
                name="alliances_are_linked_once_in_one_way",
                violation_error_message="These alliances are linked so already.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def words_for(self, alliance: Alliance, day: date) -> str:
        """What one of the two is to the other, said from its own side on a day."""
        is_coming = self.starts_on is not None and self.starts_on > day
        return self.words_of(
            self.kind, is_mine=self.alliance_id == alliance.pk, is_coming=is_coming
        )

    @staticmethod
    def words_of(kind: str, *, is_mine: bool, is_coming: bool) -> str:
        """How a link is said from its own side or from the other, before and after it begins."""
        if is_coming:
            return (COMING if is_mine else COMING_THERE)[kind]
        return (NOW if is_mine else THERE)[kind]


NOW: dict[str, str] = {
    AllianceLink.Kind.PART_OF: "Part of",
    AllianceLink.Kind.FOLLOWED_BY: "Followed by",
    AllianceLink.Kind.MERGED_INTO: "Merged into",
    AllianceLink.Kind.LINKED: "Works with",
}
THERE = NOW | {
    AllianceLink.Kind.PART_OF: "Includes",
    AllianceLink.Kind.FOLLOWED_BY: "Follows",
    AllianceLink.Kind.MERGED_INTO: "Has taken in",
}
COMING: dict[str, str] = {
    AllianceLink.Kind.PART_OF: "Becoming part of",
    AllianceLink.Kind.FOLLOWED_BY: "To be followed by",
    AllianceLink.Kind.MERGED_INTO: "Merging into",
    AllianceLink.Kind.LINKED: "Will work with",
}
COMING_THERE = COMING | {
    AllianceLink.Kind.PART_OF: "To include",
    AllianceLink.Kind.FOLLOWED_BY: "To follow",
    AllianceLink.Kind.MERGED_INTO: "Taking in",
}
