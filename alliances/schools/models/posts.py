"""The posts that people hold in schools."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When

from alliances.schools.models.register import School
from partnership.toolkit.versions import Versioned


class SchoolPostQuerySet(models.QuerySet["SchoolPost"]):
    """The vocabulary of posts in schools."""

    def on(self, day: date) -> Self:
        """Posts held on a day; a leaving date is the last day."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )

    def ahead(self, day: date) -> Self:
        """Posts held on a day or coming."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def of_heads(self) -> Self:
        """Posts that speak for a school: its head, in whatever form."""
        return self.filter(kind__in=SchoolPost.HEADS)

    def by_rank(self) -> Self:
        """As a school's own list has them: heads first, then by name."""
        ranks = [When(kind=kind, then=rank) for rank, kind in enumerate(SchoolPost.Kind)]
        rank = Case(*ranks, default=len(ranks), output_field=models.SmallIntegerField())
        return self.order_by(rank, "person__search_name", "pk")


class SchoolPost(Versioned):
    """A post that somebody holds in a school, from one day to another."""

    class Kind(models.TextChoices):
        EXECUTIVE_HEAD = "executive_head", "Executive headteacher"
        HEAD = "head", "Headteacher"
        INTERIM_HEAD = "interim_head", "Interim headteacher"
        HEAD_OF_SCHOOL = "head_of_school", "Head of school"
        PRINCIPAL = "principal", "Principal"
        DEPUTY = "deputy", "Deputy headteacher"
        ASSISTANT_HEAD = "assistant_head", "Assistant headteacher"
        BUSINESS_MANAGER = "business_manager", "School business manager"
        SENCO = "senco", "SENCO"
        SAFEGUARDING_LEAD = "safeguarding_lead", "Designated safeguarding lead"
        MENTAL_HEALTH_LEAD = "mental_health_lead", "Mental health lead"
        EARLY_YEARS_LEAD = "early_years_lead", "Early years lead"
        SUBJECT_LEAD = "subject_lead", "Subject lead"
        MENTOR = "mentor", "ITT or ECT mentor"
        TEACHER = "teacher", "Teacher"
        PREMISES_MANAGER = "premises_manager", "Premises manager"
        CHAIR_OF_GOVERNORS = "chair_of_governors", "Chair of governors"
        GOVERNOR = "governor", "Governor"
        CLERK = "clerk", "Governance professional (clerk)"
        OTHER = "other", "Another post"

    HEADS = (
        Kind.EXECUTIVE_HEAD,
        Kind.HEAD,
        Kind.INTERIM_HEAD,
        Kind.HEAD_OF_SCHOOL,
        Kind.PRINCIPAL,
    )
    PUBLIC = (*HEADS, Kind.CHAIR_OF_GOVERNORS)
    WORDED = (Kind.SUBJECT_LEAD, Kind.OTHER)

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="posts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="school_posts"
    )
    kind = models.CharField("post", max_length=30, choices=Kind.choices)
    words = models.CharField(
        "subject, or what the post is called",
        max_length=80,
        blank=True,
        help_text="A subject lead’s subject, such as mathematics; or the name of another post.",
    )
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)

    objects = SchoolPostQuerySet.as_manager()

    class Meta:
        verbose_name = "post in a school"
        verbose_name_plural = "posts in schools"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="school_post_ends_after_it_starts",
                violation_error_message="The last day must not be before the first.",
            ),
            models.UniqueConstraint(
                fields=["school", "person", "kind", "words"],
                condition=Q(ends_on__isnull=True),
                name="person_holds_a_school_post_once_at_a_time",
                violation_error_message="This person holds this post already.",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=("subject_lead", "other")) & ~Q(words=""))
                | (~Q(kind__in=("subject_lead", "other")) & Q(words="")),
                name="subject_or_other_post_is_said_in_words",
                violation_error_message=(
                    "A subject lead and another post are said in words, and no other is: write "
                    "the subject, or what the post is called."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "kind", "ends_on"], name="school_posts_of_a_person"),
            models.Index(fields=["school", "kind", "ends_on"], name="school_posts_of_a_school"),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The post as people say it: "Headteacher", "Subject lead: mathematics", "Bursar"."""
        if not self.words:
            return self.get_kind_display()
        return self.words if self.kind == self.Kind.OTHER else f"Subject lead: {self.words}"

    @property
    def is_headship(self) -> bool:
        """Whether it speaks for the school."""
        return self.kind in self.HEADS
