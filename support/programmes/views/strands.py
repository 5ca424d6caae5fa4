"""Brokering a strand with somebody who was chosen, and giving one up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.calendar.years import AcademicYear
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.addresses import address
from support.directory.matching import Answer, in_days
from support.directory.models import OutsideExpert, Practitioner, SchoolOffer
from support.directory.suggesting import answer_for
from support.programmes.forms.matching import GiveUpForm, StrandForm
from support.programmes.models import Programme, Strand
from support.programmes.services import MayNotHelp, NotMatching, broker_strand, release_strand
from support.programmes.services.brokering import TooFewDays
from support.programmes.views.around import (
    NOT_MATCHING,
    RULES,
    around_programme,
    is_being_matched,
    rights_to_direct,
)
from support.programmes.views.finding import form_page, question_page

MODELS: dict[str, Any] = {
    "practitioner": Practitioner.objects.select_related("person", "home_school"),
    "offer": SchoolOffer.objects.select_related("school"),
    "expert": OutsideExpert.objects.all(),
}
FIELDS = {"practitioner": "practitioner", "offer": "school_offer", "expert": "outside_expert"}
USUAL_KINDS = {
    SchoolOffer.Kind.PLACEMENT.value: Strand.Kind.PLACEMENT,
    SchoolOffer.Kind.LEARNING_COMMUNITY.value: Strand.Kind.LEARNING_COMMUNITY,
    SchoolOffer.Kind.TRAINING.value: Strand.Kind.TRAINING,
    SchoolOffer.Kind.MODELLING.value: Strand.Kind.EXPERT_PRACTITIONER,
    OutsideExpert.Kind.SUPPLIER.value: Strand.Kind.TRAINING,
    OutsideExpert.Kind.NATIONAL.value: Strand.Kind.SUBJECT_EXPERT,
}

GIVING_UP: Refusals = {NotMatching: ("", "The agreement is sent: this strand stands.")}


@dataclass(frozen=True)
class Chosen:
    """Who was chosen to give a strand; for a practitioner how she fits."""

    giver: str
    thing: Any
    answer: Answer | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """What the service is told of it."""
        suggestion = self.answer.suggestion if self.answer else None
        return {FIELDS[self.giver]: self.thing, "suggestion": suggestion}

    @property
    def place(self) -> str:
        """The school it comes from, as the beginning of a sentence or nothing."""
        school = getattr(self.thing, "home_school", None) or getattr(self.thing, "school", None)
        return f"From {school}. " if school is not None else ""

    @property
    def left(self) -> tuple[Decimal, Decimal] | None:
        """A practitioner's days left this academic year and next."""
        if self.answer is None:
            return None
        candidate = self.answer.suggestion.candidate
        return (candidate.days_left, candidate.days_next_year)


def strand_new(request: PersonRequest, pk: int, giver: str, giver_pk: int) -> HttpResponse:
    """Broker one kind of support with whoever was chosen, and say why."""
    programme = rights_to_direct(request, pk, RULES).programme
    if not is_being_matched(request, programme):
        return redirect(programme)
    now = timezone.now()
    today = timezone.localdate(now)
    chosen = _chosen(programme, giver, giver_pk, on=today)
    form = _strand_form(request, chosen, AcademicYear.containing(today))
    told = {"programme": programme, **chosen.facts, "by": request.user, "now": now}
    if form.is_valid() and _brokered(form, told):
        messages.success(request, f"Brokered: {form.kind_words} with {chosen.thing}.")
        return redirect(programme)
    wording = Wording(
        f"Broker support with {chosen.thing}",
        "Broker this strand",
        _back(programme, request),
        f"{chosen.place}For {programme.school}: {programme.area}.",
    )
    above = "programmes/includes/_chosen.html"
    return form_page(request, programme, form, wording, above=above, chosen=chosen)


def _back(programme: Programme, request: PersonRequest) -> str:
    query = request.GET.urlencode()
    page = address("programmes:support_match", programme.pk)
    return f"{page}?{query}" if query else page


def _chosen(programme: Programme, giver: str, giver_pk: int, *, on: date) -> Chosen:
    """What was chosen among those of the alliance, or 404."""
    if giver not in MODELS:
        raise Http404
    alliance = programme.alliance_id
    thing = found(list(MODELS[giver].filter(alliance=alliance, pk=giver_pk)))
    if giver != "practitioner":
        return Chosen(giver, thing)
    around = around_programme(programme, on=on).surroundings()
    return Chosen(giver, thing, answer_for(thing, around, programme.alliance.support_rules))


def _strand_form(request: PersonRequest, chosen: Chosen, year: AcademicYear) -> StrandForm:
    asked = request.GET.get("kind", "")
    usual = USUAL_KINDS.get(getattr(chosen.thing, "kind", ""), Strand.Kind.SUBJECT_EXPERT)
    return StrandForm(
        request.POST if request.method == "POST" else None,
        year=year,
        left=chosen.left,
        kind=asked if asked in Strand.Kind.values else usual,
        today=timezone.localdate(),
    )


def _brokered(form: StrandForm, told: dict[str, Any]) -> bool:
    """Broker it; where days are gone meanwhile, say how many are left and keep what was typed."""
    try:
        broker_strand(**told, **form.facts)
    except TooFewDays as refused:
        form.refuse_days(refused.year, _few(refused.left))
    except MayNotHelp as refused:
        form.add_error(None, " ".join(refused.because))
    except NotMatching:
        form.add_error(None, NOT_MATCHING)
    else:
        return True
    return False


def _few(left: Decimal) -> str:
    if left <= 0:
        return "No days are left in this year any more. Take fewer, or choose somebody else."
    verb = "is" if left == 1 else "are"
    return f"Only {in_days(left)} {verb} left in this year. Take fewer, or choose somebody else."


def strand_give_up(request: PersonRequest, pk: int, strand_pk: int) -> HttpResponse:
    """Give a strand up before the agreement is sent; its days go back."""
    programme = rights_to_direct(request, pk).programme
    strands = Strand.objects.filter(programme=programme, pk=strand_pk, released_at=None)
    names = ("practitioner__person", "school_offer", "outside_expert")
    strand = found(list(strands.select_related(*names)))
    strand.programme = programme
    form = GiveUpForm(request.POST if request.method == "POST" else None)
    told = {"strand": strand, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, GIVING_UP, service=release_strand, **told, **form.cleaned_data
    ):
        messages.success(request, "The strand is given up, and its days can be promised again.")
        return redirect(programme)
    giver = strand.practitioner or strand.school_offer or strand.outside_expert
    lead = f"{strand.get_kind_display()} with {giver}. The days go back, and they are told."
    if programme.matched_at is not None:
        lead += " Support is then being found again."
    wording = Wording("Give up this strand?", "Give it up", programme.get_absolute_url(), lead)
    return question_page(request, programme, form, wording)
