"""Who sits in a body: the office takes in schools and people, one by one or all of a kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.meetings.exporting import MEMBERS
from alliances.meetings.forms import (
    EverybodyForm,
    PersonSeatForm,
    SchoolSeatForm,
    SeatEndForm,
    people_of,
)
from alliances.meetings.models import Body, Seat
from alliances.meetings.permissions import can_edit_seats, can_export_seats
from alliances.meetings.services import (
    SeatTaken,
    admit_everybody,
    admit_member,
    set_last_day,
)
from alliances.meetings.surroundings import (
    POSTS,
    Whom,
    everybody_for,
    members_of,
    usual_whom,
)
from alliances.meetings.views.finding import body_for
from alliances.membership.forms.kept import BACKWARDS
from alliances.membership.models import Membership
from alliances.membership.services import EndsBeforeItStarts
from alliances.membership.views.finding import Refusals, Wording, saved
from alliances.schools.models import School, SchoolPost
from partnership.audit.services import record_export
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.exports import export
from partnership.toolkit.folding import folded
from partnership.toolkit.pagination import page_of
from partnership.toolkit.spoken_dates import spoken_date

FOUND_AT_ONCE = 25
MOST_WORDS = 8
HEAD = "head"
FOR_OFFICE = (
    "Members are kept by the alliance’s director, chair and administrator. "
    "Those of a workhub are the schools that take part in it."
)
TAKEN = "This seat is taken on some of these days already. End it first, or choose other days."
REFUSALS: Refusals = {SeatTaken: ("starts_on", TAKEN), EndsBeforeItStarts: ("ends_on", BACKWARDS)}
END_REFUSALS: Refusals = {
    SeatTaken: ("last_day", "Another seat of the same holder follows this one. Give a last day."),
    EndsBeforeItStarts: ("last_day", BACKWARDS),
}


def _body_to_fill(request: PersonRequest, pk: int) -> Body:
    body = body_for(request, pk)
    require(can_edit_seats(request.user, body, timezone.localdate()), FOR_OFFICE)
    return body


def _page(request: PersonRequest, body: Body, form: Any, wording: Wording) -> HttpResponse:
    context = {"body": body, "form": form, "wording": wording}
    return render(request, "meetings/seat_form.html", context)


@require_safe
def seat_find(request: PersonRequest, pk: int) -> HttpResponse:
    """The office looks for a school of the alliance, or for one of its people."""
    today = timezone.localdate()
    body = _body_to_fill(request, pk)
    text = request.GET.get("text", "").replace("\x00", "")[:100].strip()
    own = Seat.objects.on(today).filter(body=body)
    members = Membership.objects.on(today).filter(alliance=body.alliance_id).values("school")
    schools = School.objects.visible_to(request.user).filter(pk__in=members)
    people = people_of(body.alliance, on=today)
    for word in folded(text).split()[:MOST_WORDS]:
        people = people.filter(search_name__contains=word)
    found = schools.matching(text).annotate(is_seated=Exists(own.filter(school=OuterRef("pk"))))
    seated = Exists(own.filter(person=OuterRef("pk")))
    context = {
        "body": body,
        "text": text,
        "page": page_of(found.order_by("search_text", "pk"), request, size=FOUND_AT_ONCE),
        "people": list(people.annotate(is_seated=seated)[:FOUND_AT_ONCE]) if text else [],
    }
    return render(request, "meetings/seat_find.html", context)


def _speakers(school: School, *, on: date) -> list[tuple[str, str, str]]:
    """Who can sit for a school: key, words and kind of post; its head as such first."""
    posts = SchoolPost.objects.on(on).filter(school=school, person__is_active=True).by_rank()
    rows = list(posts.select_related("person"))
    head = next((post.person.name for post in rows if post.is_headship), "")
    found = {HEAD: (HEAD, f"Whoever is its head{f', today {head}' if head else ''}", "")}
    for post in rows:
        words = f"{post.person.name}, {post.called}"
        found.setdefault(str(post.person_id), (str(post.person_id), words, post.kind))
    return list(found.values())


def _usual_speaker(body: Body, speakers: list[tuple[str, str, str]]) -> str:
    wanted = POSTS.get(usual_whom(body.kind))
    return next((key for key, _words, kind in speakers if kind and kind == wanted), HEAD)


def seat_add_school(request: PersonRequest, pk: int, urn: int) -> HttpResponse:
    """A seat for a school: for whoever is its head, or for one person who holds a post there."""
    now = timezone.now()
    today = timezone.localdate(now)
    body = _body_to_fill(request, pk)
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    speakers = _speakers(school, on=today)
    form = SchoolSeatForm(
        request.POST if request.method == "POST" else None,
        speakers=[(key, words) for key, words, _kind in speakers],
        initial={"speaker": _usual_speaker(body, speakers), "starts_on": today},
    )
    if form.is_valid():
        facts = form.cleaned_data
        chosen = facts.pop("speaker")
        person = None if chosen == HEAD else Person.objects.get(pk=chosen)
        told = {"body": body, "school": school, "person": person, "by": request.user, "now": now}
        if saved(form, REFUSALS, service=admit_member, **told, **facts):
            messages.success(
                request, f"{school} has a seat from {spoken_date(facts['starts_on'])}."
            )
            return redirect(body)
    back = reverse("meetings:seat_find", args=[pk])
    return _page(request, body, form, Wording(f"A seat for {school}", "Give the seat", back))


def seat_add_person(request: PersonRequest, pk: int, person_pk: int) -> HttpResponse:
    """A seat for one of the alliance’s people, who sits there for herself."""
    now = timezone.now()
    today = timezone.localdate(now)
    body = _body_to_fill(request, pk)
    person = get_object_or_404(people_of(body.alliance, on=today), pk=person_pk)
    typed = request.POST if request.method == "POST" else None
    form = PersonSeatForm(typed, initial={"starts_on": today})
    told = {"body": body, "school": None, "person": person, "by": request.user, "now": now}
    if form.is_valid() and saved(form, REFUSALS, service=admit_member, **told, **form.cleaned_data):
        day = spoken_date(form.cleaned_data["starts_on"])
        messages.success(request, f"{person} has a seat from {day}.")
        return redirect(body)
    back = reverse("meetings:seat_find", args=[pk])
    return _page(request, body, form, Wording(f"A seat for {person}", "Give the seat", back))


def seat_end(request: PersonRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Until when somebody sits in a body; without a last day the seat goes on."""
    now = timezone.now()
    body = _body_to_fill(request, pk)
    seats = Seat.objects.filter(body=body).select_related("body", "school", "person")
    seat = get_object_or_404(seats, pk=seat_pk)
    holder = seat.person.name if seat.person else str(seat.school)
    typed = request.POST if request.method == "POST" else None
    form = SeatEndForm(typed, initial={"last_day": seat.ends_on or timezone.localdate(now)})
    told = {"service": set_last_day, "seat": seat, "by": request.user, "now": now}
    if form.is_valid() and saved(form, END_REFUSALS, **told, **form.cleaned_data):
        last_day = form.cleaned_data["last_day"]
        words = f"ends on {spoken_date(last_day)}" if last_day else "goes on"
        messages.success(request, f"The seat of {holder} {words}.")
        return redirect(body)
    lead = (
        f"In {body}. Whoever holds it is not asked to meetings after the last day; "
        "what was said and done stays on record."
    )
    wording = Wording(f"Until when does {holder} sit here?", "Save", body.get_absolute_url(), lead)
    return _page(request, body, form, wording)


