"""Bodies and the seats in them."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.text import get_text_list

from alliances.membership.models import Alliance, AlliancePost
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import Versioned

MOST_WORDS = 8
OFFICE_POSTS = (
    AlliancePost.Kind.DIRECTOR,
    AlliancePost.Kind.CHAIR,
    AlliancePost.Kind.ADMINISTRATOR,
)
SPEAKS_FIRST = (
    SchoolPost.Kind.HEAD,
    SchoolPost.Kind.PRINCIPAL,
    SchoolPost.Kind.INTERIM_HEAD,
    SchoolPost.Kind.HEAD_OF_SCHOOL,
    SchoolPost.Kind.EXECUTIVE_HEAD,
)


def office_calls() -> list[str]:
    """Who calls a body's meetings unless it says otherwise: the alliance's office."""
    return [str(kind) for kind in OFFICE_POSTS]


class BodyQuerySet(models.QuerySet["Body"]):
    """The vocabulary of bodies."""

    def led_by(self, person: Person) -> Self:
        """Those that she leads, or whose lead she stands in for."""
        return self.filter(Q(lead=person) | Q(deputy=person))

    def run_by(self, person: Person, *, on: date) -> Self:
        """Those whose meetings she calls: she leads them, or sits in their alliance's office."""
        led = Body.objects.led_by(person).values("pk")
        return self.filter(pk__in=led.union(_of_office(person, on=on).values("pk"), all=True))

    def seating(self, person: Person, *, on: date) -> Self:
        """Those in which she, or a school whose head she is, has a seat."""
        return self.filter(pk__in=Seat.objects.held_by(person, on=on).values("body"))

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Those that she runs or sits in."""
        if not person.is_active:
            return self.none()
        led = Body.objects.led_by(person).values("pk")
        office = _of_office(person, on=on).values("pk")
        seated = Seat.objects.held_by(person, on=on).values("body")
        return self.filter(pk__in=led.union(office, seated, all=True))

    def visible_among(self, person: Person, *, on: date) -> Self:
        """The same where few bodies are left already: each is checked, instead of all being found."""
        if not person.is_active:
            return self.none()
        posts = AlliancePost.objects.on(on).filter(person=person, kind__in=OFFICE_POSTS)
        seated = Seat.objects.held_by(person, on=on).values("body")
        led = Q(lead=person) | Q(deputy=person)
        return self.filter(led | Q(alliance__in=posts.values("alliance")) | Q(pk__in=seated))

    def open_on(self, day: date) -> Self:
        """Those that aren’t closed; the day of closing is the last one."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day))

    def matching(self, words: str) -> Self:
        """Bodies whose name has every one of the words in it."""
        found = self
        for word in words.split()[:MOST_WORDS]:
            found = found.filter(name__icontains=word)
        return found

    def with_place_count(self, *, on: date) -> Self:
        """Each with how many places in it are taken on a day."""
        seats = Seat.objects.on(on).filter(body=OuterRef("pk")).order_by().values("body")
        counted = seats.annotate(places=Count("pk")).values("places")
        return self.annotate(place_count=Coalesce(Subquery(counted), 0))


def _of_office(person: Person, *, on: date) -> models.QuerySet[Body]:
    posts = AlliancePost.objects.on(on).filter(person=person, kind__in=OFFICE_POSTS)
    return Body.objects.filter(alliance__in=posts.values("alliance"))


