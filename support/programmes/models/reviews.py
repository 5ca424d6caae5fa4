"""The swift review: the school's own view, the assessor's, the head's reply, the judgement."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.toolkit.versions import Versioned
from support.directory.models import SupportArea
from support.programmes.models.programmes import Programme


class Rating(models.TextChoices):
    """How strong something is; the page says what each word means."""

    SECURE = "secure", "Secure"
    GROWING = "growing", "Growing"
    FRAGILE = "fragile", "Fragile"
    NOT_KNOWN = "not_known", "Not known"


MEANINGS: dict[str, str] = {
    Rating.SECURE: "It works without help from outside and shows in what pupils achieve.",
    Rating.GROWING: "It is in place and getting better; it needs some help to last.",
    Rating.FRAGILE: "It depends on one or two people, or is not in place yet.",
    Rating.NOT_KNOWN: "There is no evidence either way.",
}


class SwiftReview(Versioned):
    """A quick look at what a school needs, before anybody is matched to it."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="review")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="swift_reviews"
    )
    due_at = models.DateTimeField("due")
    reply = models.TextField("the head’s reply", max_length=3000, blank=True)
    agrees = models.BooleanField("the head recognises her school in it", null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reasons = models.TextField("reasons of the judgement", max_length=3000, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["assessor", "due_at"], name="swift_reviews_of_an_assessor")]

    def __str__(self) -> str:
        return "Swift review"


class ReviewView(Versioned):
    """One side's view in a swift review; numbers only, no pupils."""

    class Side(models.TextChoices):
        SCHOOL = "school", "The school’s own view"
        ASSESSOR = "assessor", "The assessor’s view"

    review = models.ForeignKey(SwiftReview, on_delete=models.CASCADE, related_name="views")
    side = models.CharField(max_length=8, choices=Side.choices)
    strengths = models.TextField(max_length=3000, blank=True)
    capacity = models.CharField(
        "capacity to improve", max_length=10, choices=Rating.choices, blank=True
    )
    leadership = models.CharField(
        "readiness of leadership", max_length=10, choices=Rating.choices, blank=True
    )
    early_years = models.CharField(
        "potential in early years", max_length=10, choices=Rating.choices, blank=True
    )
    year_2 = models.CharField(
        "potential in Year 2", max_length=10, choices=Rating.choices, blank=True
    )
    year_6 = models.CharField(
        "potential in Year 6", max_length=10, choices=Rating.choices, blank=True
    )
    disadvantaged = models.CharField(
        "potential for disadvantaged pupils", max_length=10, choices=Rating.choices, blank=True
    )
    evidence = models.TextField(
        max_length=3000,
        blank=True,
        help_text="Numbers only. No pupil’s name or initials.",
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("given at", null=True, blank=True)

    class Meta:
        verbose_name = "view in a swift review"
        verbose_name_plural = "views in swift reviews"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "side"], name="each_side_has_one_view_in_a_review"
            ),
        ]

    def __str__(self) -> str:
        return self.get_side_display()


class ReviewNeed(models.Model):
    """One need by area in a view."""

    view = models.ForeignKey(ReviewView, on_delete=models.CASCADE, related_name="needs")
    area = models.ForeignKey(SupportArea, on_delete=models.PROTECT, related_name="+")
    words = models.CharField("what is needed", max_length=500)

    class Meta:
        verbose_name = "need"
        constraints = [
            models.UniqueConstraint(
                fields=["view", "area"],
                name="view_says_an_area_once",
                violation_error_message="This area stands in the view already.",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="need_is_said_in_words"),
        ]

    def __str__(self) -> str:
        return self.words
