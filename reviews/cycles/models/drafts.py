"""Drafts of a rota: drawn up by the portal, changed by hand, published or thrown away."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from alliances.membership.models import Alliance
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import Versioned
from reviews.cycles.models.cycles import Cycle


class RotaDraftQuerySet(models.QuerySet["RotaDraft"]):
    """The vocabulary of drafts; who organises a cycle sees its drafts, nobody else does."""

    def running(self) -> Self:
        """Those that are being drawn up."""
        return self.filter(state__in=RotaDraft.RUNNING)

    def kept(self) -> Self:
        """Those that haven't been thrown away."""
        return self.exclude(state=RotaDraft.State.DISCARDED)


class RotaDraft(Versioned):
    """One rota as it could be.

    `days` holds {"host", "date", "lead", "team"} with the keys of hosts and reviewers of the cycle as
    text, as plan_rota writes them; `unfilled` {"host", "reason"}; `relaxations` {"words", "filled"};
    `findings` {"broken", "notes"}, sentences as of when it was drawn up or changed by hand.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waits to be drawn up"
        SEARCHING = "searching", "Being drawn up"
        FOUND = "found", "Drawn up"
        FAILED = "failed", "Broken off"
        PUBLISHED = "published", "Published"
        DISCARDED = "discarded", "Thrown away"

    RUNNING = (State.WAITING, State.SEARCHING)

    class Status(models.TextChoices):
        OPTIMAL = "optimal", "No better teams are possible"
        FEASIBLE = "feasible", "Every school has its day"
        INFEASIBLE = "infeasible", "Not every school has a day"

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="drafts")
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    is_replan = models.BooleanField("changes the published rota as little as can be", default=False)
    replan = models.JSONField(
        "who is out, and when", default=dict, blank=True, help_text="{“id”, “dates”}"
    )
    fixed = models.JSONField("hosts whose day stays", default=list, blank=True)
    seconds = models.PositiveSmallIntegerField("how long to search, in seconds", default=60)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("asked for at")
    began_at = models.DateTimeField("begun at", null=True, blank=True)
    ended_at = models.DateTimeField("drawn up at", null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, blank=True)
    objective = models.BigIntegerField(null=True, blank=True)
    bound = models.BigIntegerField(null=True, blank=True)
    days = models.JSONField(default=list, blank=True)
    unfilled = models.JSONField(default=list, blank=True)
    relaxations = models.JSONField(default=list, blank=True)
    findings = models.JSONField("rules that it breaks", default=dict, blank=True)
    changed = models.PositiveSmallIntegerField("days that it changes", null=True, blank=True)
    moved = models.JSONField("days moved by hand", default=list, blank=True)
    failed_because = models.CharField("why it broke off", max_length=300, blank=True)

    objects = RotaDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "draft of a rota"
        verbose_name_plural = "drafts of rotas"
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="draft_has_its_number"),
            models.UniqueConstraint(
                fields=["alliance"],
                condition=Q(state__in=("waiting", "searching")),
                name="alliance_draws_up_one_rota_at_a_time",
                violation_error_message="A rota of this alliance is being drawn up already.",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "-number"], name="drafts_of_a_cycle")]

    def __str__(self) -> str:
        return f"Draft {self.number}"

    def get_absolute_url(self) -> str:
        return address("cycles:draft_detail", self.cycle_id, self.number)

    @property
    def is_running(self) -> bool:
        """Whether it is being drawn up."""
        return self.state in self.RUNNING
