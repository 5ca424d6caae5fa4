"""A host's review, from what it says of itself to what has changed."""

from reviews.days.models.after import (
    CheckBack,
    CheckBackAnswer,
    Crossing,
    ReviewAction,
    Workshop,
)
from reviews.days.models.evidence import Note, View
from reviews.days.models.findings import AgreedLabel, Agreement, Finding, Meaning
from reviews.days.models.preparing import ReviewFile, TeamStep, TimetableEntry
from reviews.days.models.reports import Report, ReportComment, ReportConsent, ReportPart
from reviews.days.models.reviews import (
    CONTENT_WAYS,
    GOVERNORS,
    READING_WAYS,
    TEAM_STAYS,
    Review,
    ReviewPerson,
    moments,
    reviews_by_way,
)
from reviews.days.models.schools import PUPILS, Priority, SelfEvaluation

__all__ = [
    "CONTENT_WAYS",
    "GOVERNORS",
    "PUPILS",
    "READING_WAYS",
    "TEAM_STAYS",
    "AgreedLabel",
    "Agreement",
    "CheckBack",
    "CheckBackAnswer",
    "Crossing",
    "Finding",
    "Meaning",
    "Note",
    "Priority",
    "Report",
    "ReportComment",
    "ReportConsent",
    "ReportPart",
    "Review",
    "ReviewAction",
    "ReviewFile",
    "ReviewPerson",
    "SelfEvaluation",
    "TeamStep",
    "TimetableEntry",
    "View",
    "Workshop",
    "moments",
    "reviews_by_way",
]
