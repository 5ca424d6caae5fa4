"""Who is named for a programme, and the reader's own watchlist."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.programmes.forms import NameForm, PeopleToName
from support.programmes.models import ProgrammePerson, Side
from support.programmes.permissions import (
    can_end_naming,
    can_name,
    can_name_for_school,
    can_see_programme,
)
from support.programmes.services import (
    NamedAlready,
    end_naming,
    name_person,
    watch_programme,
)
from support.programmes.views.finding import form_page, question_page, rights_or_404

REFUSALS: Refusals = {NamedAlready: ("person", "This person is named already.")}
LEADS = {
    Side.SCHOOL: "Somebody of your school who sees all that the school sees. "
    "Only you write for the school.",
    Side.DIRECTOR: "Somebody of the alliance who sees what you see, and may assess in your place.",
}


def person_name(request: PersonRequest, pk: int) -> HttpResponse:
    """The head names somebody of her school, the director somebody of the alliance."""
    rights = rights_or_404(request, pk)
    require(can_name(rights))
    now = timezone.now()
    programme = rights.programme
    side = Side.SCHOOL if can_name_for_school(rights) else Side.DIRECTOR
    people = PeopleToName(programme, side, timezone.localdate(now))
    form = NameForm(request.POST if request.method == "POST" else None, people=people)
    told = {"service": name_person, "programme": programme, "side": side}
    if form.is_valid():
        person = form.cleaned_data["person"]
        if saved(form, REFUSALS, **told, person=person, by=request.user, now=now):
            messages.success(request, f"{person} is named, and told so by mail.")
            return redirect(programme)
    wording = Wording(
        "Name somebody", "Name this person", programme.get_absolute_url(), LEADS[side]
    )
    above = "programmes/includes/_people_to_name.html"
    return form_page(request, programme, form, wording, above=above)


def person_end(request: PersonRequest, pk: int, named_pk: int) -> HttpResponse:
    """Whoever named somebody ends it; so does she herself."""
    rights = rights_or_404(request, pk)
    now = timezone.now()
    people = ProgrammePerson.objects.on(timezone.localdate(now)).filter(programme=pk)
    named = get_object_or_404(people.select_related("person", "programme"), pk=named_pk)
    require(can_end_naming(rights, named))
    if request.method == "POST":
        end_naming(named=named, by=request.user, now=now)
        messages.success(request, f"{named.person} is no longer named.")
        is_gone = named.person_id == request.user.pk
        return redirect("programmes:caseload") if is_gone else redirect(rights.programme)
    wording = Wording(
        f"Let {named.person} no longer take part?",
        "End it",
        rights.programme.get_absolute_url(),
        "The programme is then hidden from this person. What she wrote stays.",
    )
    return question_page(request, rights.programme, None, wording)


@require_POST
def programme_watch(request: PersonRequest, pk: int) -> HttpResponse:
    """Put it on the reader's watchlist, or take it off."""
    rights = rights_or_404(request, pk)
    programme = rights.programme
    require(can_see_programme(request.user, programme))
    is_watched = request.POST.get("watch") != "no"
    watch_programme(programme=programme, by=request.user, is_watched=is_watched)
    said = "It is on your watchlist." if is_watched else "It is no longer on your watchlist."
    messages.success(request, said)
    return redirect(programme)
