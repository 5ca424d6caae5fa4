"""What stands before an agreement, the agreement itself, and who signed it."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alliances.membership.models import AlliancePost
from alliances.schools.models import Delegation, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.versions import Versioned
from support.programmes.models.people import Side
from support.programmes.models.programmes import Programme


class Declaration(models.Model):
    """What somebody on one side says of conflicts of interest; the latest counts."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="declarations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side.choices)
    has_conflict = models.BooleanField("there is a conflict of interest")
    words = models.CharField("what it is", max_length=500, blank=True)
    declared_at = models.DateTimeField("declared at")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField("settled at", null=True, blank=True)
    settled_how = models.CharField("how it was settled", max_length=500, blank=True)

    class Meta:
        verbose_name = "declaration of interests"
        verbose_name_plural = "declarations of interests"
        constraints = [
            models.CheckConstraint(
                condition=Q(has_conflict=False) | ~Q(words=""),
                name="conflict_is_said_in_words",
                violation_error_message="Say what the conflict of interest is.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["programme", "person", "declared_at"], name="declarations_in_order"
            ),
        ]

    def __str__(self) -> str:
        return "A conflict of interest" if self.has_conflict else "No conflict of interest"


class DiligenceCheck(models.Model):
    """One check of the supporting school; the latest of its words counts."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="diligence_checks"
    )
    check_words = models.CharField("check", max_length=300)
    is_fine = models.BooleanField("in order")
    note = models.CharField("how we know", max_length=500, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField("checked on")
    checked_at = models.DateTimeField("written down at")

    class Meta:
        verbose_name = "check of due diligence"
        verbose_name_plural = "checks of due diligence"
        indexes = [models.Index(fields=["programme", "checked_at"], name="diligence_in_order")]

    def __str__(self) -> str:
        return self.check_words


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """The vocabulary of agreements."""

    def without_words(self) -> Self:
        """For lists: what is long stays where it is."""
        return self.defer("text", "outcomes", "money", "data_words", "confidentiality_words")


class Agreement(Versioned):
    """A version of the written agreement; once sent, its words stand still."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENT = "sent", "Sent to be signed"
        SIGNED = "signed", "Signed by all"
        DECLINED = "declined", "Declined"
        REPLACED = "replaced", "Replaced by a newer version"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField("version of the agreement")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    outcomes = models.TextField(
        "key outcomes", max_length=4000, blank=True, help_text="One outcome a line."
    )
    money = models.TextField("money", max_length=2000, blank=True)
    terms_because = models.CharField(
        "why it is longer or shorter than five terms", max_length=300, blank=True
    )
    data_words = models.TextField("data protection", max_length=4000, blank=True)
    confidentiality_words = models.TextField("confidentiality", max_length=4000, blank=True)
    changed_because = models.CharField("why there is a new version", max_length=300, blank=True)
    text = models.TextField("the words as they were sent", blank=True, editable=False)
    text_hash = models.CharField("SHA-256 of the words", max_length=64, blank=True, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField("drafted at")
    sent_at = models.DateTimeField("sent at", null=True, blank=True)
    sign_by = models.DateTimeField("to be signed by", null=True, blank=True)
    signed_at = models.DateTimeField("signed by all at", null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="versions_of_an_agreement_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state="draft"),
                name="programme_has_one_draft_of_an_agreement",
                violation_error_message="There is a draft already.",
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state__in=("sent", "signed")),
                name="programme_has_one_agreement_that_counts",
                violation_error_message="Another version counts already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Agreement, version {self.number}"

    @property
    def outcome_lines(self) -> list[str]:
        """The key outcomes one by one."""
        return [line.strip() for line in self.outcomes.splitlines() if line.strip()]


class AgreementTerm(models.Model):
    """One term of the support, with its first and last day."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")

    class Meta:
        verbose_name = "term of an agreement"
        verbose_name_plural = "terms of agreements"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="terms_of_an_agreement_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="term_of_an_agreement_ends_after_it_starts",
                violation_error_message="The last day must be after the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"Term {self.number}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    """The vocabulary of signatures."""

    def open(self) -> Self:
        """Those that are still to be given, under what was sent and isn't being rewritten."""
        return self.filter(
            agreement__state=Agreement.State.SENT,
            agreement__programme__sent_at__isnull=False,
            signed_at__isnull=True,
            declined_at__isnull=True,
        )

    def with_hers(self, person: Person, *, on: date) -> Self:
        """`is_hers`: whether she may give each, for a school she speaks for or as the director.

        `head_name`: who heads the school now, also where another head was asked.
        """
        heads = SchoolPost.objects.on(on).of_heads().filter(person=person)
        acting = Delegation.objects.held_by(person, Delegation.Kind.SIGNING, on=on)
        posts = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
        speaks = Q(school__in=heads.values("school")) | Q(school__in=acting.values("school"))
        directs = Q(side=Side.DIRECTOR, agreement__programme__alliance__in=posts.values("alliance"))
        is_hers = models.ExpressionWrapper(speaks | directs, models.BooleanField())
        in_post = SchoolPost.objects.on(on).of_heads().filter(school=models.OuterRef("school"))
        names = in_post.by_rank().values("person__name")
        return self.annotate(is_hers=is_hers, head_name=models.Subquery(names[:1]))


class Signature(models.Model):
    """One party's place under a version: waiting, signed or declined."""

    class Proof(models.TextChoices):
        PASSWORD = "password", "Password"
        SECOND_FACTOR = "second_factor", "Second factor"
        ACCOUNT_ELSEWHERE = "elsewhere", "Account elsewhere"

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    side = models.CharField(max_length=12, choices=Side.choices)
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signatures_asked",
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signatures",
    )
    signed_at = models.DateTimeField("signed at", null=True, blank=True)
    as_what = models.CharField("signed as", max_length=150, blank=True)
    proof = models.CharField(max_length=14, choices=Proof.choices, blank=True)
    text_hash = models.CharField("SHA-256 of what was signed", max_length=64, blank=True)
    declined_at = models.DateTimeField("declined at", null=True, blank=True)
    declined_because = models.CharField("why", max_length=500, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "side", "school"], name="each_school_signs_for_a_side_once"
            ),
            models.UniqueConstraint(
                fields=["agreement", "side"],
                condition=Q(school__isnull=True),
                name="a_side_without_school_signs_once",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(declined_at__isnull=True),
                name="what_is_declined_is_not_signed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_of", "agreement"],
                name="signatures_to_give",
                condition=Q(signed_at__isnull=True, declined_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.get_side_display()

    @property
    def is_open(self) -> bool:
        """Whether it is neither given nor refused."""
        return self.signed_at is None and self.declined_at is None
