"""Events in plain columns, so that they outlive the things and know no room."""

from __future__ import annotations

from typing import Any, Self

from django.db import models


class EventQuerySet(models.QuerySet["Event"]):
    """The vocabulary of events."""

    def of(self, thing: models.Model) -> Self:
        """What happened to one thing."""
        meta = thing._meta
        return self.filter(app=meta.app_label, model=meta.model_name, thing_id=thing.pk)

    def latest_first(self) -> Self:
        """The newest event on top."""
        return self.order_by("-at", "-id")


class Event(models.Model):
    """One thing that somebody did, written in the transaction that did it."""

    at = models.DateTimeField("when")
    actor_id = models.BigIntegerField("who", null=True)
    action = models.CharField("what", max_length=60)
    app = models.CharField(max_length=40)
    model = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    title = models.CharField("of what", max_length=200)
    fields = models.JSONField("which fields", default=list)
    values = models.JSONField("values that aren’t confidential", default=dict)
    school_id = models.BigIntegerField(null=True)
    alliance_id = models.BigIntegerField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["app", "model", "thing_id", "-at"], name="events_of_a_thing"),
            models.Index(fields=["-at", "-id"], name="events_latest_first"),
            models.Index(fields=["actor_id", "-at"], name="events_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once; what happened cannot be changed afterwards."""
        if self.pk is not None:
            raise TypeError("An audit event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: only retention by rule removes events, and not one by one."""
        raise TypeError("An audit event is never deleted.")
