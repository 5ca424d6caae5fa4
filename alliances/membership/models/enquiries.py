"""What a visitor writes to an alliance."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from alliances.membership.models.alliances import Alliance
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import Versioned


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """The vocabulary of enquiries."""

    def waiting_first(self) -> Self:
        """Those without an answer on top, each part the newest first."""
        is_settled = models.Case(
            models.When(state=Enquiry.State.WAITING, then=0),
            default=1,
            output_field=models.SmallIntegerField(),
        )
        return self.order_by(is_settled, "-sent_at", "-pk")


class Enquiry(Versioned):
    """What somebody outside wrote to an alliance; kept for a year and then deleted."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for an answer"
        ANSWERED = "answered", "Answered"
        SIGNPOSTED = "signposted", "Signposted"
        TAKEN_ON = "taken_on", "Taken on"
        ASIDE = "aside", "Put aside"

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="enquiries")
    name = models.CharField(max_length=100)
    organisation = models.CharField("school or organisation", max_length=150, blank=True)
    email = models.EmailField("e-mail address", max_length=254)
    telephone = models.CharField(max_length=30, blank=True)
    about = models.TextField("what it is about", max_length=3000)
    token = models.CharField(max_length=40, unique=True, editable=False)
    sent_at = models.DateTimeField("sent at")
    answer_by = models.DateTimeField("to be answered by")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    answer = models.TextField(max_length=3000, blank=True)
    signpost = models.CharField("who else helps", max_length=150, blank=True)
    signpost_url = models.URLField("where to find them", max_length=200, blank=True)
    answered_at = models.DateTimeField("answered at", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    mailed_at = models.DateTimeField("answer mailed at", null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="signposted") | ~Q(signpost=""),
                name="signposted_enquiry_says_to_whom",
                violation_error_message="Say who else helps.",
            ),
        ]
        indexes = [
            models.Index(fields=["alliance", "-sent_at", "-id"], name="enquiries_of_an_alliance"),
            models.Index(fields=["sent_at"], name="enquiries_by_age"),
        ]

    def __str__(self) -> str:
        return f"Enquiry {self.pk}"

    def get_absolute_url(self) -> str:
        return address("membership:enquiry_detail", self.alliance.slug, self.pk)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.state == self.State.WAITING
