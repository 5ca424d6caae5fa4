"""The director answers a request; the head takes it back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.registers import joined, text
from partnership.toolkit.statements import answer
from support.directory.models import Practitioner
from support.programmes.forms import AnswerForm, WithdrawForm
from support.programmes.forms.answering import DECLINE, OPEN, Signpost
from support.programmes.models import Programme
from support.programmes.permissions import can_answer, can_withdraw
from support.programmes.services import (
    AnsweredAlready,
    TooLateToWithdraw,
    decline_request,
    open_request,
    signpost_request,
    withdraw_request,
)
from support.programmes.views.finding import form_page, question_page, rights_or_404
from workhubs.hubs.models import Workhub, WorkhubYear

REFUSALS: Refusals = {
    AnsweredAlready: ("decision", "The request has its answer already, or was taken back."),
    TooLateToWithdraw: ("because", "Support is being found already. Talk to the director."),
}
SIGNPOSTED: dict[str, type[Any]] = {
    "workhub": Workhub,
    "practitioner": Practitioner,
    "alliance": Alliance,
}


def _signposts(year: AcademicYear, *, alliance: Alliance, on: date) -> QuerySet[Any, Any]:
    """This year's workhubs, listed practitioners and the other alliances, in one SELECT."""
    hubs = WorkhubYear.objects.in_year(year).filter(workhub__alliance=alliance)
    practitioners = Practitioner.objects.filter(alliance=alliance, is_listed=True)
    others = Alliance.objects.exclude(pk=alliance.pk)
    return joined(
        [
            _named(hubs, "workhub", "workhub_id", "workhub__name", "Workhub"),
            _named(practitioners, "practitioner", "pk", "person__name", "Practitioner"),
            _named(others, "alliance", "pk", "name", "Alliance"),
        ]
    )


def _named(
    rows: QuerySet[Any, Any], kind: str, key: str, name: str, about: str
) -> QuerySet[Any, Any]:
    said = {
        "way": Value(kind, output_field=TextField()),
        "called": text(name),
        "about_it": Cast(Value(about), TextField()),
    }
    return rows.order_by().annotate(**said).values_list("way", key, "called", "about_it")


def _assessors(programme: Programme, person: Person, today: date) -> list[tuple[int, str]]:
    """Whoever answers, then the other directors."""
    posts = AlliancePost.objects.on(today).filter(
        alliance=programme.alliance_id, kind=AlliancePost.Kind.DIRECTOR
    )
    others = posts.exclude(person=person).order_by("person__search_name", "pk")
    return [(person.pk, person.name), *others.values_list("person", "person__name").distinct()]


def request_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Open it, signpost it or decline it, in words that the school reads."""
    rights = rights_or_404(request, pk, "asked_by")
    require(can_answer(rights))
    now = timezone.now()
    today = timezone.localdate(now)
    programme = rights.programme
    year = AcademicYear.containing(today)
    rows = answer(_signposts, year, alliance=programme.alliance, on=today)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        signposts=sorted(Signpost(*row) for row in rows),
        assessors=_assessors(programme, request.user, today),
    )
    if form.is_valid() and _is_answered(form, programme, by=request.user, now=now):
        messages.success(request, SAID[form.cleaned_data["decision"]])
        return redirect(programme)
    wording = Wording(
        "Answer the request", "Send the answer", programme.get_absolute_url(), _lead(programme)
    )
    above = "programmes/includes/_request_to_answer.html"
    return form_page(request, programme, form, wording, above=above)


SAID = {
    OPEN: "The request is open, and the school gives its own view next.",
    "signpost": "The school is told where to go.",
    DECLINE: "The request is declined, and the school is told why.",
}


def _lead(programme: Programme) -> str:
    return f"{programme.school} asks for support: {programme.area}."


def _is_answered(form: AnswerForm, programme: Programme, *, by: Person, now: datetime) -> bool:
    cleaned = form.cleaned_data
    told: dict[str, Any] = {
        "programme": programme,
        "answer": cleaned["answer"].strip(),
        "by": by,
        "now": now,
    }
    if cleaned["decision"] == OPEN:
        assessor = Person.objects.get(pk=form.assessor_id)
        return saved(form, REFUSALS, service=open_request, assessor=assessor, **told)
    if cleaned["decision"] == DECLINE:
        return saved(form, REFUSALS, service=decline_request, **told)
    post: Signpost = cleaned["signpost"]
    way = {post.kind: SIGNPOSTED[post.kind].objects.get(pk=post.pk)}
    return saved(form, REFUSALS, service=signpost_request, **way, **told)


def request_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """The school no longer asks."""
    rights = rights_or_404(request, pk)
    require(can_withdraw(rights))
    programme = rights.programme
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    told = {"programme": programme, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=withdraw_request, **told, because=form.cleaned_data["because"]
    ):
        messages.success(request, "The request is taken back, and the director is told.")
        return redirect(programme)
    wording = Wording(
        "Take the request back?",
        "Take it back",
        programme.get_absolute_url(),
        "Nothing more is done. What was written stays to be read, and you may ask again.",
    )
    return question_page(request, programme, form, wording)