class Body(Versioned):
    """A circle of schools and people that meets: a board, a heads' group, a workhub.

    A quorum is a number of places or a fraction of those filled; without either there is none.
    """

    class Fraction(models.TextChoices):
        QUARTER = "1/4", "A quarter of its places"
        THIRD = "1/3", "A third of its places"
        HALF = "1/2", "Half of its places"
        TWO_THIRDS = "2/3", "Two thirds of its places"
        THREE_QUARTERS = "3/4", "Three quarters of its places"

    class Kind(models.TextChoices):
        BOARD = "board", "Strategic board"
        WHOLE_ALLIANCE = "whole_alliance", "Whole alliance"
        HEADS = "heads", "Heads’ group"
        CHAIRS_OF_GOVERNORS = "chairs_of_governors", "Chairs of governors"
        BUSINESS_MANAGERS = "business_managers", "Business managers"
        PREMISES_MANAGERS = "premises_managers", "Premises managers"
        SENCOS = "sencos", "SENCOs"
        PUPIL_COUNCIL = "pupil_council", "Pupil council"
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
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies_deputised",
        help_text="Does what its lead may do.",
    )
    minute_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Takes the register and the minutes, unless a meeting names somebody else.",
    )
    about = models.TextField("what it is for", blank=True)
    calling_posts = models.JSONField(
        "posts that may call it",
        default=office_calls,
        blank=True,
        help_text="Its lead may always call it.",
    )
    quorum_number = models.PositiveSmallIntegerField("quorum, as a number", null=True, blank=True)
    quorum_fraction = models.CharField(
        "quorum, as a fraction", max_length=3, choices=Fraction.choices, blank=True
    )
    usual_place = models.CharField(max_length=200, blank=True)
    usual_minutes = models.PositiveSmallIntegerField("usual length in minutes", default=60)
    closed_on = models.DateField("closed on", null=True, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_number__isnull=True) | Q(quorum_fraction=""),
                name="quorum_is_a_number_or_a_fraction",
                violation_error_message="Give the quorum as a number or as a fraction, not both.",
            ),
            models.CheckConstraint(
                condition=Q(quorum_number__isnull=True) | Q(quorum_number__gte=1),
                name="quorum_is_at_least_one",
                violation_error_message="A quorum is at least one.",
            ),
        ]
        indexes = [models.Index(fields=["alliance", "name", "id"], name="bodies_of_an_alliance")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("meetings:body_detail", self.pk)

    @property
    def quorum_words(self) -> str:
        """Its quorum as people say it: "5 places", "half of its places"."""
        if self.quorum_number:
            return "1 place" if self.quorum_number == 1 else f"{self.quorum_number} places"
        words = self.get_quorum_fraction_display()
        return f"{words[:1].lower()}{words[1:]}"

    @property
    def calling_words(self) -> str:
        """The posts that may call its meetings, beside its lead: "director, chair and administrator"."""
        kinds = [kind for kind in OFFICE_POSTS if kind in self.calling_posts]
        return get_text_list([AlliancePost.Kind(kind).label.lower() for kind in kinds], "and")


class SeatQuerySet(models.QuerySet["Seat"]):
    """The vocabulary of seats."""

    def on(self, day: date) -> Self:
        """Seats taken on a day; the end is the last day."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )

    def held_by(self, person: Person, *, on: date) -> Self:
        """Seats that are hers, or of a school whose head she is and that no one person fills."""
        heads = SchoolPost.objects.on(on).of_heads().filter(person=person)
        own = Seat.objects.on(on).filter(person=person).values("pk")
        speaks = Seat.objects.on(on).filter(person__isnull=True, school__in=heads.values("school"))
        return self.filter(pk__in=own.union(speaks.values("pk"), all=True))

    def sharing_days(self, first: date, last: date | None) -> Self:
        """Seats taken on any day of a span; without a last day the span goes on."""
        found = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))
        if last is None:
            return found
        return found.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=last))

    def with_speaker(self, *, on: date) -> Self:
        """Each with the name of whoever speaks for its school on a day."""
        ranks = [When(kind=kind, then=Value(rank)) for rank, kind in enumerate(SPEAKS_FIRST)]
        heads = SchoolPost.objects.on(on).of_heads().filter(school=OuterRef("school"))
        ranked = heads.filter(person__is_active=True).order_by(
            Case(*ranks, output_field=IntegerField()), "pk"
        )
        return self.annotate(speaker=Subquery(ranked.values("person__name")[:1]))


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
