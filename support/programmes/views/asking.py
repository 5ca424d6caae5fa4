"""A head asks for support; a director refers a school."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from alliances.membership.models import Alliance, AlliancePost, Enquiry, Membership
from alliances.membership.views.finding import Wording
from alliances.schools.models import Delegation, School, SchoolPost
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import handed_words
from partnership.toolkit.spoken_dates import spoken_day
from partnership.toolkit.statements import answer
from support.directory.models import SupportArea
from support.programmes.forms import AskForm, ReferForm
from support.programmes.forms.asking import AreaChoice, NeedFields, Place, said_of
from support.programmes.models import Programme
from support.programmes.permissions import can_ask_for, can_refer_in
from support.programmes.services import (
    AskedAlready,
    GivesNoSupport,
    NotAMember,
    ask_for_support,
    refer_school,
)

LONGEST_KEY = 18
FOR_HEADS = "A school’s head asks for support, where the school’s alliance gives it."
FOR_DIRECTORS = "The director refers schools, where the alliance gives support."
PLACE = ("alliance_id", "school_id", "alliance__name", "school__name", "school__town")


def _places_of_head(*, person: Person, on: date) -> QuerySet[Membership, Any]:
    """Schools for which she may ask, with the alliances that give support."""
    headed = SchoolPost.objects.on(on).of_heads().filter(person=person).values("school")
    acting = Delegation.objects.held_by(person, Delegation.Kind.SUPPORT, on=on).values("school")
    return _places(Q(school__in=headed) | Q(school__in=acting), on=on)


def _places_of_director(*, person: Person, on: date) -> QuerySet[Membership, Any]:
    """Schools that she may refer."""
    directed = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
    return _places(Q(alliance__in=directed.values("alliance")), on=on)


def _places(hers: Q, *, on: date) -> QuerySet[Membership, Any]:
    members = Membership.objects.on(on).filter(hers, alliance__support_rules__isnull=False)
    names = members.order_by("alliance__name", "school__search_text", "pk")
    return names.values_list(*PLACE, "school__urn")


def places(
    rows: Callable[..., QuerySet[Membership, Any]], person: Person, today: date
) -> list[Place]:
    """Each school and alliance once."""
    return list(dict.fromkeys(Place(*row) for row in answer(rows, person=person, on=today)))


def areas_of(found: list[Place]) -> list[AreaChoice]:
    """Areas in which these alliances give support."""
    alliances = {place.alliance_id for place in found}
    areas = SupportArea.objects.in_use().filter(alliance__in=alliances).order_by("name", "pk")
    return [AreaChoice(*row) for row in areas.values_list("pk", "alliance_id", "name")]


def support_ask(request: PersonRequest) -> HttpResponse:
    """A head, or who acts for her in support, asks for one of her schools."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = places(_places_of_head, request.user, today)
    require(bool(found), FOR_HEADS)
    typed = request.POST if request.method == "POST" else None
    origin = request.GET.get("origin", "")
    words = handed_words(origin, by=request.user)
    need = words or request.GET.get("need", "")[:3000]
    initial = {"need": need, "urgency": Programme.Urgency.TERM}
    form = AskForm(typed, places=found, areas=areas_of(found), initial=initial)
    if form.is_valid() and form.chosen is not None:
        school = get_object_or_404(School, pk=form.chosen.school_id)
        require(can_ask_for(request.user, school, today), FOR_HEADS)
        service = partial(ask_for_support, origin=origin)
        programme = _asked(form, service, school=school, by=request.user, now=now)
        if programme is not None:
            by_when = spoken_day(timezone.localdate(programme.answer_by))
            messages.success(request, f"You have asked for support. You hear by {by_when}.")
            return redirect(programme)
    return _page(request, form, _asks(found), is_handed=bool(words))


def support_refer(request: PersonRequest) -> HttpResponse:
    """A director refers a school of her alliance; its head is told."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = places(_places_of_director, request.user, today)
    require(bool(found), FOR_DIRECTORS)
    typed = request.POST if request.method == "POST" else None
    enquiry = _enquiry(request, now)
    initial = {"need": enquiry.about if enquiry else "", "urgency": Programme.Urgency.TERM}
    form = ReferForm(typed, places=found, areas=areas_of(found), initial=initial)
    if form.is_valid() and form.chosen is not None:
        alliance = get_object_or_404(Alliance, pk=form.chosen.alliance_id)
        require(can_refer_in(request.user, alliance, today), FOR_DIRECTORS)
        school = get_object_or_404(School, pk=form.chosen.school_id)
        service = partial(refer_school, enquiry=enquiry)
        programme = _asked(form, service, school=school, by=request.user, now=now)
        if programme is not None:
            messages.success(request, f"{school} is referred, and its head is told.")
            return redirect(programme)
    wording = Wording("Refer a school", "Refer the school", address("programmes:caseload"), REFERS)
    return _page(request, form, wording, schools=[(said_of(place), place.urn) for place in found])


def _enquiry(request: PersonRequest, now: datetime) -> Enquiry | None:
    """The enquiry from which she comes, where it waits and she directs its alliance."""
    asked = request.GET.get("enquiry", "")
    if not asked.isdecimal() or len(asked) > LONGEST_KEY:
        return None
    directed = AlliancePost.objects.on(timezone.localdate(now)).filter(
        person=request.user, kind=AlliancePost.Kind.DIRECTOR
    )
    waiting = Enquiry.objects.filter(
        alliance__in=directed.values("alliance"), state=Enquiry.State.WAITING
    )
    return waiting.filter(pk=asked).first()


REFERS = "You ask in the school’s place. Its head is told at once and reads what you write here."


def _asks(found: list[Place]) -> Wording:
    one = found[0]
    school = f" for {one.school}" if len(found) == 1 else ""
    alliances = {place.alliance for place in found}
    asked = one.alliance if len(alliances) == 1 else "the alliance"
    lead = (
        f"{asked} answers within a few school days. Only its director and you read this, "
        "and later the school that supports you."
    )
    return Wording(
        f"Ask for support{school}", "Ask for support", address("programmes:caseload"), lead
    )


def _asked(
    form: NeedFields,
    service: Callable[..., Programme],
    *,
    school: School,
    by: Person,
    now: datetime,
) -> Programme | None:
    """The new request, or None with what stands in its way said at its field."""
    place = form.chosen
    alliance = Alliance.objects.get(pk=place.alliance_id if place else 0)
    area = SupportArea.objects.get(pk=form.cleaned_data["area"])
    told = {"alliance": alliance, "school": school, "area": area, **form.words}
    try:
        return service(**told, by=by, now=now)
    except AskedAlready as standing:
        form.lead_to(standing.programme)
    except GivesNoSupport:
        form.add_error("area", "The alliance gives no support in it any more. Choose another.")
    except NotAMember:
        form.add_error(None, "The school is no longer a member of the alliance.")
    return None


def _page(request: HttpRequest, form: NeedFields, wording: Wording, **more: Any) -> HttpResponse:
    context = {"form": form, "wording": wording, "schools": (), "is_handed": False, **more}
    return render(request, "programmes/support_ask.html", context)
