"""What somebody promised at a meeting."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from alliances.meetings.models.agenda import AgendaItem
from alliances.meetings.models.bodies import MOST_WORDS, Body
from alliances.meetings.models.meetings import Meeting
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.folding import folded
from partnership.toolkit.versions import Versioned

PUBLISHED = (Meeting.MinutesState.CHECKED, Meeting.MinutesState.APPROVED)


class ActionQuerySet(models.QuerySet["Action"]):
    """The vocabulary of actions."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Her own, those she gave, and those of bodies that she runs or sits in.

        Members see what a meeting gave once its minutes are checked.
        """
        if not person.is_active:
            return self.none()
        own = Action.objects.filter(owner=person).values("pk")
        runs = Body.objects.run_by(person, on=on).values("pk")
        run = Action.objects.filter(body__in=runs).values("pk")
        sits = Body.objects.seating(person, on=on).values("pk")
        said = Q(meeting__isnull=True) | Q(meeting__minutes_state__in=PUBLISHED)
        seen = Action.objects.filter(said, body__in=sits).values("pk")
        gave = Action.objects.filter(given_by=person).values("pk")
        return self.filter(pk__in=own.union(gave, run, seen, all=True))

    def matching(self, words: str) -> Self:
        """Those that have every one of the words in their title or in their owner’s name."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            by_name = Q(owner__search_name__contains=folded(word))
            found = found.filter(Q(title__icontains=word) | by_name)
        return found

    def open(self) -> Self:
        """Those still to be done."""
        return self.filter(done_at__isnull=True, dropped_at__isnull=True)

    def overdue(self, *, now: datetime) -> Self:
        """Those that should be done by now."""
        return self.open().filter(due_at__lt=now)


class Action(Versioned):
    """A thing to be done by somebody until a day; every later meeting sees it until it is done."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    title = models.CharField("what is to be done", max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="actions_owned"
    )
    due_at = models.DateTimeField("due")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("given at")
    done_at = models.DateTimeField("done at", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_note = models.CharField("what was done", max_length=1000, blank=True)
    dropped_at = models.DateTimeField("dropped at", null=True, blank=True)
    dropped_because = models.CharField("reason", max_length=300, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True),
                name="action_is_done_or_dropped_but_not_both",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "done_at", "due_at", "id"], name="actions_of_a_person"),
            models.Index(fields=["body", "done_at", "due_at", "id"], name="actions_of_a_body"),
            models.Index(fields=["meeting", "id"], name="actions_of_a_meeting"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("meetings:action_detail", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and self.dropped_at is None
