"""Visits and their notes, who may read a note, and placements of staff in other schools."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import Versioned
from support.programmes.models import Programme, Strand


class Held(models.TextChoices):
    """Where a visit or a placement stands."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Visit(Versioned):
    """Somebody comes to the supported school for half a day or longer."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="visits")
    strand = models.ForeignKey(
        Strand, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="support_visits"
    )
    purpose = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField("begins")
    ends_at = models.DateTimeField("ends")
    days = models.DecimalField("counts as days", max_digits=3, decimal_places=1)
    is_follow_up = models.BooleanField("after the last term", default=False)
    state = models.CharField(max_length=10, choices=Held.choices, default=Held.PLANNED)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField("planned at")
    held_at = models.DateTimeField("said to be held at", null=True, blank=True)
    note_by = models.DateTimeField("note due", null=True, blank=True)
    noted_at = models.DateTimeField(
        "note given at", null=True, blank=True, help_text="As the note says it, for lists to find."
    )
    cancelled_at = models.DateTimeField("cancelled at", null=True, blank=True)
    cancelled_because = models.CharField("why it was cancelled", max_length=300, blank=True)
    sequence = models.PositiveIntegerField("how often it was moved", default=0)
    changed_at = models.DateTimeField("last changed at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="visit_ends_after_it_begins",
                violation_error_message="The end must be after the beginning.",
            ),
            models.CheckConstraint(
                condition=Q(days__gt=0),
                name="visit_counts_as_some_days",
                violation_error_message="A visit counts as half a day at least.",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "-starts_at", "-id"], name="visits_of_a_programme"),
            models.Index(fields=["visitor", "starts_at"], name="visits_of_a_visitor"),
            models.Index(
                fields=["note_by", "programme"],
                name="visits_that_want_a_note",
                condition=Q(state="held"),
            ),
            models.Index(
                fields=["programme", "note_by"],
                name="visits_without_their_note",
                condition=Q(state="held", noted_at=None),
            ),
            models.Index(
                fields=["visitor", "starts_at"],
                name="visits_to_come",
                condition=Q(state="planned"),
            ),
        ]

    def __str__(self) -> str:
        return "Visit"

    def get_absolute_url(self) -> str:
        return address("progress:visit_detail", self.programme_id, self.pk)


class VisitNote(Versioned):
    """What was seen on a visit and what was agreed; the supported head says whether it is right."""

    class Accuracy(models.TextChoices):
        ACCURATE = "accurate", "Accurate"
        DISPUTED = "disputed", "Not accurate in some points"

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="note")
    with_whom = models.TextField(
        "with whom, by role",
        max_length=1000,
        blank=True,
        help_text="Their roles: “English lead, two teachers of Year 5”. No names of pupils.",
    )
    seen = models.TextField(
        "what was seen", max_length=5000, blank=True, help_text="No pupil’s name or initials."
    )
    agreed = models.TextField("what was agreed", max_length=3000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField("last saved at")
    given_at = models.DateTimeField("given to the school at", null=True, blank=True)
    check_by = models.DateTimeField("to be checked by", null=True, blank=True)
    accuracy = models.CharField(max_length=10, choices=Accuracy.choices, blank=True)
    disputed = models.TextField("what isn’t accurate", max_length=3000, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField("checked at", null=True, blank=True)

    class Meta:
        verbose_name = "note of a visit"
        verbose_name_plural = "notes of visits"
        constraints = [
            models.CheckConstraint(
                condition=~Q(accuracy="disputed") | ~Q(disputed=""),
                name="dispute_of_a_note_is_said_in_words",
                violation_error_message="Say what isn’t accurate.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["check_by"],
                name="notes_to_check",
                condition=Q(given_at__isnull=False, checked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return "Note of a visit"


class NoteRelease(models.Model):
    """The school's consent that others than the two schools read a note; it can be taken back."""

    class Layer(models.TextChoices):
        DIRECTOR = "director", "The alliance’s director"
        BOARD = "board", "The board, without anything by which to tell the school"

    note = models.ForeignKey(VisitNote, on_delete=models.CASCADE, related_name="releases")
    layer = models.CharField("who else may read it", max_length=10, choices=Layer.choices)
    board_words = models.CharField(
        "what the board reads",
        max_length=500,
        blank=True,
        help_text="In your own words, without anything by which to tell your school.",
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("given at")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("taken back at", null=True, blank=True)

    class Meta:
        verbose_name = "release of a note"
        verbose_name_plural = "releases of notes"
        constraints = [
            models.UniqueConstraint(
                fields=["note", "layer"],
                condition=Q(withdrawn_at__isnull=True),
                name="note_is_released_to_a_layer_once_at_a_time",
                violation_error_message="They may read it already.",
            ),
            models.CheckConstraint(
                condition=~Q(layer="board") | ~Q(board_words=""),
                name="board_reads_the_school_s_own_words",
                violation_error_message="Write what the board may read.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_layer_display()


class PlacementQuerySet(models.QuerySet["Placement"]):
    """The vocabulary of placements."""

    def hosted_by(self, person: Person, *, on: date) -> Self:
        """Those in schools that she heads: she sees the placement and nothing else of the programme."""
        if not person.is_active:
            return self.none()
        schools = SchoolPost.objects.on(on).of_heads().filter(person=person).values("school")
        return self.filter(host__in=schools)


class Placement(Versioned):
    """Somebody of the supported school works beside colleagues in another school for some days."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="placements")
    strand = models.ForeignKey(
        Strand, on_delete=models.PROTECT, null=True, blank=True, related_name="placements"
    )
    who = models.CharField(
        "who goes, by role", max_length=150, help_text="Their role, such as “teacher of Year 4”."
    )
    host = models.ForeignKey(School, on_delete=models.PROTECT, related_name="placements_hosted")
    focus = models.CharField("what it is about", max_length=300)
    starts_at = models.DateTimeField("first day")
    ends_at = models.DateTimeField("last day")
    days = models.DecimalField(max_digits=4, decimal_places=1)
    state = models.CharField(max_length=10, choices=Held.choices, default=Held.PLANNED)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField("planned at")
    agree_by = models.DateTimeField("to be agreed by")
    school_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    school_agreed_at = models.DateTimeField("agreed by the sending head at", null=True, blank=True)
    host_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    host_agreed_at = models.DateTimeField("agreed by the host at", null=True, blank=True)
    learnt = models.TextField("what was learnt", max_length=3000, blank=True)
    learnt_by = models.DateTimeField("to be said what was learnt by", null=True, blank=True)
    learnt_at = models.DateTimeField("said what was learnt at", null=True, blank=True)
    held_at = models.DateTimeField("said to be held at", null=True, blank=True)
    cancelled_at = models.DateTimeField("cancelled at", null=True, blank=True)
    cancelled_because = models.CharField("why it was cancelled", max_length=300, blank=True)
    sequence = models.PositiveIntegerField("how often it was moved", default=0)
    changed_at = models.DateTimeField("last changed at")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="placement_ends_after_it_begins",
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                condition=Q(days__gt=0),
                name="placement_takes_some_days",
                violation_error_message="A placement takes half a day at least.",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "-starts_at"], name="placements_of_a_programme"),
            models.Index(fields=["host", "starts_at"], name="placements_of_a_host"),
        ]

    def __str__(self) -> str:
        return "Placement"

    def get_absolute_url(self) -> str:
        return address("progress:placement_detail", self.pk)

    @property
    def is_agreed(self) -> bool:
        """Whether both heads have agreed."""
        return self.school_agreed_at is not None and self.host_agreed_at is not None
