"""The register of schools."""

from __future__ import annotations

import re
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Subquery

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.folding import bare_words, folded
from partnership.toolkit.versions import Versioned


class Authority(models.Model):
    """A local authority, by the code that the register uses."""

    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "authorities"
        indexes = [models.Index(fields=["name", "id"], name="authorities_by_name")]

    def __str__(self) -> str:
        return self.name


class RegisterFile(models.Model):
    """A file of the national register that was read: where a school's facts come from."""

    class Kind(models.TextChoices):
        SCHOOLS = "schools", "Schools"
        LINKS = "links", "Links between schools"
        TRUSTS = "trusts", "Trusts and their academies"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SCHOOLS)
    sha256 = models.CharField(max_length=64)
    published_on = models.DateField("published on", null=True, blank=True)
    layout = models.CharField(max_length=12, blank=True)
    facts = models.JSONField(default=list, blank=True)
    authorities = models.ManyToManyField(Authority, related_name="+", blank=True)
    imported_at = models.DateTimeField("imported at")
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-imported_at", "-id"], name="register_files_latest")]

    def __str__(self) -> str:
        return self.name


MOST_WORDS = 8
LAESTAB = re.compile(r"([0-9]{3})/?([0-9]{4})")
TELEPHONE_DIGITS = 11
LAST_PRIMARY_AGE = 11
SAYING_NOTHING = ("", "Not applicable", "Does not apply", "None")


class SchoolQuerySet(models.QuerySet["School"]):
    """The vocabulary of schools."""

    def visible_to(self, person: Person) -> Self:
        """All of them: the register is public, and whoever signs in may read it."""
        return self if person.is_active else self.none()

    def matching(self, words: str) -> Self:
        """Schools whose name, numbers, postcode, town or head has every one of the words in it."""
        found = self
        for word in folded(words).split()[:MOST_WORDS]:
            if laestab := LAESTAB.fullmatch(word):
                of_authority = Authority.objects.filter(code=laestab[1]).values("pk")[:1]
                found = found.filter(
                    authority=Subquery(of_authority), establishment_number=int(laestab[2])
                )
            else:
                found = found.filter(search_text__contains=word)
        return found


