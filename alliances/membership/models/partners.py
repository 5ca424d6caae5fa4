"""Partners of an alliance that are no schools, and what the alliance shows to the public."""

from __future__ import annotations

from django.db import models

from alliances.membership.models.alliances import Alliance
from alliances.membership.models.dated import (
    Belonging,
    BelongingQuerySet,
    ends_after_it_starts,
    what_ends_has_a_last_day,
)
from partnership.toolkit.versions import Versioned


class Partner(Belonging):
    """An organisation outside schools that belongs to an alliance: a university, a charity."""

    class Organisation(models.TextChoices):
        LOCAL_AUTHORITY = "local_authority", "Local authority"
        UNIVERSITY = "university", "University"
        COLLEGE = "college", "College"
        DIOCESE = "diocese", "Diocese"
        CHARITY = "charity", "Charity"
        BUSINESS = "business", "Business"
        HEALTH = "health", "Health service"
        OTHER = "other", "Other organisation"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="partners")
    name = models.CharField(max_length=120)
    organisation = models.CharField("what it is", max_length=20, choices=Organisation.choices)
    kind = models.CharField(
        "belongs as",
        max_length=12,
        choices=Belonging.Kind.choices,
        default=Belonging.Kind.PARTNER,
    )
    brings = models.CharField("what it brings", max_length=300, blank=True)
    contact_name = models.CharField("whom to ask for", max_length=150, blank=True)
    contact_email = models.EmailField("e-mail address", max_length=254, blank=True)
    contact_phone = models.CharField("telephone", max_length=30, blank=True)

    objects = BelongingQuerySet.as_manager()

    class Meta:
        verbose_name = "partner outside schools"
        verbose_name_plural = "partners outside schools"
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "name"],
                condition=models.Q(ends_on__isnull=True),
                name="partner_joins_an_alliance_once_at_a_time",
                violation_error_message="This organisation is a partner already.",
            ),
            ends_after_it_starts("partner_leaves_after_it_joins"),
            what_ends_has_a_last_day("partner_that_leaves_has_a_last_day"),
        ]
        indexes = [models.Index(fields=["alliance", "ends_on"], name="partners_of_an_alliance")]

    def __str__(self) -> str:
        return self.name


class PublicPageQuerySet(models.QuerySet["PublicPage"]):
    """The vocabulary of public pages."""

    def open(self) -> PublicPageQuerySet:
        """Those that everybody may read."""
        return self.filter(is_open=True)


class PublicPage(Versioned):
    """What an alliance tells everybody, once it has switched the page on."""

    alliance = models.OneToOneField(Alliance, on_delete=models.PROTECT, related_name="public_page")
    is_open = models.BooleanField("everybody may read this page", default=False)
    headline = models.CharField(max_length=100, blank=True)
    lead = models.CharField("first sentence", max_length=300, blank=True)
    words = models.TextField("about the alliance", blank=True)
    involved = models.TextField("how to get involved", blank=True)
    email = models.EmailField("e-mail address for enquiries", max_length=254, blank=True)

    objects = PublicPageQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Public page of {self.alliance}"
