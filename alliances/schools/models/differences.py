"""A file that staff brought, compared with the register: what it would change, row by row."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from alliances.schools.models.register import RegisterFile, School
from partnership.toolkit.addresses import address
from partnership.toolkit.spoken_dates import spoken_date


class RegisterUpdate(models.Model):
    """A file of the register between being brought and being accepted or put aside."""

    class State(models.TextChoices):
        READING = "reading", "Being read"
        REFUSED = "refused", "Refused"
        WAITING = "waiting", "Waits for you"
        APPLIED = "applied", "Accepted"
        PUT_ASIDE = "put_aside", "Put aside"

    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=10, choices=RegisterFile.Kind.choices, default=RegisterFile.Kind.SCHOOLS
    )
    sha256 = models.CharField(max_length=64)
    published_on = models.DateField("published on", null=True, blank=True)
    layout = models.CharField(max_length=12, blank=True)
    facts = models.JSONField(default=list, blank=True)
    authority_names = models.JSONField(default=dict, blank=True)
    la_codes = models.JSONField(default=list, blank=True)
    confirmed = models.JSONField(default=list, blank=True)
    content = models.FileField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    sentence = models.CharField(max_length=300, blank=True)
    unchanged = models.PositiveIntegerField(default=0)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    brought_at = models.DateTimeField("brought at")
    file = models.ForeignKey(
        RegisterFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["-brought_at", "-id"], name="register_updates_latest")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("schools:register_update", self.pk)


class ProposedChangeQuerySet(models.QuerySet["ProposedChange"]):
    """The vocabulary of what a file would change."""

    def waiting(self) -> Self:
        """What can still be applied."""
        return self.filter(applied_at__isnull=True, reason="").exclude(kind="refused")

    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        rows = self.order_by().values_list("kind").annotate(Count("pk"))
        return dict(rows)


class ProposedChange(models.Model):
    """One row of a file that differs from the register, or that can't be read."""

    class Kind(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        CLOSED = "closed", "Closed"
        CONVERTED = "converted", "Converted"
        LINKED = "linked", "Linked"
        JOINED = "joined", "Joined a trust"
        LEFT = "left", "Left a trust"
        RENAMED = "renamed", "Trust renamed"
        INSPECTED = "inspected", "Inspected"
        REFUSED = "refused", "Refused"

    update = models.ForeignKey(RegisterUpdate, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    line = models.PositiveIntegerField()
    urn = models.CharField("URN", max_length=20, blank=True)
    name = models.CharField(max_length=160, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    predecessor = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    successor = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    applied_at = models.DateTimeField("applied at", null=True, blank=True)

    objects = ProposedChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(reason=""),
                name="what_is_refused_is_not_applied",
                violation_error_message="A refused row can’t be applied.",
            ),
        ]
        indexes = [
            models.Index(fields=["update", "line", "id"], name="proposed_changes_by_line"),
            models.Index(fields=["update", "kind", "line"], name="proposed_changes_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.urn}: {self.get_kind_display()}"

    @property
    def can_be_applied(self) -> bool:
        """Whether it still waits to be applied."""
        return self.applied_at is None and not self.reason

    @property
    def has_facts(self) -> bool:
        """Whether it tells facts of a school before and after."""
        return self.kind in (self.Kind.CHANGED, self.Kind.CLOSED)

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Each fact in words, before and after."""
        return [
            (words_of(fact), shown(fact, before), shown(fact, after))
            for fact, (before, after) in self.facts.items()
        ]

    @property
    def altered(self) -> list[tuple[str, str, str]]:
        """Facts that were known and are otherwise now."""
        return [each for each in self.differences if each[1]]

    @property
    def learnt(self) -> list[tuple[str, str, str]]:
        """Facts that weren't known before."""
        return [each for each in self.differences if not each[1]]

    @property
    def summary(self) -> str:
        """A new school, a link, or a school in a trust in a few words."""
        if self.kind in (self.Kind.NEW, self.Kind.CONVERTED):
            facts = {fact: shown(fact, after) for fact, (_before, after) in self.facts.items()}
            told = [facts.get("type", ""), facts.get("status", ""), facts.get("town", "")]
            opened = f"opened {facts['opened_on']}" if facts.get("opened_on") else ""
            return "; ".join(filter(None, [*told, opened]))
        since = str(self.facts.get("since") or "")
        day = f", {spoken_date(date.fromisoformat(since))}" if since else ""
        return f"{self.facts.get('words', '')}{day}"


def words_of(fact: str) -> str:
    """What a person calls a fact."""
    words = NAMES.get(fact, fact)
    return f"{words[:1].upper()}{words[1:]}"


def shown(fact: str, value: object) -> str:
    """A fact as people write it."""
    if value is None or value == "":
        return ""
    if fact in DAYS and isinstance(value, str):
        return spoken_date(date.fromisoformat(value))
    return str(value)


NAMES = {field.name: str(field.verbose_name) for field in School._meta.concrete_fields} | {
    "authority": "local authority"
}
DAYS = frozenset(
    field.name for field in School._meta.concrete_fields if type(field) is models.DateField
)
