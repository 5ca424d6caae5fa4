"""What the rows of a cycle say, as a problem for the optimiser, and its answers in words and rows.

Within a problem hosts are h12 and reviewers r7 (the keys of CycleHost and CycleReviewer), so that
no id stands for both; the JSON of drafts holds the bare keys.
"""

from reviews.cycles.problem.absence import while_out
from reviews.cycles.problem.breaking import broken_by
from reviews.cycles.problem.finding import findings_of
from reviews.cycles.problem.keys import (
    DayInJson,
    days_from_json,
    days_in_json,
    host_id,
    in_order,
    key_of,
    reviewer_id,
)
from reviews.cycles.problem.making import Drawing, drawing_of
from reviews.cycles.problem.naming import Names
from reviews.cycles.problem.rows import Rows, rows_of, standing_days
from reviews.cycles.problem.saying import notes_of, obstacle_of
from reviews.cycles.problem.staying import day_of, stays
from reviews.cycles.problem.warning import with_warning
from reviews.cycles.problem.wider import drawing_beyond

__all__ = [
    "DayInJson",
    "Drawing",
    "Names",
    "Rows",
    "broken_by",
    "day_of",
    "days_from_json",
    "days_in_json",
    "drawing_beyond",
    "drawing_of",
    "findings_of",
    "host_id",
    "in_order",
    "key_of",
    "notes_of",
    "obstacle_of",
    "reviewer_id",
    "rows_of",
    "standing_days",
    "stays",
    "while_out",
    "with_warning",
]
