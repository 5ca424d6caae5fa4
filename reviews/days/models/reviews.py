"""A host's review from beginning to end: its dates, what is prepared, and who may see it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from alliances.meetings.models import Body, Seat
from alliances.membership.models import Alliance
from alliances.membership.models.alliances import lines_of
from alliances.schools.models import Delegation, School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import Versioned
from reviews.cycles.models import Cycle, CycleHost, DayPlace, ReviewDay
from reviews.days.models.schools import PUPILS, SelfEvaluation

TEAM_STAYS = timedelta(days=90)
CONTENT_WAYS = ("head", "acting", "named", "team", "lead", "champion")
READING_WAYS = ("releasing", "governors", "board", "alliance")
GOVERNORS = (SchoolPost.Kind.CHAIR_OF_GOVERNORS, SchoolPost.Kind.GOVERNOR)


class ReviewQuerySet(models.QuerySet["Review"]):
    """The vocabulary of reviews."""

    def visible_to(self, person: Person, *, on: date, since: datetime) -> Self:
        """Those of which she may read anything but dates, team and stage.

        The host's head, who acts for her and whom she names; the team from acceptance until ninety
        days after the report is released; and once it is, the champion. Whoever organises the cycle
        isn't among them, nor are portal staff.
        """
        return self._by(CONTENT_WAYS, person, on, since)

    def with_report_for(self, person: Person, *, on: date, since: datetime) -> Self:
        """Those whose released report she may read: also those the school has let read it."""
        return self.with_report_page_for(person, on=on, since=since).filter(
            released_at__isnull=False
        )

    def with_report_page_for(self, person: Person, *, on: date, since: datetime) -> Self:
        """The same, and those of which she may read anything: how far the report is stands there."""
        return self._by((*CONTENT_WAYS, *READING_WAYS), person, on, since)

    def followed_by(self, person: Person, *, on: date, since: datetime) -> Self:
        """The same as visible, and for the lead those whose check-back is awaited or fresh."""
        return self._by((*CONTENT_WAYS, "following"), person, on, since)

    def _by(self, ways: tuple[str, ...], person: Person, on: date, since: datetime) -> Self:
        if not person.is_active:
            return self.none()
        found = reviews_by_way(person, on=on, since=since)
        first, *rest = (found[way].values("pk") for way in ways)
        return self.filter(pk__in=first.union(*rest, all=True))


def moments(now: datetime) -> dict[str, Any]:
    """What the vocabulary asks for: the day `on`, and the release `since` which a team still reads."""
    return {"on": london_day(now), "since": now - TEAM_STAYS}


def reviews_by_way(
    person: Person, *, on: date, since: datetime
) -> dict[str, models.QuerySet[Any, Any]]:
    """The reviews in which she has a part, way by way; `organiser` sees dates and stage alone."""
    every = Review.objects.order_by()
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person)
    return {
        "head": every.filter(school__in=heads.values("school")),
        "acting": every.filter(school__in=_acted_for(person, Delegation.Kind.REVIEWS, on)),
        "releasing": every.filter(
            school__in=_acted_for(person, Delegation.Kind.RELEASING, on), released_at__isnull=False
        ),
        "named": every.filter(
            pk__in=ReviewPerson.objects.on(on).filter(person=person).values("review")
        ),
        **_of_team(every, person, since),
        "champion": every.filter(
            workshop__champion=person, workshop__given_up_at=None, released_at__isnull=False
        ),
        "organiser": every.filter(cycle__in=Cycle.objects.organised_by(person, on=on).values("pk")),
        "following": _followed(every, person, since),
        **_by_consent(every, person, on),
    }


def _acted_for(person: Person, kind: str, on: date) -> Any:
    return Delegation.objects.held_by(person, kind, on=on).values("school")


def _of_team(every: ReviewQuerySet, person: Person, since: datetime) -> dict[str, Any]:
    """From acceptance until ninety days after the release; a day called off has no team."""
    places = DayPlace.objects.filter(
        person=person, answer=DayPlace.Answer.ACCEPTED, ended_at=None
    ).exclude(day__state=ReviewDay.State.CANCELLED)
    open_still = every.filter(Q(released_at=None) | Q(released_at__gt=since))
    return {
        "team": open_still.filter(day__in=places.values("day")),
        "lead": open_still.filter(day__in=places.filter(is_lead=True).values("day")),
    }


def _followed(every: ReviewQuerySet, person: Person, since: datetime) -> Any:
    """The lead’s check-backs: silence on them is hers, so until ninety days after each is given."""
    led = DayPlace.objects.filter(
        person=person, answer=DayPlace.Answer.ACCEPTED, ended_at=None, is_lead=True
    )
    is_awaited = Q(check_back__given_at=None) | Q(check_back__given_at__gt=since)
    return every.filter(
        is_awaited,
        day__in=led.values("day"),
        check_back__isnull=False,
        released_at__isnull=False,
    )


def _by_consent(every: ReviewQuerySet, person: Person, on: date) -> dict[str, Any]:
    """Whom the school lets read the released report, as long as it does."""
    governs = SchoolPost.objects.on(on).filter(person=person, kind__in=GOVERNORS)
    seats = Seat.objects.held_by(person, on=on).filter(body__kind=Body.Kind.BOARD)
    belongs = Alliance.objects.of_person(person, on=on)
    released = every.filter(released_at__isnull=False)
    return {
        "governors": released.filter(
            consents__audience="governors",
            consents__withdrawn_at=None,
            school__in=governs.values("school"),
        ),
        "board": released.filter(
            consents__audience="board",
            consents__withdrawn_at=None,
            cycle__alliance__in=seats.values("body__alliance"),
        ),
        "alliance": released.filter(
            consents__audience="alliance",
            consents__withdrawn_at=None,
            cycle__alliance__in=belongs.values("pk"),
        ),
    }


class Review(Versioned):
    """One host's review in a cycle; it stays the host's own when its day is moved or called off."""

    host = models.OneToOneField(CycleHost, on_delete=models.CASCADE, related_name="review")
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="reviews")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="reviews")
    day = models.OneToOneField(
        ReviewDay,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="review",
        help_text="The day that stands; none while the host has no day.",
    )
    dated_for = models.DateTimeField("due dates worked back from", null=True, blank=True)
    evaluation_by = models.DateTimeField("self-evaluation due", null=True, blank=True)
    focus_by = models.DateTimeField("focus due", null=True, blank=True)
    files_by = models.DateTimeField("documents due", null=True, blank=True)
    planning_by = models.DateTimeField("planning meeting held by", null=True, blank=True)
    timetable_by = models.DateTimeField("timetable due", null=True, blank=True)
    contact_by = models.DateTimeField("safeguarding lead named by", null=True, blank=True)
    declare_by = models.DateTimeField("declarations due", null=True, blank=True)
    read_by = models.DateTimeField("documents read by", null=True, blank=True)
    views_by = models.DateTimeField("own views due", null=True, blank=True)
    moderate_by = models.DateTimeField("findings agreed by", null=True, blank=True)
    report_by = models.DateTimeField("report with the host by", null=True, blank=True)

    evaluation = models.ForeignKey(
        SelfEvaluation, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    shared_at = models.DateTimeField("self-evaluation shared at", null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    focus = models.TextField("focus", max_length=1000, blank=True, help_text=PUPILS)
    lines = models.TextField(
        "lines of enquiry", max_length=2000, blank=True, help_text="One a line."
    )
    focus_at = models.DateTimeField("focus given at", null=True, blank=True)
    files_at = models.DateTimeField("documents complete at", null=True, blank=True)
    planning_starts_at = models.DateTimeField("planning meeting begins", null=True, blank=True)
    planning_ends_at = models.DateTimeField("planning meeting ends", null=True, blank=True)
    planning_place = models.CharField("where, or a link to join", max_length=300, blank=True)
    planning_agreed = models.TextField(
        "what was agreed", max_length=3000, blank=True, help_text=PUPILS
    )
    planning_at = models.DateTimeField("planning meeting arranged at", null=True, blank=True)
    timetable_at = models.DateTimeField(
        "timetable complete since", null=True, blank=True, help_text="A partner for each part."
    )
    contact_name = models.CharField(
        "designated safeguarding lead (DSL)", max_length=120, blank=True
    )
    contact_telephone = models.CharField("her or his telephone", max_length=40, blank=True)
    deputy_contact = models.CharField(
        "deputy DSL and telephone", max_length=160, blank=True, help_text="If the DSL is away."
    )
    chair_contact = models.CharField("chair of governors and telephone", max_length=160, blank=True)
    lado_contact = models.CharField(
        "the local authority’s designated officer (LADO), telephone", max_length=160, blank=True
    )
    contact_at = models.DateTimeField("safeguarding lead named at", null=True, blank=True)

    moderated_at = models.DateTimeField("findings agreed at", null=True, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField("report released at", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    notes_deleted_at = models.DateTimeField("notes deleted at", null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(moderated_at__isnull=False),
                name="report_is_released_after_the_findings_are_agreed",
                violation_error_message="Agree the findings first.",
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None) | Q(evaluation__isnull=False),
                name="what_is_shared_is_written",
                violation_error_message="Write the self-evaluation first.",
            ),
        ]
        indexes = [
            models.Index(fields=["cycle", "released_at"], name="reviews_of_a_cycle"),
            models.Index(fields=["school", "cycle"], name="reviews_of_a_school"),
            models.Index(
                fields=["released_at"],
                name="reviews_whose_notes_are_kept",
                condition=Q(released_at__isnull=False, notes_deleted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"

    def get_absolute_url(self) -> str:
        return address("cycles:day_detail", self.day_id) if self.day_id is not None else ""

    @property
    def enquiries(self) -> list[str]:
        """The lines of enquiry, one by one."""
        return lines_of(self.lines)

    @property
    def notes_go_at(self) -> datetime | None:
        """When the raw notes are deleted, once the report is released."""
        return self.released_at + TEAM_STAYS if self.released_at is not None else None


class ReviewPersonQuerySet(models.QuerySet["ReviewPerson"]):
    """The vocabulary of whom heads name."""

    def on(self, day: date) -> Self:
        """Those for whom it holds on a day: not ended, and held by somebody of the school still."""
        posts = SchoolPost.objects.on(day).filter(
            school=OuterRef("review__school"), person=OuterRef("person")
        )
        return self.filter(Exists(posts), ended_at=None)


class ReviewPerson(models.Model):
    """Somebody whom the host's head names: she helps to prepare, and reads what the head reads."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews_named_for"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField("named at")
    ended_at = models.DateTimeField("no longer named since", null=True, blank=True)

    objects = ReviewPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "person named for a review"
        verbose_name_plural = "people named for reviews"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "person"],
                condition=Q(ended_at__isnull=True),
                name="person_is_named_for_a_review_once_at_a_time",
                violation_error_message="This person is named already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "review"],
                name="reviews_of_a_named_person",
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
