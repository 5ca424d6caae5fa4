"""What organisers should know of a problem before it is solved."""

from __future__ import annotations

from collections.abc import Iterator

from reviews.cycles.problem.keys import reviewer_id
from reviews.cycles.problem.making import Drawing

NOBODY_TRAINED = (
    "No training is entered of anybody in this cycle, so nobody can lead a team. Enter with each "
    "reviewer who was trained to review or to lead, and until when it holds."
)
NOBODY_LEADS = (
    "Nobody in this cycle is trained to lead on enough days of its window, and every team needs a "
    "lead. Enter with a reviewer that she was trained to lead, and until when it holds."
)


def obstacle_of(drawing: Drawing) -> str:
    """Why nothing can be drawn up and what to do, or nothing."""
    rows, problem = drawing.rows, drawing.problem
    if not rows.hosts:
        return "The cycle has no schools yet. Add the schools that are to be reviewed."
    if not rows.reviewers:
        return "The cycle has no reviewers yet. Add those who may be sent."
    if not problem.school_days:
        return "No school day of the window is left. Change the window."
    if not rows.has_training:
        return NOBODY_TRAINED
    return "" if any(each.is_lead for each in problem.reviewers) else NOBODY_LEADS


def notes_of(drawing: Drawing) -> Iterator[str]:
    """How training was counted where it doesn't hold for the whole window."""
    names = drawing.names
    for each in drawing.rows.reviewers:
        who, trained = names.of_id(reviewer_id(each.pk)), drawing.trained[each.pk]
        if not trained.days:
            yield f"{who} isn’t sent: no training of theirs holds on a day of the window."
        elif trained.is_cut_short:
            first, last = (names.said(f"{day}") for day in (min(trained.days), max(trained.days)))
            kind = "training to lead" if trained.is_lead else "training"
            yield f"{who} is sent from {first} to {last} only, while the {kind} holds."