class School(Versioned):
    """A school as the national register describes it, and what its alliance adds."""

    urn = models.PositiveIntegerField("URN", unique=True)
    name = models.CharField(max_length=120)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="schools")
    establishment_number = models.PositiveIntegerField(
        "establishment number", null=True, blank=True
    )
    ukprn = models.PositiveIntegerField("UKPRN", null=True, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    phase_code = models.PositiveSmallIntegerField("phase (code)", null=True, blank=True)
    phase_served = models.CharField("phase it serves", max_length=40, blank=True, editable=False)
    type = models.CharField(max_length=80, blank=True)
    type_code = models.PositiveSmallIntegerField("type (code)", null=True, blank=True)
    status = models.CharField(max_length=40)
    status_code = models.PositiveSmallIntegerField("status (code)", null=True, blank=True)
    reason_opened = models.CharField(max_length=80, blank=True)
    opened_on = models.DateField("opened on", null=True, blank=True)
    reason_closed = models.CharField(max_length=80, blank=True)
    closed_on = models.DateField("closed on", null=True, blank=True)
    low_age = models.PositiveSmallIntegerField("youngest age", null=True, blank=True)
    high_age = models.PositiveSmallIntegerField("oldest age", null=True, blank=True)
    boarders = models.CharField(max_length=60, blank=True)
    sixth_form = models.CharField("sixth form", max_length=60, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    religious_character = models.CharField("religious character", max_length=80, blank=True)
    diocese = models.CharField(max_length=80, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    admissions_policy = models.CharField("admissions policy", max_length=40, blank=True)
    street = models.CharField(max_length=120, blank=True)
    locality = models.CharField(max_length=120, blank=True)
    address_3 = models.CharField("third line of the address", max_length=120, blank=True)
    town = models.CharField(max_length=80, blank=True)
    county = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    website = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    head_name = models.CharField("its head in the register", max_length=120, blank=True)
    head_title = models.CharField("title of its head", max_length=80, blank=True)
    region = models.CharField(max_length=40, blank=True)
    constituency_code = models.CharField(max_length=12, blank=True)
    constituency = models.CharField(max_length=80, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    trust_name = models.CharField("academy trust", max_length=160, blank=True)
    is_example = models.BooleanField("example school", default=False)
    source = models.ForeignKey(
        RegisterFile, on_delete=models.PROTECT, null=True, blank=True, related_name="schools"
    )
    sourced_on = models.DateField("facts as of", null=True, blank=True)
    search_text = models.CharField(max_length=400, editable=False)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["search_text", "id"], name="schools_by_name"),
            models.Index(fields=["authority", "search_text", "id"], name="schools_by_authority"),
            models.Index(fields=["phase", "search_text", "id"], name="schools_by_phase"),
            models.Index(fields=["type", "search_text", "id"], name="schools_by_type"),
            models.Index(fields=["status", "search_text", "id"], name="schools_by_status"),
            models.Index(fields=["town", "search_text", "id"], name="schools_by_town"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what the search reads beside the facts, and the phase that it serves."""
        self.search_text = self.searchable()
        self.phase_served = self.served()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("schools:school_detail", self.urn)

    @property
    def website_address(self) -> str:
        """Where a link to its website leads."""
        return f"https://{self.website}" if self.website else ""

    @property
    def telephone_in_groups(self) -> str:
        """As people say it: 0161 770 7500, 020 7525 1196, 01457 872264."""
        number = self.telephone
        if not (number.isascii() and number.isdigit() and len(number) == TELEPHONE_DIGITS):
            return number
        if number.startswith("02"):
            return f"{number[:3]} {number[3:7]} {number[7:]}"
        if number.startswith("011") or (number[1] == "1" and number[3] == "1"):
            return f"{number[:4]} {number[4:7]} {number[7:]}"
        return f"{number[:5]} {number[5:]}"

    @property
    def address(self) -> str:
        """Its address on one line."""
        lines = (self.street, self.locality, self.address_3, self.town)
        kept = [line for at, line in enumerate(lines) if line and line not in lines[:at]]
        return " ".join(filter(None, [", ".join(kept), self.postcode]))

    @property
    def place(self) -> str:
        """Where people say it is: its locality and its town."""
        names = [self.locality, self.town]
        return ", ".join(dict.fromkeys(filter(None, names)))

    @property
    def register_facts(self) -> list[tuple[str, str]]:
        """What the register says in words of its own, without saying what doesn’t apply."""
        facts = (
            ("Phase", self.phase),
            ("Phase it serves", self.phase_served if self.phase in SAYING_NOTHING else ""),
            ("Status", self.status),
            ("Reason it closed", self.reason_closed),
            ("Pupils", f"{self.pupils:,}" if self.pupils else ""),
            ("Capacity", f"{self.capacity:,}" if self.capacity else ""),
            ("Gender", self.gender),
            ("Religious character", self.religious_character),
            ("Diocese", self.diocese),
            ("Admissions", self.admissions_policy),
            ("Sixth form", self.sixth_form),
            ("Boarders", self.boarders),
            ("Academy trust", self.trust_name),
            ("Constituency", self.constituency),
        )
        return [(term, fact) for term, fact in facts if fact not in SAYING_NOTHING]

    def served(self) -> str:
        """The phase it serves: special schools and units have none of their own in the register."""
        if self.phase not in SAYING_NOTHING:
            return self.phase
        if self.high_age is None or self.low_age is None:
            return ""
        if self.high_age <= LAST_PRIMARY_AGE:
            return "Primary"
        return "Secondary" if self.low_age >= LAST_PRIMARY_AGE else "All-through"

    def searchable(self) -> str:
        """Name, URN, postcode with and without its space, town and head; lists order by it.

        All of it folded, and words with marks also without: St Mary’s as "marys".
        """
        postcodes = f"{self.postcode} {self.postcode.replace(' ', '')}"
        words = folded(f"{self.name} {self.urn} {postcodes} {self.town} {self.head_name}")
        return f"{words} {bare_words(folded(self.name))}".strip()[:400]
