"""What a review looks at and how it says what it found, in an alliance's own words and versions."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.models.alliances import lines_of
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import Versioned


class FrameworkQuerySet(models.QuerySet["Framework"]):
    """The vocabulary of frameworks."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Those of her alliances; drafts are for its director alone."""
        if not person.is_active:
            return self.none()
        posts = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
        directed = self.filter(alliance__in=posts.values("alliance"))
        settled = self.filter(
            alliance__in=Alliance.objects.of_person(person, on=on).values("pk"),
            settled_at__isnull=False,
        )
        return self.filter(pk__in=directed.values("pk").union(settled.values("pk"), all=True))

    def in_use(self) -> Self:
        """Those that a cycle may choose: settled and not given up."""
        return self.filter(settled_at__isnull=False, retired_at=None)


class Framework(Versioned):
    """One version of what an alliance's reviews look at; once settled its words don't change."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="frameworks")
    name = models.CharField(max_length=120)
    summary = models.TextField("what it is for", max_length=2000, blank=True)
    number = models.PositiveSmallIntegerField("version of the framework", default=1)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers"
    )
    evidence = models.TextField(
        "kinds of evidence", max_length=2000, blank=True, help_text="One a line."
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("made at")
    settled_at = models.DateTimeField("settled at", null=True, blank=True)
    retired_at = models.DateTimeField("given up at", null=True, blank=True)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "name", "number"],
                name="framework_has_each_version_once",
                violation_error_message="The alliance has a framework of that name already.",
            ),
        ]
        indexes = [
            models.Index(fields=["alliance", "name", "-number"], name="frameworks_of_an_alliance"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    def get_absolute_url(self) -> str:
        return address("cycles:framework_detail", self.pk)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be worded."""
        return self.settled_at is None

    @property
    def evidence_kinds(self) -> list[str]:
        """The kinds of evidence, one by one."""
        return lines_of(self.evidence)


class Theme(Versioned):
    """What a review looks at, with prompts for those who look."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="themes")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    prompts = models.TextField(max_length=3000, blank=True, help_text="One a line.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "name"],
                name="framework_has_each_theme_once",
                violation_error_message="The framework has a theme of that name already.",
            ),
        ]
        indexes = [models.Index(fields=["framework", "place", "id"], name="themes_in_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def prompt_lines(self) -> list[str]:
        """The prompts, one by one."""
        return lines_of(self.prompts)


class Judgement(Versioned):
    """A label that reviewers may give, and what it means here; never a grade of an inspectorate."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="judgements")
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    meaning = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "label"],
                name="framework_has_each_label_once",
                violation_error_message="The framework has that label already.",
            ),
            models.CheckConstraint(
                condition=~Q(label=""),
                name="label_says_something",
                violation_error_message="Give the label.",
            ),
        ]
        indexes = [models.Index(fields=["framework", "place", "id"], name="judgements_in_order")]

    def __str__(self) -> str:
        return self.label
