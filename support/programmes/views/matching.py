"""Finding support: who fits, the supporting school, and saying that it is found."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from support.directory.models import OutsideExpert, SchoolOffer, SupportRules
from support.directory.suggesting import Pool, answers_for
from support.programmes.forms.matching import NoForm, SupportingSchoolForm
from support.programmes.models import Programme, Strand
from support.programmes.services import (
    NothingFound,
    NotMatching,
    choose_supporting_school,
    finish_matching,
    take_back_matching,
)
from support.programmes.views.around import (
    NOT_MATCHING,
    RULES,
    around_programme,
    is_being_matched,
    rights_to_direct,
)
from support.programmes.views.finding import form_page, question_page

MOST_OTHERS = 20
OFFERED_FOR = {
    Strand.Kind.PLACEMENT.value: SchoolOffer.Kind.PLACEMENT,
    Strand.Kind.LEARNING_COMMUNITY.value: SchoolOffer.Kind.LEARNING_COMMUNITY,
    Strand.Kind.TRAINING.value: SchoolOffer.Kind.TRAINING,
    Strand.Kind.EXPERT_PRACTITIONER.value: SchoolOffer.Kind.MODELLING,
}
REFUSALS: Refusals = {
    NotMatching: ("", NOT_MATCHING),
    NothingFound: ("", "Broker one strand at least, and choose the supporting school."),
}


class Other(NamedTuple):
    """A school's offer or an expert from outside, as the page lists it."""

    giver: str
    pk: int
    name: str
    kind: str
    place: str

    @property
    def what(self) -> str:
        """What kind of offer or expert it is, in words."""
        kinds = SchoolOffer.Kind if self.giver == "offer" else OutsideExpert.Kind
        return str(kinds(self.kind).label)


@require_safe
def support_match(request: PersonRequest, pk: int) -> HttpResponse:
    """Practitioners ranked with a reason for each point; offers and experts beside them."""
    programme = rights_to_direct(request, pk, RULES).programme
    if not is_being_matched(request, programme):
        return redirect(programme)
    return render(request, "programmes/support_match.html", _match_nouns(request, programme))


def _match_nouns(request: PersonRequest, programme: Programme) -> dict[str, Any]:
    today = timezone.localdate()
    around = around_programme(programme, on=today)
    areas = around.areas
    area = _chosen(request, "area", areas, programme.area_id)
    kind = request.GET.get("kind", "")
    rules = programme.alliance.support_rules
    words = request.GET.get("who", "").strip()[:100]
    pool = Pool(around.surroundings(area), rules, is_whole=bool(words))
    return {
        "programme": programme,
        "areas": areas,
        "area": area,
        "kinds": Strand.Kind.choices,
        "kind": kind if kind in Strand.Kind.values else "",
        "suggestions": pool.first(),
        "weights": _weights(rules),
        "total": pool.weights.total,
        "others": _others(programme, kind, areas, on=today),
        "who": words,
        "answers": answers_for(pool, words) if words else [],
    }


def _chosen(request: PersonRequest, name: str, among: dict[int, str], usual: int) -> int:
    """One of a few keys from the address, or the usual one."""
    said = request.GET.get(name, "")
    return next((key for key in among if str(key) == said), usual)


def _weights(rules: SupportRules) -> list[tuple[str, int]]:
    """What counts, and how much of it: the names as its form has them."""
    meta: Any = SupportRules._meta
    fields = [field for field in meta.fields if field.name.startswith("weighs_")]
    return [(str(field.verbose_name), getattr(rules, field.name)) for field in fields]


def _others(programme: Programme, kind: str, areas: dict[int, str], *, on: date) -> list[Other]:
    """Offers of other schools and experts from outside in these areas, or said for none."""
    fits = Q(areas__in=list(areas)) | Q(areas__isnull=True)
    offers = SchoolOffer.objects.on(on).filter(fits, alliance=programme.alliance_id)
    offers = offers.exclude(school=programme.school_id)
    if kind in OFFERED_FOR:
        offers = offers.filter(kind=OFFERED_FOR[kind])
    experts = OutsideExpert.objects.on(on).filter(fits, alliance=programme.alliance_id)
    found = _columns(offers, "offer", "title", "school__name").union(
        _columns(experts, "expert", "name", "organisation")
    )
    return [Other(*row) for row in found.order_by("giver", "called", "id")[:MOST_OTHERS]]


def _columns(rows: QuerySet[Any], giver: str, name: str, place: str) -> QuerySet[Any, Any]:
    said = {"called": Cast(F(name), CharField()), "place": Cast(F(place), CharField())}
    marked = rows.annotate(giver=Value(giver, output_field=CharField()), **said)
    return marked.order_by().values_list("giver", "id", "called", "kind", "place").distinct()


def supporting_school(request: PersonRequest, pk: int) -> HttpResponse:
    """Which school stands behind the support."""
    programme = rights_to_direct(request, pk).programme
    if not is_being_matched(request, programme):
        return redirect(programme)
    now = timezone.now()
    typed = request.POST if request.method == "POST" else None
    form = SupportingSchoolForm(typed, programme=programme, on=timezone.localdate(now))
    told = {"programme": programme, "by": request.user, "now": now}
    if form.is_valid() and saved(
        form, REFUSALS, service=choose_supporting_school, **told, **form.cleaned_data
    ):
        messages.success(request, f"{form.cleaned_data['school']} stands behind the support.")
        return redirect(programme)
    lead = "Its head declares interests and signs the agreement."
    wording = Wording("Supporting school", "Choose it", programme.get_absolute_url(), lead)
    return form_page(request, programme, form, wording)


def matching_finish(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that support is found; all sides are then asked to declare their interests."""
    lead = (
        "Everybody who takes part is asked to declare their interests within five school days, "
        "and the agreement can be written. You can take this back until it is sent."
    )
    done = "Support is found. All sides are asked to declare their interests."
    return _settled(request, pk, finish_matching, "Support is found", lead, done)


def matching_take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Look for support again."""
    lead = "Strands stay as they are; you can give them up or broker others."
    done = "Support is being found again."
    return _settled(request, pk, take_back_matching, "Find support again", lead, done)


def _settled(
    request: PersonRequest, pk: int, service: Any, title: str, lead: str, done: str
) -> HttpResponse:
    programme = rights_to_direct(request, pk).programme
    form = NoForm(request.POST if request.method == "POST" else None)
    told = {"programme": programme, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=service, **told):
        messages.success(request, done)
        return redirect(programme)
    wording = Wording(f"{title}?", title, programme.get_absolute_url(), lead)
    return question_page(request, programme, form, wording)
