"""Bodies and their meetings: seats, agenda, papers and replies."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from alliances.membership.models import Alliance, AlliancePost
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.versions import Versioned


class Body(Versioned):
    """A circle of schools and people that meets: a board, a heads' group, a workhub."""

    class Kind(models.TextChoices):
        BOARD = "board", "Strategic board"
        WHOLE_ALLIANCE = "whole_alliance", "Whole alliance"
        HEADS = "heads", "Heads’ group"
        CHAIRS_OF_GOVERNORS = "chairs_of_governors", "Chairs of governors"
        BUSINESS_MANAGERS = "business_managers", "Business managers"
        WORKING_PARTY = "working_party", "Working party"
        WORKHUB = "workhub", "Workhub"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="bodies")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies_led",
        help_text="Calls its meetings beside the alliance’s director, chair and administrator.",
    )
    closed_on = models.DateField("closed on", null=True, blank=True)

    class Meta:
        verbose_name_plural = "bodies"
        indexes = [models.Index(fields=["alliance", "name", "id"], name="bodies_of_an_alliance")]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    """The vocabulary of seats."""

    def on(self, day: date) -> Self:
        """Seats taken on a day; the end is the last day."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )

    def held_by(self, person: Person, *, on: date) -> Self:
        """Seats that are hers, or of a school whose head she is."""
        heads = (
            SchoolPost.objects.on(on).of_heads().filter(person=person, school=OuterRef("school"))
        )
        return self.on(on).filter(Q(person=person) | Exists(heads))


class Seat(models.Model):
    """A place in a body: a school's, taken by whoever is its head, or one person's."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
    )
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False) | Q(person__isnull=False),
                name="seat_belongs_to_a_school_or_a_person",
                violation_error_message="Choose a school, a person, or a person for a school.",
            ),
            models.UniqueConstraint(
                fields=["body", "school"],
                condition=Q(ends_on__isnull=True, person__isnull=True),
                name="school_has_one_seat_in_a_body",
                violation_error_message="This school has a seat already.",
            ),
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(ends_on__isnull=True, school__isnull=True),
                name="person_has_one_seat_in_a_body",
                violation_error_message="This person has a seat already.",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "ends_on"], name="seats_of_a_body"),
            models.Index(fields=["school", "ends_on"], name="seats_of_a_school"),
            models.Index(fields=["person", "ends_on"], name="seats_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"Seat {self.pk}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """The vocabulary of meetings."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Meetings that she runs, and those not in draft that she takes part in."""
        office = AlliancePost.objects.on(on).filter(
            person=person, alliance=OuterRef("body__alliance"), kind__in=OFFICE_POSTS
        )
        runs = Exists(office) | Q(body__lead=person)
        part = self._part(person, on=on) & ~Q(state=Meeting.State.DRAFT)
        return self.filter(runs | part) if person.is_active else self.none()

    def takes_part(self, person: Person, *, on: date) -> Self:
        """Meetings she is asked to, or in whose body she or her school has a seat or she leads."""
        return self.filter(self._part(person, on=on) | Q(body__lead=person))

    def _part(self, person: Person, *, on: date) -> Q:
        asked = MeetingReply.objects.filter(meeting=OuterRef("pk"), person=person, ended_at=None)
        seated = Seat.objects.held_by(person, on=on).filter(body=OuterRef("body"))
        return Q(Exists(asked)) | Q(Exists(seated))


OFFICE_POSTS = (
    AlliancePost.Kind.DIRECTOR,
    AlliancePost.Kind.CHAIR,
    AlliancePost.Kind.ADMINISTRATOR,
)


class Meeting(Versioned):
    """A meeting of a body: prepared as a draft, called, then held or cancelled."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        CALLED = "called", "Called"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=150)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField("link to join", max_length=300, blank=True)
    note = models.TextField("note to those asked", blank=True)
    answer_by = models.DateTimeField("please answer by", null=True, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    called_at = models.DateTimeField("called at", null=True)
    moved_at = models.DateTimeField("moved at", null=True)
    was_at = models.DateTimeField("was at before it moved", null=True)
    cancelled_at = models.DateTimeField("cancelled at", null=True)
    cancelled_because = models.CharField("reason", max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="The meeting must end after it starts.",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "starts_at", "id"], name="meetings_of_a_body"),
            models.Index(fields=["starts_at", "id"], name="meetings_by_start"),
            models.Index(fields=["state", "starts_at", "id"], name="meetings_by_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting_detail", args=[self.pk])


class MeetingReplyQuerySet(models.QuerySet["MeetingReply"]):
    """The vocabulary of replies."""

    def still_asked(self, *, on: date) -> Self:
        """Replies of those who have neither left their seat nor the school they answer for."""
        heads = (
            SchoolPost.objects.on(on)
            .of_heads()
            .filter(person=OuterRef("person"), school=OuterRef("school"))
        )
        own_seat = Seat.objects.on(on).filter(
            body=OuterRef("meeting__body"), school=OuterRef("school"), person=OuterRef("person")
        )
        speaks = Q(school__isnull=True) | Exists(heads) | Exists(own_seat)
        return self.filter(speaks, ended_at__isnull=True, person__is_active=True)

    def open(self, *, now: datetime) -> Self:
        """Replies to meetings that are called and not over."""
        return self.filter(meeting__state=Meeting.State.CALLED, meeting__ends_at__gt=now)

    def by_name(self) -> Self:
        """In the order of the people's names."""
        return self.order_by("person__search_name", "pk")


class MeetingReply(models.Model):
    """What one person, for herself or for one school, answers to one meeting."""

    class Answer(models.TextChoices):
        NONE = "", "No answer"
        YES = "yes", "Yes"
        MAYBE = "maybe", "Maybe"
        NO = "no", "No"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="replies")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meeting_replies"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField("asked at")
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField("answered at", null=True)
    apologies = models.CharField("reason for apologies", max_length=300, blank=True)
    asking = models.PositiveIntegerField(
        default=1, help_text="Grows when the meeting moves: links of earlier mails stop working."
    )
    ended_at = models.DateTimeField("no longer asked since", null=True)

    objects = MeetingReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "school"],
                name="person_answers_a_meeting_once_for_a_school",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(school__isnull=True),
                name="person_answers_a_meeting_once_for_herself",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "answer"], name="replies_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()


class AgendaItem(Versioned):
    """One item of a meeting's agenda, in its place, with the minutes allotted to it."""

    class Purpose(models.TextChoices):
        INFORMATION = "information", "For information"
        DISCUSSION = "discussion", "For discussion"
        DECISION = "decision", "For decision"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.DISCUSSION)
    presenter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="items_presented",
    )
    minutes = models.PositiveSmallIntegerField("minutes allotted", default=10)
    paper_due_at = models.DateTimeField("paper due", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_item_has_a_place_of_its_own",
            ),
        ]
        indexes = [models.Index(fields=["presenter", "paper_due_at"], name="papers_due")]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A paper for an agenda item, read only through a view that asks twice."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=150)
    file = models.FileField(max_length=200)
    name = models.CharField("file name", max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("added at")

    class Meta:
        indexes = [models.Index(fields=["item", "added_at", "id"], name="papers_of_an_item")]

    def __str__(self) -> str:
        return self.title
