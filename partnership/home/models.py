"""The demo's mark: without it no command empties a database or fills it with invented people."""

from __future__ import annotations

from django.db import models


class DemoDatabase(models.Model):
    """The sign that a database holds nothing but the demo, and when the demo was loaded."""

    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name = "demo database"
        verbose_name_plural = "demo databases"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="a_database_is_marked_as_the_demo_once",
                violation_error_message="This database is marked as the demo already.",
            )
        ]

    def __str__(self) -> str:
        return f"Demo of {self.loaded_at:%Y-%m-%d}"