def seats_fill(request: PersonRequest, pk: int) -> HttpResponse:
    """All whom the alliance’s members can send, in one step, once it is seen who is missing."""
    now = timezone.now()
    today = timezone.localdate(now)
    body = _body_to_fill(request, pk)
    asked = request.GET.get("whom", "")
    whom = Whom(asked) if asked in Whom.values else usual_whom(body.kind)
    everybody = everybody_for(body, whom, on=today)
    typed = request.POST if request.method == "POST" else None
    form = EverybodyForm(typed, initial={"starts_on": today})
    if form.is_valid():
        count = admit_everybody(
            body=body,
            wanted=[candidate.place for candidate in everybody.new],
            starts_on=form.cleaned_data["starts_on"],
            by=request.user,
            now=now,
        )
        messages.success(request, f"{count} new seat{'' if count == 1 else 's'} in {body}.")
        return redirect(body)
    context = {"body": body, "form": form, "whom": whom, "choices": Whom.choices}
    return render(request, "meetings/seats_fill.html", {**context, "everybody": everybody})


@require_safe
def seat_export(request: PersonRequest, pk: int, kind: str) -> HttpResponseBase:
    """The members of a body, present, coming and past, as a file; that it was taken is kept."""
    now = timezone.now()
    today = timezone.localdate(now)
    body = body_for(request, pk)
    require(can_export_seats(request.user, body, today), FOR_OFFICE)
    record_export(of=f"members of {body}", kind=kind, by=request.user, at=now)
    members = members_of(body, on=today)
    rows = [*members.present, *members.coming, *members.past]
    return export(kind, name="group-members", columns=MEMBERS, rows=rows, on=today)
