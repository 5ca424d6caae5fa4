"""Topics that schools propose to a workhub."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from alliances.membership.models import Alliance
from alliances.schools.models import School
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from workhubs.hubs.models.objectives import Objective
from workhubs.hubs.models.places import runs_or_speaks


class TopicProposalQuerySet(models.QuerySet["TopicProposal"]):
    """The vocabulary of proposed topics."""

    def open(self) -> Self:
        """Those that still wait for an answer."""
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)

    def visible_to(self, person: Person, *, on: date) -> Self:
        """To whoever runs the workhub, and whoever speaks for the school; nobody else."""
        if not person.is_active:
            return self.none()
        return self.filter(
            runs_or_speaks(person, on=on),
            workhub_year__workhub__alliance__in=Alliance.objects.of_person(person, on=on),
        )


class TopicProposal(models.Model):
    """A school proposes what a workhub should work on; the workhub takes it up or doesn't."""

    workhub_year = models.ForeignKey(
        "hubs.WorkhubYear", on_delete=models.CASCADE, related_name="topics"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="proposed_topics")
    topic = models.CharField(max_length=150)
    about = models.TextField("what it would help with", max_length=1500)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("proposed at")
    answer_by = models.DateTimeField("to be answered by")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField("answered at", null=True)
    is_taken_up = models.BooleanField("taken up", default=False)
    answer = models.CharField("words with the answer", max_length=500, blank=True)
    objective = models.ForeignKey(
        Objective, on_delete=models.SET_NULL, null=True, related_name="topics"
    )
    withdrawn_at = models.DateTimeField("withdrawn at", null=True)

    objects = TopicProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposed topic"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_taken_up=False) | Q(answered_at__isnull=False),
                name="topic_is_taken_up_by_an_answer",
                violation_error_message="A topic is taken up by an answer.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="topic_is_answered_or_withdrawn",
                violation_error_message="This topic is settled already.",
            ),
        ]
        indexes = [
            models.Index(fields=["workhub_year", "proposed_at"], name="topics_of_a_workhub"),
            models.Index(fields=["school", "proposed_at"], name="topics_of_a_school"),
            models.Index(
                fields=["answer_by"],
                name="topics_to_answer",
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Topic {self.pk}"

    def get_absolute_url(self) -> str:
        return address("hubs:topic_detail", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.answered_at is None and self.withdrawn_at is None
