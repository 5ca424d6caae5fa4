"""How far a review is, as it follows from its rows: its stages, what is missing, and whose it is."""

from reviews.days.course.facts import ReviewFacts, counted, facts_in, facts_of, facts_of_cycle
from reviews.days.course.stages import STAGES, Stage, Step, stage_of, steps_of
from reviews.days.course.tasks import Task, tasks_before, whose_turn

__all__ = [
    "STAGES",
    "ReviewFacts",
    "Stage",
    "Step",
    "Task",
    "counted",
    "facts_in",
    "facts_of",
    "facts_of_cycle",
    "stage_of",
    "steps_of",
    "tasks_before",
    "whose_turn",
]
