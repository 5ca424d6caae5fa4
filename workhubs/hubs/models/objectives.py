"""What a workhub wants to reach in a year, and how far it has come."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Count

from partnership.toolkit.versions import Versioned


class Progress(models.TextChoices):
    """How an objective stands."""

    NOT_STARTED = "not_started", "Not started"
    ON_TRACK = "on_track", "On track"
    BEHIND = "behind", "Behind"
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"


GOING_WELL = (Progress.MET, Progress.ON_TRACK)
SETTLED = (Progress.MET, Progress.NOT_MET)
IN_PICTURES = (
    (Progress.MET, "yes"),
    (Progress.ON_TRACK, "some"),
    (Progress.BEHIND, "soon"),
    (Progress.NOT_MET, "late"),
    (Progress.NOT_STARTED, ""),
)


@dataclass(frozen=True)
class Share:
    """One part of the picture: how many objectives, from where on, and how it is filled."""

    start: int
    count: int
    fill: str


@dataclass(frozen=True)
class Tally:
    """How many of a year's objectives stand how."""

    counts: Mapping[str, int]

    def __hash__(self) -> int:
        """Equal ones are drawn once."""
        return hash(frozenset(self.counts.items()))

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def going_well(self) -> int:
        """How many are met or on track."""
        return sum(self.counts.get(progress, 0) for progress in GOING_WELL)

    @property
    def words(self) -> str:
        """The picture in words: "2 met, 1 behind"."""
        said = ((self.counts.get(kind, 0), kind.label.lower()) for kind, _fill in IN_PICTURES)
        return ", ".join(f"{count} {label}" for count, label in said if count)

    @property
    def shares(self) -> list[Share]:
        """The parts of the picture from left to right; what hasn't begun is its ground."""
        found, start = [], 0
        for kind, fill in IN_PICTURES:
            count = self.counts.get(kind, 0)
            if count and fill:
                found.append(Share(start, count, fill))
            start += count
        return found


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    """The vocabulary of objectives."""

    def tallies(self, years: Collection[int]) -> dict[int, Tally]:
        """How many of each of these years stand how; a year without any isn't named."""
        rows = self.filter(workhub_year__in=years).order_by()
        counts: dict[int, dict[str, int]] = {}
        for year, progress, count in rows.values_list("workhub_year", "progress").annotate(
            count=Count("pk")
        ):
            counts.setdefault(year, {})[progress] = count
        return {year: Tally(each) for year, each in counts.items()}


class Objective(Versioned):
    """What a workhub wants to reach in a year, and by what it will know."""

    workhub_year = models.ForeignKey(
        "hubs.WorkhubYear", on_delete=models.CASCADE, related_name="objectives"
    )
    position = models.PositiveSmallIntegerField()
    words = models.CharField("objective", max_length=300)
    measure = models.CharField("success measure", max_length=300, blank=True)
    due_on = models.DateField("to be reached by", null=True, blank=True)
    progress = models.CharField(
        max_length=12, choices=Progress.choices, default=Progress.NOT_STARTED
    )
    seen = models.CharField("what we see", max_length=500, blank=True)
    noted_on = models.DateField("progress noted on", null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workhub_year", "carried_from"],
                name="objective_is_carried_into_a_year_once",
                violation_error_message="This objective is carried over already.",
            ),
        ]
        indexes = [models.Index(fields=["workhub_year", "position"], name="objectives_in_order")]

    def __str__(self) -> str:
        return self.words


class ProgressNote(models.Model):
    """What somebody saw of an objective on a day."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="notes")
    progress = models.CharField(max_length=12, choices=Progress.choices)
    seen = models.CharField("what we see", max_length=500, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField("noted at")

    class Meta:
        indexes = [models.Index(fields=["objective", "noted_at"], name="notes_of_an_objective")]

    def __str__(self) -> str:
        return self.get_progress_display()
