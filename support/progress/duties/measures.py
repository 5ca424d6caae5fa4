"""Figures of a term: what was planned for it is followed by what was reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)

from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyWindow, duty_rows
from support.programmes.duties.rows import SUPPORTED
from support.progress.duties.heads import beside_heads, kind_of
from support.progress.models import MeasureValue

FIGURES = "progress.figures"
AFTER_THE_REVIEW = timedelta(days=14)


def _figures_owed(window: DutyWindow) -> QuerySet[Any, Any]:
    """A term under review with a planned figure of which nothing is known yet, once a programme."""
    of_term = MeasureValue.objects.filter(
        measure__programme=OuterRef("programme_id"),
        measure__dropped_at=None,
        point=OuterRef("thing_term"),
        planned__isnull=False,
    )
    missing = Exists(of_term.filter(actual=None))
    last = of_term.order_by("-entered_at", "-pk").values("entered_at")[:1]
    rows = beside_heads(window, SUPPORTED, "term_reviews", "term", "due_at")
    rows = rows.filter(Exists(of_term) if window.with_done else missing).annotate(
        figures_due_at=ExpressionWrapper(
            F("thing_due_at") + Value(AFTER_THE_REVIEW), output_field=DateTimeField()
        ),
    )
    if window.with_done:
        done_at = Case(
            When(missing, then=None), default=Subquery(last), output_field=DateTimeField()
        )
        rows = rows.annotate(figures_done_at=done_at)
    return duty_rows(
        rows,
        window,
        kind=FIGURES,
        person="person",
        thing="thing_key",
        subject="thing_term",
        page="programme_id",
        asked_at="thing_due_at",
        due_at="figures_due_at",
        school="school_headed",
        alliance="programme_alliance",
        mail_sender="sender",
        goes_up_to="programme_director",
        done_at="figures_done_at" if window.with_done else None,
    )


def _figures_url(duty: Duty) -> str:
    return address("progress:term_figures", int(duty.page), int(duty.subject))


MEASURES = (
    replace(
        kind_of(
            FIGURES,
            "Enter the figures of a term",
            "two weeks after the views of the term are due",
            _figures_owed,
            "Enter the figures of a term",
            _figures_url,
        ),
        action="Enter them",
    ),
)
