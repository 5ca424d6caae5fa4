"""The report as it is shown: its parts in order with their comments, and what may be done with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.statements import answer
from reviews.days.models import (
    AgreedLabel,
    Meaning,
    Report,
    ReportComment,
    ReportConsent,
    ReportPart,
    Review,
)
from reviews.days.permissions import ReviewRights, can_read_draft, can_read_words

HEADINGS = {
    Meaning.STRENGTH: "Affirmed strengths",
    Meaning.DEVELOPMENT: "Areas for development",
    Meaning.EXCELLENCE: "Areas of excellence",
}
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
Audience = ReportConsent.Audience


@dataclass(frozen=True)
class Section:
    """What the report says under one heading."""

    meaning: str
    heading: str
    parts: list[Any]


@dataclass(frozen=True)
class ReportState:
    """How far a report is, for one reader, and what she may do with it at this moment."""

    rights: ReviewRights
    report: Report | None
    open_count: int
    now: datetime

    @property
    def is_sent(self) -> bool:
        """Whether the host has it."""
        return self.report is not None and self.report.sent_at is not None

    @property
    def is_checked(self) -> bool:
        """Whether the host has said that it is accurate."""
        return self.report is not None and self.report.checked_at is not None

    @property
    def reads_words(self) -> bool:
        """Whether she reads the report itself."""
        return can_read_words(self.rights, self.report)

    @property
    def reads_draft(self) -> bool:
        """Whether she reads it although it isn't released."""
        return not self.rights.is_released and can_read_draft(self.rights, self.report)

    @property
    def is_older_than_findings(self) -> bool:
        """Whether the team agreed its findings anew after it was drafted."""
        moderated_at = self.rights.review.moderated_at
        if self.report is None or self.is_sent or moderated_at is None:
            return False
        return self.report.drafted_at < moderated_at

    @property
    def may_begin(self) -> bool:
        """Draft it from the findings."""
        return self.rights.may_draft and self.report is None

    @property
    def may_begin_again(self) -> bool:
        """Leave the draft and begin anew."""
        return self.rights.may_draft and self.report is not None and not self.is_sent

    @property
    def may_word(self) -> bool:
        """Change its words."""
        return self.rights.may_draft and self.report is not None and not self.is_checked

    @property
    def may_send(self) -> bool:
        """Give it to the host to check."""
        return self.rights.may_release and self.report is not None and not self.is_sent

    @property
    def may_comment(self) -> bool:
        """Say what isn't accurate."""
        return self.rights.may_check and self.is_sent

    @property
    def may_say_accurate(self) -> bool:
        """Say that it is accurate, once every comment is answered."""
        return self.may_comment and not self.is_checked and not self.open_count

    @property
    def may_answer(self) -> bool:
        """Answer a comment."""
        return self.rights.may_draft and self.is_sent

    @property
    def may_release(self) -> bool:
        """Release it to the school."""
        if self.report is None or not self.is_sent or self.open_count:
            return False
        return self.rights.may_release and may_be_released(self.report, self.now)


def may_be_released(report: Report, now: datetime) -> bool:
    """Said to be accurate; or the host was silent until the day by which she was to say so."""
    is_over = report.check_by is not None and report.check_by <= now
    return report.checked_at is not None or is_over


def report_in(review: Review) -> Report | None:
    """Of a review that was loaded with its report."""
    return getattr(review, "report", None)


def _parts(*, report: int) -> QuerySet[ReportPart]:
    parts = ReportPart.objects.filter(report=report).select_related("theme")
    return parts.order_by("place", "pk")


def _comments(*, report: int) -> QuerySet[ReportComment]:
    comments = ReportComment.objects.filter(report=report).select_related("said_by", "answered_by")
    return comments.order_by("said_at", "pk")


def _labels(*, review: int) -> QuerySet[AgreedLabel]:
    labels = AgreedLabel.objects.filter(review=review).select_related("theme", "judgement")
    return labels.order_by("theme__place", "pk")


def _consents(*, review: int) -> QuerySet[ReportConsent]:
    consents = ReportConsent.objects.filter(review=review).select_related(
        "given_by", "withdrawn_by"
    )
    return consents.order_by("given_at", "pk")


def comments_of(report: Report | None) -> list[ReportComment]:
    """What the host says isn't accurate, in the order in which it was said."""
    return list(answer(_comments, report=report.pk)) if report is not None else []


def labels_of(review: Review) -> list[AgreedLabel]:
    """The label of each theme, where the framework has labels."""
    return list(answer(_labels, review=review.pk))


def consents_of(review: Review) -> list[ReportConsent]:
    """Every consent that was given, in force or withdrawn."""
    return list(answer(_consents, review=review.pk))


def sections_of(report: Report, comments: Sequence[ReportComment] = ()) -> list[Section]:
    """Its parts under their headings, each with `said`, the comments on it."""
    parts: list[Any] = answer(_parts, report=report.pk)
    for part in parts:
        part.said = [comment for comment in comments if comment.part_id == part.pk]
    return [
        Section(meaning, _heading(meaning, found), found)
        for meaning in Meaning
        if (found := [part for part in parts if part.meaning == meaning])
    ]


def _heading(meaning: Meaning, parts: Sequence[ReportPart]) -> str:
    is_one = meaning == Meaning.EXCELLENCE and len(parts) == 1
    return "Area of excellence" if is_one else HEADINGS[meaning]


def sentences_of(words: str) -> list[str]:
    """The sentences of a text, each once."""
    found = (sentence.strip() for sentence in SENTENCE.split(words))
    return list(dict.fromkeys(sentence for sentence in found if sentence))


def words_about(report: Report, about: str) -> tuple[ReportPart | None, str]:
    """What a comment is about: a part by its key, the opening, the closing, or the whole report."""
    if about in {"opening", "closing"}:
        return None, str(getattr(report, about))
    if not (about.isascii() and about.isdigit()):
        return None, ""
    part = next((each for each in answer(_parts, report=report.pk) if str(each.pk) == about), None)
    return part, part.words if part is not None else ""
