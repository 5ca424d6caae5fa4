"""Term calendars, as authorities and schools have settled them, and the addresses of feeds."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership.people.models import Person
from partnership.toolkit.folding import folded
from partnership.toolkit.versions import Versioned

MOST_WORDS = 8


class TermCalendarQuerySet(models.QuerySet["TermCalendar"]):
    """The vocabulary of term calendars."""

    def visible_to(self, person: Person) -> Self:
        """All of them: when schools are open is public."""
        return self if person.is_active else self.none()

    def followed(self) -> Self:
        """Those that follow no other: the authorities’."""
        return self.filter(follows=None)

    def matching(self, words: str) -> Self:
        """Calendars whose title has every one of the words in it."""
        found = self
        for word in folded(words).split()[:MOST_WORDS]:
            found = found.filter(search_text__contains=word)
        return found


class TermCalendar(Versioned):
    """The academic years of an authority, or those of a school where it differs from one."""

    title = models.CharField(max_length=120)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers"
    )
    search_text = models.CharField(max_length=200, editable=False)

    objects = TermCalendarQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")),
                name="term_calendar_follows_another_one",
                violation_error_message="A calendar can’t follow itself.",
            ),
        ]
        indexes = [models.Index(fields=["title", "id"], name="term_calendars_by_title")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep what the search reads beside the title."""
        self.search_text = folded(self.title)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came


class TermYear(models.Model):
    """What a calendar says of one academic year, and where that comes from."""

    calendar = models.ForeignKey(TermCalendar, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField("academic year, by its first calendar year")
    source = models.CharField("where the dates come from", max_length=300, blank=True)
    is_example = models.BooleanField("made as an example", default=False)
    has_own_inset_days = models.BooleanField("names its own INSET days", default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "year"], name="term_calendar_has_each_year_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} to {self.year + 1}"


class HalfTerm(models.Model):
    """One of the six half terms of a year, from its first to its last school day."""

    class Number(models.IntegerChoices):
        AUTUMN_1 = 1, "Autumn 1"
        AUTUMN_2 = 2, "Autumn 2"
        SPRING_1 = 3, "Spring 1"
        SPRING_2 = 4, "Spring 2"
        SUMMER_1 = 5, "Summer 1"
        SUMMER_2 = 6, "Summer 2"

    term_year = models.ForeignKey(TermYear, on_delete=models.CASCADE, related_name="half_terms")
    number = models.PositiveSmallIntegerField("half term", choices=Number.choices)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term_year", "number"], name="half_term_stands_once_in_its_year"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="half_term_ends_after_it_starts",
                violation_error_message="The last day must not be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_number_display()


class InsetDay(models.Model):
    """A day on which staff are trained and pupils stay at home."""

    term_year = models.ForeignKey(TermYear, on_delete=models.CASCADE, related_name="inset_days")
    day = models.DateField()
    note = models.CharField("what for", max_length=80, blank=True)

    class Meta:
        verbose_name = "INSET day"
        constraints = [
            models.UniqueConstraint(
                fields=["term_year", "day"], name="inset_day_stands_once_in_its_year"
            ),
        ]

    def __str__(self) -> str:
        return f"INSET day on {self.day.isoformat()}"


class DiaryFeedQuerySet(models.QuerySet["DiaryFeed"]):
    """The vocabulary of feeds."""

    def of(self, person: Person) -> Self:
        """Her own: nobody else sees that there is one."""
        return self.filter(person=person) if person.is_active else self.none()


class DiaryFeed(models.Model):
    """A secret address at which a calendar reads one person's diary, or a circle's as she sees it.

    The secret stands here as it is, so that she can look the address up again; it opens nothing
    that isn't in this database beside it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="diary_feeds"
    )
    circle_id = models.BigIntegerField(null=True)
    secret = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("made at")

    objects = DiaryFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "circle_id"], name="person_has_one_feed_of_a_circle"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(circle_id__isnull=True),
                name="person_has_one_feed_of_her_diary",
            ),
        ]

    def __str__(self) -> str:
        return "Diary feed" if self.circle_id is None else f"Diary feed of group {self.circle_id}"
