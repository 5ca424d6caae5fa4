"""The plan of a programme, which both schools set together, and how it came about."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership.toolkit.versions import Versioned
from support.directory.models import SupportArea
from support.programmes.models import Programme, Side, Strand
from workhubs.hubs.models import Workhub

PLANNING_SIDES = [(Side.SCHOOL, "Supported school"), (Side.SUPPORTER, "Supporting school")]


class Plan(Versioned):
    """What both schools have agreed to work on; a change by one asks the other again.

    `version` grows with each change of anything in it; a school agrees to a version.
    """

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="plan")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField("begun at")
    school_version = models.PositiveIntegerField("version agreed by the school", default=0)
    school_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    school_agreed_at = models.DateTimeField("agreed by the school at", null=True, blank=True)
    supporter_version = models.PositiveIntegerField("version agreed by the supporter", default=0)
    supporter_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    supporter_agreed_at = models.DateTimeField("agreed by the supporter at", null=True, blank=True)
    changed_at = models.DateTimeField("last changed at")
    agree_by = models.DateTimeField("to be agreed by")
    agreed_at = models.DateTimeField("first agreed by both at", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["agree_by"],
                name="plans_to_agree",
                condition=~Q(school_version=F("version")) | ~Q(supporter_version=F("version")),
            ),
        ]

    def __str__(self) -> str:
        return "Plan"

    @property
    def is_agreed(self) -> bool:
        """Whether both schools have agreed to it as it now stands."""
        return self.school_version == self.supporter_version == self.version

    def is_agreed_by(self, side: str) -> bool:
        """Whether one of the schools has agreed to it as it now stands."""
        agreed = self.school_version if side == Side.SCHOOL else self.supporter_version
        return agreed == self.version


class Objective(Versioned):
    """What is to be reached, in which years, and by what both schools will know."""

    class Focus(models.TextChoices):
        TEACHING = "teaching", "Teaching"
        LEADERSHIP = "leadership", "Leadership"
        CURRICULUM = "curriculum", "Curriculum"
        BEHAVIOUR = "behaviour", "Behaviour and attendance"
        INCLUSION = "inclusion", "Inclusion and disadvantage"
        OTHER = "other", "Something else"

    AT_LEAST_ONE = (Focus.TEACHING, Focus.LEADERSHIP)

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="objectives")
    area = models.ForeignKey(SupportArea, on_delete=models.PROTECT, related_name="+")
    focus = models.CharField("what it is about", max_length=12, choices=Focus.choices)
    words = models.CharField("objective", max_length=300)
    success = models.CharField("how we shall know", max_length=300)
    year_groups = models.CharField(
        "year groups", max_length=60, blank=True, help_text="N, R, 1 to 13, with commas."
    )
    strands = models.ManyToManyField(Strand, related_name="objectives", blank=True)
    position = models.PositiveSmallIntegerField()
    dropped_at = models.DateTimeField("dropped at", null=True, blank=True)
    dropped_because = models.CharField("why it was dropped", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(success=""),
                name="objective_of_support_says_how_we_shall_know",
                violation_error_message="Say what is to be reached, and how you will know.",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "position", "id"], name="objectives_of_support"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def years(self) -> list[str]:
        """Its year groups one by one."""
        return [year for year in self.year_groups.split(",") if year]


class PlanAction(Versioned):
    """Something that somebody does towards an objective until a day."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="actions")
    words = models.CharField("action", max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plan_actions"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("given at")
    due_at = models.DateTimeField("due")
    done_at = models.DateTimeField("done at", null=True, blank=True)
    done_note = models.CharField("what came of it", max_length=500, blank=True)
    dropped_at = models.DateTimeField("dropped at", null=True, blank=True)

    class Meta:
        verbose_name = "action of a plan"
        verbose_name_plural = "actions of plans"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True),
                name="plan_action_is_not_done_and_dropped",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_at"],
                name="plan_actions_of_a_person",
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
            ),
            models.Index(fields=["objective", "due_at"], name="plan_actions_in_order"),
            models.Index(
                fields=["due_at"],
                name="plan_actions_to_do",
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and self.dropped_at is None


class PlanChange(models.Model):
    """One change of a plan, in words: each school reads what the other has changed."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="plan_changes")
    plan_version = models.PositiveIntegerField("version of the plan")
    side = models.CharField(max_length=12, choices=PLANNING_SIDES)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("made at")
    what = models.CharField("what was changed", max_length=400)
    before = models.TextField("as it stood", blank=True)
    after = models.TextField("as it stands", blank=True)

    class Meta:
        verbose_name = "change of a plan"
        verbose_name_plural = "changes of plans"
        indexes = [models.Index(fields=["programme", "made_at", "id"], name="changes_of_a_plan")]

    def __str__(self) -> str:
        return self.what


class LearningCommunity(models.Model):
    """A workhub of the kind "learning community" that was begun from a plan."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="learning_communities"
    )
    workhub = models.OneToOneField(Workhub, on_delete=models.CASCADE, related_name="begun_from")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField("begun at")

    class Meta:
        verbose_name = "learning community of a programme"
        verbose_name_plural = "learning communities of programmes"

    def __str__(self) -> str:
        return str(self.workhub)


class Pause(models.Model):
    """Time in which a programme rests: everything may be read and nothing changed."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pauses")
    because = models.CharField("why", max_length=500)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    paused_at = models.DateTimeField("paused at")
    look_again_at = models.DateTimeField("looked at again by")
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    resumed_at = models.DateTimeField("went on at", null=True, blank=True)
    resumed_words = models.CharField("what has changed", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(resumed_at__isnull=True),
                name="programme_rests_once_at_a_time",
                violation_error_message="The programme is paused already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["look_again_at"], name="pauses_to_look_at", condition=Q(resumed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return "Pause"
