"""Support for one school in one area, from the request on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When

from alliances.membership.models import Alliance
from alliances.schools.models import School
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import Versioned
from support.directory.models import Practitioner, SupportArea
from support.programmes.models.sides import sides_of
from workhubs.hubs.models import Workhub


class Stage(models.TextChoices):
    """How far a programme has come; it follows from what has been done."""

    ASKED = "asked", "Asked"
    OWN_VIEW = "own_view", "School’s own view"
    ASSESSMENT = "assessment", "Assessor’s view"
    REPLY = "reply", "Head’s reply"
    JUDGEMENT = "judgement", "Judgement"
    MATCHING = "matching", "Finding support"
    AGREEMENT = "agreement", "Writing the agreement"
    SIGNING = "signing", "Signing"
    RUNNING = "running", "Running"
    PAUSED = "paused", "Paused"
    FOLLOWED = "followed", "Does it last?"
    WATCHED = "watched", "Watched"
    ENDED = "ended", "Ended"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """The vocabulary of support programmes."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Those she has a part in; for everybody else, portal staff included, they don't exist.

        The supported head, her delegates and whom she names; the supporting head; practitioners
        and their home heads; who signs for one of these heads; the alliance's director and whom
        the director names.
        """
        if not person.is_active:
            return self.none()
        first, *rest = programmes_by_side(person, on=on).values()
        return self.filter(pk__in=first.union(*rest, all=True))

    def led_by(self, person: Person, *, on: date) -> Self:
        """Those that she directs, or was named for by the director."""
        sides = programmes_by_side(person, on=on)
        return self.filter(pk__in=sides["post"].union(sides["named_by_director"], all=True))

    def watched_by(self, person: Person) -> Self:
        """Those on her watchlist."""
        return self.filter(watchers=person)

    def standing(self) -> Self:
        """Those that are neither answered otherwise nor over."""
        return self.filter(state__in=Programme.STANDING)

    def with_stage(self) -> Self:
        """`stage`: how far each has come."""
        return self.annotate(stage=stage_of_rows())


def programmes_by_side(person: Person, *, on: date) -> dict[str, models.QuerySet[Any, Any]]:
    """The keys of the programmes in which she has a part, way by way; none is asked twice."""
    every = Programme.objects.order_by()
    return {
        way: (
            rows.values(theirs)
            if column == "pk"
            else every.filter(**{f"{column}__in": rows.values(theirs)}).values("pk")
        )
        for way, (column, rows, theirs) in sides_of(person, on=on).items()
    }


def stage_of_rows() -> Case:
    """The stage of each row, as `Programme.stage_now` says it of one."""
    steps = [When(**{f"{moment}__isnull": True}, then=Value(stage)) for moment, stage in STEPS]
    return Case(
        *(When(state=state, then=Value(stage.value)) for state, stage in BY_STATE.items()),
        When(~Q(state__in=Programme.STANDING), then=Value(Stage.ENDED.value)),
        *steps,
        default=Value(Stage.RUNNING.value),
        output_field=models.CharField(),
    )


class Programme(Versioned):
    """Support for one school in one area: asked for, reviewed, matched, agreed and lived."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        OPEN = "open", "Open"
        WATCHED = "watched", "Watched"
        PAUSED = "paused", "Paused"
        FOLLOWED = "followed", "Followed up"
        SIGNPOSTED = "signposted", "Signposted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"
        NOT_NOW = "not_now", "Not now"
        STOPPED = "stopped", "Stopped"
        FINISHED = "finished", "Finished"

    STANDING = (State.ASKED, State.OPEN, State.WATCHED, State.PAUSED, State.FOLLOWED)

    class Way(models.TextChoices):
        HEAD = "head", "The school asked"
        DIRECTOR = "director", "The director referred it"
        ENQUIRY = "enquiry", "An enquiry"
        FINDING = "finding", "A finding of the portal"

    class Urgency(models.TextChoices):
        NOW = "now", "Within two weeks"
        TERM = "term", "This term"
        YEAR = "year", "This year"

    class Approach(models.TextChoices):
        SUPPORTIVE = "supportive", "Supportive partnership"
        INTERVENTIONIST = "interventionist", "More interventionist"
        WATCH = "watch", "Watch and review"
        NOT_NOW = "not_now", "Not now"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="programmes")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="programmes")
    area = models.ForeignKey(SupportArea, on_delete=models.PROTECT, related_name="programmes")
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.HEAD)
    need = models.TextField("what help the school needs", max_length=3000)
    outcomes = models.TextField("outcomes hoped for", max_length=3000, blank=True)
    urgency = models.CharField(max_length=5, choices=Urgency.choices, default=Urgency.TERM)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="programmes_asked"
    )
    asked_at = models.DateTimeField("asked at")
    answer_by = models.DateTimeField("to be answered by")
    director = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes_directed",
        verbose_name="who looks after it",
    )
    answered_at = models.DateTimeField("answered at", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer = models.TextField(max_length=2000, blank=True)
    signposted_workhub = models.ForeignKey(
        Workhub, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signposted_practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signposted_alliance = models.ForeignKey(
        Alliance, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    own_view_at = models.DateTimeField("school’s own view given at", null=True, blank=True)
    assessed_at = models.DateTimeField("assessor’s view given at", null=True, blank=True)
    replied_at = models.DateTimeField("head replied at", null=True, blank=True)
    judged_at = models.DateTimeField("judged at", null=True, blank=True)
    approach = models.CharField(max_length=16, choices=Approach.choices, blank=True)
    watch_on = models.DateField("looked at again on", null=True, blank=True)
    watch_until = models.DateTimeField("looked at again by", null=True, blank=True)
    supporting_school = models.ForeignKey(
        School,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes_supported",
    )
    matched_at = models.DateTimeField("support found at", null=True, blank=True)
    sent_at = models.DateTimeField("agreement sent to be signed at", null=True, blank=True)
    signed_at = models.DateTimeField("signed by all at", null=True, blank=True)
    ended_at = models.DateTimeField("ended at", null=True, blank=True)
    ended_because = models.CharField("why it ended", max_length=500, blank=True)
    has_origin = models.BooleanField(
        "began with words handed over from another room",
        default=False,
        help_text="Where it began is asked only then.",
    )
    watchers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="programmes_watched", blank=True
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "support programme"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "area"],
                condition=Q(state__in=("asked", "open", "watched", "paused")),
                name="school_has_one_open_programme_in_an_area",
                violation_error_message=(
                    "The school has an open request in this area already. Add to that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(supporting_school__isnull=True) | ~Q(supporting_school=F("school")),
                name="school_does_not_support_itself",
                violation_error_message="Choose another school than the supported one.",
            ),
            models.CheckConstraint(
                condition=~Q(state="watched") | Q(watch_on__isnull=False),
                name="watched_programme_says_until_when",
                violation_error_message="Give the day on which it is looked at again.",
            ),
        ]
        indexes = [
            models.Index(fields=["alliance", "-asked_at", "-id"], name="programmes_of_an_alliance"),
            models.Index(fields=["alliance", "state", "-asked_at"], name="programmes_by_state"),
            models.Index(fields=["alliance", "state", "id"], name="programmes_in_a_state"),
            models.Index(fields=["school", "state"], name="programmes_of_a_school"),
            models.Index(fields=["supporting_school", "state"], name="programmes_of_a_supporter"),
            models.Index(fields=["director", "state"], name="programmes_looked_after"),
            models.Index(
                fields=["director"],
                name="programmes_to_judge",
                condition=Q(state="open", replied_at__isnull=False, judged_at__isnull=True),
            ),
            models.Index(
                fields=["alliance", "answer_by"],
                name="programmes_to_answer",
                condition=Q(state="asked"),
            ),
        ]

    def __str__(self) -> str:
        return f"Support programme {self.pk}"

    def get_absolute_url(self) -> str:
        return address("programmes:programme_detail", self.pk)

    @property
    def stage_now(self) -> Stage:
        """How far it has come, from what was done."""
        if (stage := BY_STATE.get(self.state)) is not None:
            return stage
        if self.state not in self.STANDING:
            return Stage.ENDED
        for moment, stage in STEPS:
            if getattr(self, moment) is None:
                return stage
        return Stage.RUNNING

    @property
    def steps_done(self) -> int:
        """How many steps have been gone, one after the other."""
        moments = [getattr(self, moment) for moment, _stage in STEPS]
        return moments.index(None) if None in moments else len(moments)

    def is_standing(self) -> bool:
        """Whether anything can still be done with it before and under its agreement."""
        return self.state in {self.State.ASKED, self.State.OPEN, self.State.WATCHED}

    def goes_on(self) -> bool:
        """Whether anything of it still waits for somebody; nothing does while it is paused."""
        return self.state in self.STANDING and self.state != self.State.PAUSED

    def is_running(self) -> bool:
        """Whether all have signed and the support goes on: neither paused nor over."""
        return self.state == self.State.OPEN and self.signed_at is not None

    def is_followed(self) -> bool:
        """Whether its terms are over and both schools look whether it lasts."""
        return self.state == self.State.FOLLOWED

    def is_late_to_answer(self, now: datetime) -> bool:
        """Whether its request should have had an answer by now."""
        return self.state == self.State.ASKED and self.answer_by < now


BY_STATE: dict[str, Stage] = {
    Programme.State.WATCHED: Stage.WATCHED,
    Programme.State.PAUSED: Stage.PAUSED,
    Programme.State.FOLLOWED: Stage.FOLLOWED,
}
STEPS: tuple[tuple[str, Stage], ...] = (
    ("answered_at", Stage.ASKED),
    ("own_view_at", Stage.OWN_VIEW),
    ("assessed_at", Stage.ASSESSMENT),
    ("replied_at", Stage.REPLY),
    ("judged_at", Stage.JUDGEMENT),
    ("matched_at", Stage.MATCHING),
    ("sent_at", Stage.AGREEMENT),
    ("signed_at", Stage.SIGNING),
)
