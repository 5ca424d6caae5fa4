"""Reviews of each term: three views, each given before the others are seen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.toolkit.versions import Versioned
from support.programmes.models import Programme, Side
from support.progress.models.plans import Objective


class Course(models.TextChoices):
    """How an objective stands at the end of a term; the page says what each word means."""

    REACHED = "reached", "Reached"
    ON_COURSE = "on_course", "On course"
    SLOWER = "slower", "Slower than planned"
    STUCK = "stuck", "Stuck"
    TOO_EARLY = "too_early", "Too early to say"


COURSE_MEANINGS: dict[str, str] = {
    Course.REACHED: "What the plan says is there, and it would stay without support.",
    Course.ON_COURSE: "What was planned for this term has happened, and it shows in classrooms.",
    Course.SLOWER: "Work has begun and will take longer than the plan says.",
    Course.STUCK: "Nothing moves, or it moves the wrong way; the plan must change.",
    Course.TOO_EARLY: "Work has not begun, or there is nothing to go by yet.",
}


class TermReview(Versioned):
    """What became of a programme in one term, by all three sides."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="term_reviews")
    term = models.PositiveSmallIntegerField("term of the support")
    is_midpoint = models.BooleanField("mid-point review", default=False)
    opened_at = models.DateTimeField("opened at")
    due_at = models.DateTimeField("views due")
    shown_at = models.DateTimeField("all views given at", null=True, blank=True)
    differs = models.BooleanField("views differ", default=False)
    talk_by = models.DateTimeField("to be talked about by", null=True, blank=True)
    talked_at = models.DateTimeField("talked about at", null=True, blank=True)
    talked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    talk_words = models.TextField("what came of the conversation", max_length=3000, blank=True)
    overall = models.CharField("overall", max_length=10, choices=Course.choices, blank=True)
    exit_strategy = models.TextField(
        "how the school goes on without support", max_length=3000, blank=True
    )
    next_on = models.DateField("next review on", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField("closed at", null=True, blank=True)

    class Meta:
        verbose_name = "review of a term"
        verbose_name_plural = "reviews of terms"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "term"], name="term_of_a_programme_is_reviewed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "-term"], name="term_reviews_in_order"),
            models.Index(
                fields=["due_at"], name="term_reviews_to_give", condition=Q(shown_at__isnull=True)
            ),
            models.Index(
                fields=["shown_at", "id"],
                name="term_reviews_to_close",
                condition=Q(shown_at__isnull=False, closed_at__isnull=True)
                & (Q(differs=False) | Q(talked_at__isnull=False)),
            ),
            models.Index(
                fields=["talk_by", "id"],
                name="term_reviews_to_talk_about",
                condition=Q(shown_at__isnull=False, differs=True, talked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Review of term {self.term}"


class TermView(Versioned):
    """One side's view of a term; nobody else reads it before all three are given."""

    SIDES = [
        (Side.SUPPORTER, "Supporter"),
        (Side.SCHOOL, "Supported head"),
        (Side.DIRECTOR, "Director"),
    ]

    review = models.ForeignKey(TermReview, on_delete=models.CASCADE, related_name="views")
    side = models.CharField(max_length=12, choices=SIDES)
    overall = models.CharField("overall", max_length=10, choices=Course.choices, blank=True)
    words = models.TextField("what you see", max_length=3000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField("last saved at")
    given_at = models.DateTimeField("given at", null=True, blank=True)

    class Meta:
        verbose_name = "view of a term"
        verbose_name_plural = "views of terms"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "side"], name="each_side_has_one_view_of_a_term"
            ),
        ]

    def __str__(self) -> str:
        return self.get_side_display()


class ObjectiveRating(models.Model):
    """How one side sees one objective at the end of a term."""

    view = models.ForeignKey(TermView, on_delete=models.CASCADE, related_name="ratings")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="ratings")
    course = models.CharField("how it stands", max_length=10, choices=Course.choices)
    words = models.CharField("how you know", max_length=500, blank=True)

    class Meta:
        verbose_name = "rating of an objective"
        verbose_name_plural = "ratings of objectives"
        constraints = [
            models.UniqueConstraint(
                fields=["view", "objective"], name="view_rates_an_objective_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_course_display()
