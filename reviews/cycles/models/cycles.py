"""A year's reviews of an alliance: which schools host, who may go, and by which rules."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alliances.membership.models import Alliance, AlliancePost
from alliances.schools.models import Delegation, SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.folding import folded
from partnership.toolkit.versions import Versioned
from reviews.cycles.models.frameworks import Framework
from reviews.cycles.models.taking_part import CycleHost, CyclePerson, CycleReviewer

ORGANISING_WAYS = ("post", "named")


class CycleQuerySet(models.QuerySet["Cycle"]):
    """The vocabulary of cycles."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Those that she organises or takes part in; for others, portal staff included, there are none.

        The alliance's director and whom the director names; once dates are asked for also heads of
        the hosts, who acts for them in reviews, and the reviewers.
        """
        if not person.is_active:
            return self.none()
        first, *rest = cycles_by_way(person, on=on).values()
        return self.filter(pk__in=first.union(*rest, all=True))

    def organised_by(self, person: Person, *, on: date) -> Self:
        """Those of alliances that she directs, and those she was named for."""
        ways = cycles_by_way(person, on=on)
        first, *rest = (ways[way] for way in ORGANISING_WAYS)
        return self.filter(pk__in=first.union(*rest, all=True))


def cycles_by_way(person: Person, *, on: date) -> dict[str, models.QuerySet[Any, Any]]:
    """The keys of the cycles in which she has a part, way by way."""
    every = Cycle.objects.order_by()
    begun = {"cycle__opened_at__isnull": False}
    heads = SchoolPost.objects.on(on).filter(person=person, kind__in=SchoolPost.HEADS)
    acting = Delegation.objects.held_by(person, Delegation.Kind.REVIEWS, on=on)
    directed = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
    named = CyclePerson.objects.on(on).filter(person=person).order_by()
    hosts = CycleHost.objects.filter(left_at=None, **begun).order_by()
    reviewers = CycleReviewer.objects.filter(left_at=None, **begun).order_by()
    return {
        "post": every.filter(alliance__in=directed.values("alliance")).values("pk"),
        "named": named.values("cycle"),
        "host": hosts.filter(school__in=heads.values("school")).values("cycle"),
        "acting": hosts.filter(school__in=acting.values("school")).values("cycle"),
        "reviewer": reviewers.filter(reviewer__person=person).values("cycle"),
    }


class Cycle(Versioned):
    """The reviews of one academic year: every host once."""

    class State(models.TextChoices):
        PREPARING = "preparing", "In preparation"
        ASKING = "asking", "Dates are asked for"
        PUBLISHED = "published", "Rota published"
        FINISHED = "finished", "Finished"
        CANCELLED = "cancelled", "Called off"

    LIVE = (State.PREPARING, State.ASKING, State.PUBLISHED)

    class Length(models.TextChoices):
        HALF = "half", "Half a day"
        ONE = "one", "One day"
        TWO = "two", "Two days"
        THREE = "three", "Three days"

    class Rule(models.TextChoices):
        ALLOWED = "allowed", "It makes no difference"
        AVOIDED = "avoided", "Avoid it where it can be avoided"
        NEVER = "never", "Never"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="review_cycles")
    year = models.PositiveSmallIntegerField("academic year, by its first calendar year")
    name = models.CharField(max_length=120, default="Review days")
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, null=True, blank=True, related_name="cycles"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    team_size = models.PositiveSmallIntegerField(
        "people in a team, with its lead",
        null=True,
        blank=True,
        help_text="Leave empty for “all the others”: everybody who may visits each school.",
    )
    length = models.CharField(
        "how long a review is", max_length=5, choices=Length.choices, default=Length.ONE
    )
    starts_on = models.DateField("first day of the window")
    ends_on = models.DateField("last day of the window")
    starts_time = models.TimeField("a day begins at", default=time(8, 30))
    ends_time = models.TimeField("and ends at", default=time(15, 30))
    gap_days = models.PositiveSmallIntegerField(
        "days between two reviews of one person",
        default=7,
        help_text="7 means that nobody is out on two days within a week.",
    )
    most_days = models.PositiveSmallIntegerField(
        "reviews that one person goes to, at most", null=True, blank=True
    )
    most_days_half_term = models.PositiveSmallIntegerField(
        "reviews that one person goes to in a half term, at most", null=True, blank=True
    )
    same_trust = models.CharField(
        "reviewing a school of one’s own trust",
        max_length=10,
        choices=Rule.choices,
        default=Rule.AVOIDED,
    )
    last_year = models.CharField(
        "reviewing the school that one reviewed last year",
        max_length=10,
        choices=Rule.choices,
        default=Rule.AVOIDED,
    )
    answer_days = models.PositiveSmallIntegerField(
        "school days to accept a visit", default=5, help_text="Usually 5 school days."
    )
    block_by = models.DateTimeField("dates are asked for by", null=True, blank=True)
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="review_cycles_organised",
        verbose_name="who looks after it",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("made at")
    opened_at = models.DateTimeField("dates asked for at", null=True, blank=True)
    published_at = models.DateTimeField("rota first published at", null=True, blank=True)
    ended_at = models.DateTimeField("ended at", null=True, blank=True)
    ended_because = models.CharField("why it ended", max_length=300, blank=True)
    search_text = models.CharField(max_length=300, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = "cycle of review days"
        verbose_name_plural = "cycles of review days"
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "year", "name"],
                condition=~Q(state="cancelled"),
                name="alliance_has_each_cycle_of_a_year_once",
                violation_error_message="The alliance has a cycle of that name this year.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="window_of_a_cycle_ends_after_it_begins",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=Q(ends_time__gt=F("starts_time")),
                name="review_day_ends_after_it_begins",
                violation_error_message="A day must end after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(team_size__isnull=True) | Q(team_size__gte=1),
                name="team_has_somebody",
                violation_error_message="A team has one person at least.",
            ),
        ]
        indexes = [
            models.Index(fields=["alliance", "-year", "id"], name="cycles_of_an_alliance"),
            models.Index(fields=["-year", "name", "id"], name="cycles_by_year"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.years}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what the search reads: name, year, and how the alliance is called at the time."""
        fields = kwargs.get("update_fields")
        if fields is None or "name" in fields:
            self.search_text = folded(f"{self.name} {self.years} {self.alliance}")[:300]
            kwargs["update_fields"] = None if fields is None else {*fields, "search_text"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("cycles:cycle_detail", self.pk)

    @property
    def years(self) -> str:
        """2026 to 2027."""
        return str(AcademicYear(self.year))

    @property
    def is_live(self) -> bool:
        """Whether anything of it may still change."""
        return self.state in self.LIVE

    @property
    def has_rota(self) -> bool:
        """Whether those who take part may read a rota."""
        return self.published_at is not None

    @property
    def days_each(self) -> int:
        """How many school days a review takes."""
        return {"two": 2, "three": 3}.get(self.length, 1)

    def is_late_with_dates(self, now: datetime) -> bool:
        """Whether the dates should have come by now."""
        asked = self.state == self.State.ASKING and self.block_by is not None
        return asked and self.block_by is not None and self.block_by < now
