"""Workhubs: schools working on one priority, year by year."""

from workhubs.hubs.models.hubs import Workhub, WorkhubQuerySet, WorkhubYear, WorkhubYearQuerySet
from workhubs.hubs.models.objectives import SETTLED, Objective, Progress, ProgressNote, Tally
from workhubs.hubs.models.people import WorkhubPerson
from workhubs.hubs.models.places import JoinRequest, WorkhubSchool
from workhubs.hubs.models.topics import TopicProposal

__all__ = [
    "SETTLED",
    "JoinRequest",
    "Objective",
    "Progress",
    "ProgressNote",
    "Tally",
    "TopicProposal",
    "Workhub",
    "WorkhubPerson",
    "WorkhubQuerySet",
    "WorkhubSchool",
    "WorkhubYear",
    "WorkhubYearQuerySet",
]
