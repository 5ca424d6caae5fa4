"""People of schools who support other schools, and their heads' consent."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.models.dated import DatedQuerySet, ends_after_it_starts
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.folding import folded
from partnership.toolkit.versions import Versioned
from support.directory.models.rules import Context, Designation, Phase, SupportArea

MOST_WORDS = 8
MOST_DAYS = 200


class PractitionerQuerySet(models.QuerySet["Practitioner"]):
    """The vocabulary of practitioners."""

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Listed ones of her alliances and her own; the director and home heads see all theirs."""
        if not person.is_active:
            return self.none()
        directed = AlliancePost.objects.on(on).filter(
            person=person, kind=AlliancePost.Kind.DIRECTOR
        )
        headed = SchoolPost.objects.on(on).of_heads().filter(person=person)
        own = Alliance.objects.of_person(person, on=on).values("pk")
        return self.filter(
            Q(is_listed=True, alliance__in=own)
            | Q(person=person)
            | Q(alliance__in=directed.values("alliance"))
            | Q(home_school__in=headed.values("school"))
        )

    def matching(self, words: str) -> Self:
        """Those whose name, school, title or area has every one of the words in it."""
        found = self
        for word in folded(words).split()[:MOST_WORDS]:
            found = found.filter(search_text__contains=word)
        return found

    def on(self, day: date) -> Self:
        """Those whose entry holds on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def with_consent(self, *, on: date) -> Self:
        """`has_consent`: whether the head of the home school lets them go on that day."""
        given = HomeConsent.objects.in_force(on).filter(practitioner=OuterRef("pk"))
        return self.annotate(has_consent=Exists(given))


class Practitioner(Versioned):
    """Somebody of a school who supports other schools for a number of days a year."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="practitioners")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practitioner_entries"
    )
    home_school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="practitioners"
    )
    designations = models.ManyToManyField(Designation, related_name="practitioners", blank=True)
    areas = models.ManyToManyField(SupportArea, related_name="practitioners", blank=True)
    phases = models.JSONField(default=list, blank=True)
    contexts = models.JSONField("kinds of school", default=list, blank=True)
    about = models.TextField(
        "what you bring", blank=True, help_text="Two or three sentences for other heads."
    )
    impact = models.TextField(
        "what came of past support",
        blank=True,
        default="",
        help_text="In words; only the practitioner and the alliance’s directors read it.",
    )
    days_a_year = models.DecimalField(
        "days a year", max_digits=5, decimal_places=1, default=0, help_text="Half days count."
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day", null=True, blank=True)
    is_listed = models.BooleanField(
        "shown in the directory",
        default=True,
        help_text="Without it only the director and the head of the home school see the entry.",
    )
    confirm_due_at = models.DateTimeField(
        "to be confirmed by the practitioner by", null=True, blank=True
    )
    confirmed_at = models.DateTimeField("confirmed by the practitioner at", null=True, blank=True)
    consent_asked_at = models.DateTimeField("head asked at", null=True, blank=True)
    consent_due_at = models.DateTimeField("head asked to answer by", null=True, blank=True)
    consent_answered_at = models.DateTimeField("head answered at", null=True, blank=True)
    consent_refused_because = models.CharField(
        "why the head doesn’t consent", max_length=300, blank=True, default=""
    )
    search_text = models.CharField(max_length=600, editable=False)

    objects = PractitionerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "person"],
                name="practitioner_is_listed_once_in_an_alliance",
                violation_error_message="This person is in the directory already.",
            ),
            ends_after_it_starts("practitioner_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(days_a_year__gte=0, days_a_year__lte=MOST_DAYS),
                name="practitioner_gives_no_more_days_than_a_year_has",
                violation_error_message="Give a number of days between 0 and 200.",
            ),
        ]
        indexes = [
            models.Index(fields=["alliance", "search_text", "id"], name="practitioners_by_name"),
            models.Index(fields=["home_school", "ends_on"], name="practitioners_of_a_school"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return address("directory:practitioner_detail", self.pk)

    @property
    def phase_words(self) -> list[str]:
        """The phases in words."""
        return [Phase(code).label for code in self.phases if code in Phase.values]

    @property
    def context_words(self) -> list[str]:
        """The kinds of school in words."""
        return [Context(code).label for code in self.contexts if code in Context.values]

    def searchable(self, *names: str) -> str:
        """Name, home school, titles and areas, folded, in the order by which lists sort."""
        return folded(" ".join((str(self.person), *names)))[:600]


class HomeConsentQuerySet(DatedQuerySet):
    """The vocabulary of heads' consents."""

    def in_force(self, day: date) -> Self:
        """Those that hold on a day and weren't withdrawn."""
        return self.on(day).filter(withdrawn_at__isnull=True)


class HomeConsent(models.Model):
    """A head's word that somebody of her school supports others, how many days a year, until when."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, related_name="consents"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("given at")
    days_a_year = models.DecimalField("days a year", max_digits=5, decimal_places=1)
    starts_on = models.DateField("from")
    ends_on = models.DateField("last day")
    note = models.CharField("conditions", max_length=300, blank=True)
    withdrawn_at = models.DateTimeField("withdrawn at", null=True, blank=True)
    withdrawn_because = models.CharField("why", max_length=300, blank=True)

    objects = HomeConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "consent of a head"
        verbose_name_plural = "consents of heads"
        constraints = [
            ends_after_it_starts("consent_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(days_a_year__gt=0),
                name="consent_is_to_some_days",
                violation_error_message="Give the days a year, half a day at least.",
            ),
        ]
        indexes = [
            models.Index(fields=["practitioner", "ends_on"], name="consents_of_a_practitioner"),
        ]

    def __str__(self) -> str:
        return f"{self.days_a_year} days a year"
