"""The tasks before the day, as pages list them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from reviews.days.course import Task


@dataclass(frozen=True)
class TaskLine:
    """A task before the day, as the list shows it."""

    task: Task
    now: datetime

    @property
    def tone(self) -> str:
        """How it looks."""
        if self.task.is_there:
            return "done"
        return "late" if self.task.is_late(self.now) else "soon"


def task_lines(tasks: Iterable[Task], now: datetime) -> list[TaskLine]:
    """Each with how it looks at the moment."""
    return [TaskLine(task, now) for task in tasks]
