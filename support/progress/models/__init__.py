"""Support from the signed agreement to the last check of what lasts."""

from support.progress.models.concerns import Concern, ConcernStep
from support.progress.models.endings import SIDES_AT_THE_END, Ending, FinalView, SustainCheck
from support.progress.models.measures import FIRST_CHECK, SECOND_CHECK, START, Measure, MeasureValue
from support.progress.models.plans import (
    PLANNING_SIDES,
    LearningCommunity,
    Objective,
    Pause,
    Plan,
    PlanAction,
    PlanChange,
)
from support.progress.models.reviews import (
    COURSE_MEANINGS,
    Course,
    ObjectiveRating,
    TermReview,
    TermView,
)
from support.progress.models.visits import Held, NoteRelease, Placement, Visit, VisitNote

__all__ = [
    "COURSE_MEANINGS",
    "FIRST_CHECK",
    "PLANNING_SIDES",
    "SECOND_CHECK",
    "SIDES_AT_THE_END",
    "START",
    "Concern",
    "ConcernStep",
    "Course",
    "Ending",
    "FinalView",
    "Held",
    "LearningCommunity",
    "Measure",
    "MeasureValue",
    "NoteRelease",
    "Objective",
    "ObjectiveRating",
    "Pause",
    "Placement",
    "Plan",
    "PlanAction",
    "PlanChange",
    "SustainCheck",
    "TermReview",
    "TermView",
    "Visit",
    "VisitNote",
]
