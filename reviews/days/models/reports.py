"""The report: drafted from the findings, checked by the host, released to her, and read by consent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.toolkit.addresses import address
from partnership.toolkit.versions import Versioned
from reviews.cycles.models import Theme
from reviews.days.models.findings import Finding, Meaning
from reviews.days.models.reviews import Review
from reviews.days.models.schools import PUPILS


class Report(Versioned):
    """What the team reports to the host; the school owns it once it is released."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="report")
    opening = models.TextField("how the day went", max_length=3000, blank=True, help_text=PUPILS)
    closing = models.TextField("what the team suggests", max_length=3000, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField("drafted at")
    changed_at = models.DateTimeField("last changed at")
    sent_at = models.DateTimeField("sent to the host to check at", null=True, blank=True)
    check_by = models.DateTimeField("to be checked by", null=True, blank=True)
    checked_at = models.DateTimeField("checked at", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer_by = models.DateTimeField("comments answered by", null=True, blank=True)
    answered_at = models.DateTimeField("comments answered at", null=True, blank=True)
    release_by = models.DateTimeField("to be released by", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at=None) | Q(sent_at__isnull=False),
                name="report_is_checked_once_it_is_sent",
                violation_error_message="Send the report to the host first.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["check_by"],
                name="reports_to_check",
                condition=Q(sent_at__isnull=False, checked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}"

    def get_absolute_url(self) -> str:
        return address("days:report_detail", self.review.day_id)


class ReportPart(Versioned):
    """One strength, area for development or area of excellence as the report words it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="parts")
    finding = models.ForeignKey(
        Finding, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    meaning = models.CharField(max_length=12, choices=Meaning.choices)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=3000, help_text=PUPILS)

    class Meta:
        verbose_name = "part of a report"
        verbose_name_plural = "parts of reports"
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="part_of_a_report_says_something",
                violation_error_message="Write what the report says.",
            ),
        ]
        indexes = [
            models.Index(fields=["report", "meaning", "place", "id"], name="parts_of_a_report"),
        ]

    def __str__(self) -> str:
        return f"Part {self.pk}"


class ReportComment(Versioned):
    """Something that the host says isn't accurate, and what the team answers."""

    class Outcome(models.TextChoices):
        CHANGED = "changed", "The report was changed"
        KEPT = "kept", "The report stays as it is"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments")
    part = models.ForeignKey(
        ReportPart, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    quoted = models.TextField("the sentence", max_length=1000, blank=True)
    words = models.TextField("what isn’t accurate", max_length=2000, help_text=PUPILS)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField("said at")
    answer = models.TextField("answer of the team", max_length=2000, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField("answered at", null=True, blank=True)

    class Meta:
        verbose_name = "comment on a report"
        verbose_name_plural = "comments on reports"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | (~Q(outcome="") & ~Q(answer="")),
                name="answer_to_a_comment_says_what_follows",
                violation_error_message="Say what you answer, and whether the report changes.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["report"], name="comments_to_answer", condition=Q(answered_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"


class ReportConsent(models.Model):
    """The school's consent that others read its report; it can be withdrawn."""

    class Audience(models.TextChoices):
        GOVERNORS = "governors", "Our governors"
        BOARD = "board", "The alliance’s strategic board"
        ALLIANCE = "alliance", "People of the alliance"
        THEMES = "themes", "Counted in the themes of all schools, without our name"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="consents")
    audience = models.CharField("who may read it", max_length=10, choices=Audience.choices)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("given at")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("withdrawn at", null=True, blank=True)

    class Meta:
        verbose_name = "consent to read a report"
        verbose_name_plural = "consents to read reports"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "audience"],
                condition=Q(withdrawn_at__isnull=True),
                name="report_is_open_to_an_audience_once_at_a_time",
                violation_error_message="They may read it already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["audience", "review"],
                name="consents_in_force",
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.get_audience_display()
